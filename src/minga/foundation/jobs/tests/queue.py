"""Jobs in every state, put straight into procrastinate's tables as its worker leaves them."""

from django.db import connection


def put(task="bench.task", *, status="failed", attempts=9, args="{}", queue="default", worker=None):
    """One job; returns its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, args, worker_id)"
            " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
            [queue, task, status, attempts, args, worker],
        )
        number = cursor.fetchone()[0]
        if status == "failed":
            cursor.execute("INSERT INTO procrastinate_events (job_id, type) VALUES (%s, 'failed')", [number])
    return number


def put_worker(*, silent_for="0 seconds"):
    """A worker that gave its last sign a while ago; returns its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
            [silent_for],
        )
        return cursor.fetchone()[0]


def status_of(number):
    """A job's status; None when it is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [number])
        row = cursor.fetchone()
    return row and row[0]
