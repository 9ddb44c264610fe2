"""What a worker that was killed had begun is done again, and not for ever."""

import pytest
from django.db import connection

from minga.foundation.jobs import ATTEMPTS, rescue

pytestmark = pytest.mark.django_db


def begun(*, attempts=0, silent=None):
    """A job under way, with a worker that was last heard of so many seconds ago; None for no worker at all."""
    with connection.cursor() as cursor:
        worker = None
        if silent is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - make_interval(secs => %s)) RETURNING id",
                [silent],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, priority, args, attempts, worker_id)"
            " VALUES ('default', 'x', 'doing', 0, '{}', %s, %s) RETURNING id",
            [attempts, worker],
        )
        return cursor.fetchone()[0]


def state(job):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, attempts FROM procrastinate_jobs WHERE id = %s", [job])
        return cursor.fetchone()


@pytest.mark.parametrize("silent", [None, 61])
def test_a_job_whose_worker_is_gone_is_done_again(silent):
    job = begun(silent=silent)
    assert rescue() == 1
    assert state(job) == ("todo", 1)


def test_a_job_at_work_is_left_alone():
    job = begun(silent=5)
    assert rescue() == 0
    assert state(job) == ("doing", 0)


def test_a_job_that_kills_its_worker_each_time_fails_in_the_end():
    job = begun(attempts=ATTEMPTS - 1)
    rescue()
    assert state(job) == ("failed", ATTEMPTS)
