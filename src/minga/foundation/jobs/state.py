"""How background work stands: queues, periodic jobs, workers and failures, as frozen data."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Count, Max, QuerySet
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
    ProcrastinateWorker,
)

from minga.foundation.jobs import mending
from minga.foundation.jobs.models import Trouble
from minga.kernel.clock import now

_PLAIN = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\d"
    r"|-?\d{1,9}"
    r"|urn:minga:[a-z][a-z0-9_-]*:[A-Za-z0-9._:-]{1,120}",
    re.ASCII,
)
"""UUIDs, days, numbers too short to be a cédula, and what the ledger calls things; nothing else is shown."""
_QUEUES = """
    SELECT queue_name,
        count(*) FILTER (WHERE due) AS waiting,
        count(*) FILTER (WHERE status = 'todo' AND NOT due) AS later,
        count(*) FILTER (WHERE status = 'doing') AS doing,
        count(*) FILTER (WHERE status = 'failed') AS failed,
        min(since) FILTER (WHERE due) AS oldest
    FROM (
        SELECT queue_name, status, status = 'todo' AND coalesce(scheduled_at, now()) <= now() AS due,
            coalesce(scheduled_at, (SELECT min(at) FROM procrastinate_events WHERE job_id = each.id)) AS since
        FROM procrastinate_jobs each WHERE status IN ('todo', 'doing', 'failed')
    ) job
    GROUP BY queue_name ORDER BY queue_name
"""


@dataclass(frozen=True)
class Queue:
    """A queue's jobs: due now, waiting for their time, under way, failed; since when the oldest due one waits."""

    name: str
    waiting: int
    later: int
    doing: int
    failed: int
    oldest: datetime | None


@dataclass(frozen=True)
class Periodic:
    """A job that begins by itself: its cron expression (UTC), and when it last began and next will."""

    task: str
    cron: str
    last: datetime | None
    next: datetime


@dataclass(frozen=True)
class Worker:
    """A process that does jobs: its last sign of life, and how many jobs it has in hand."""

    id: int
    seen: datetime
    doing: int

    @property
    def alive(self) -> bool:
        """Whether it gave a sign within the last minute."""
        return now() - self.seen < mending.SILENCE


@dataclass(frozen=True)
class Failed:
    """A job that failed for good. `arguments` are shown only where no word of a person can be in them."""

    id: int
    task: str
    attempts: int
    arguments: tuple[tuple[str, str | None], ...]
    at: datetime | None
    trouble: Trouble | None


def queues() -> list[Queue]:
    """Each queue with something in it, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUES)
        return [Queue(*row) for row in cursor.fetchall()]


def periodic() -> list[Periodic]:
    """Every periodic job, by name."""
    begun = ProcrastinatePeriodicDefer.objects.values_list("task_name").annotate(Max("defer_timestamp"))
    last: dict[str, int] = dict(begun)
    moment = now()
    return sorted(
        (
            Periodic(
                task=entry.task.name,
                cron=entry.cron,
                last=datetime.fromtimestamp(last[entry.task.name], UTC) if entry.task.name in last else None,
                next=entry.croniter.get_next(datetime, start_time=moment, update_current=False),
            )
            for entry in app.periodic_registry.periodic_tasks.values()
        ),
        key=lambda each: each.task,
    )


def workers() -> list[Worker]:
    """The processes that do jobs, the newest first."""
    rows = ProcrastinateWorker.objects.annotate(doing=Count("procrastinatejob")).order_by("-pk")
    return [Worker(row.pk, row.last_heartbeat, row.doing) for row in rows]


def unfinished() -> int:
    """How many jobs a worker that is gone has left; they are put back within five minutes."""
    return ProcrastinateJob.objects.filter(mending.stalled()).count()


def failed_jobs(*, task: str = "") -> QuerySet[ProcrastinateJob]:
    """Jobs that failed for good, of one task when given, the newest first: to be counted and cut into pages."""
    rows = ProcrastinateJob.objects.filter(status="failed").order_by("-pk")
    return rows.filter(task_name=task) if task else rows


def failed_by_task() -> dict[str, int]:
    """How many jobs of each task failed for good, most first."""
    rows = ProcrastinateJob.objects.filter(status="failed").values_list("task_name")
    return dict(rows.annotate(jobs=Count("pk")).order_by("-jobs", "task_name"))


def told(jobs: Sequence[ProcrastinateJob]) -> list[Failed]:
    """These failed jobs with when and why they failed."""
    numbers = [job.pk for job in jobs]
    troubles = Trouble.objects.in_bulk(numbers)
    ends = ProcrastinateEvent.objects.filter(job__in=numbers, type="failed")
    moments: dict[int, datetime] = dict(ends.values_list("job_id").annotate(Max("at")))
    return [
        Failed(
            id=job.pk,
            task=job.task_name,
            attempts=job.attempts,
            arguments=shown(job.args),
            at=moments.get(job.pk),
            trouble=troubles.get(job.pk),
        )
        for job in jobs
    ]


def shown(arguments: Mapping[str, object]) -> tuple[tuple[str, str | None], ...]:
    """Each argument with its value, or None where it could hold a person's words or number."""
    return tuple((name, _plain(value)) for name, value in sorted(arguments.items()) if name != "timestamp")


def _plain(value: object) -> str | None:
    text = str(value)
    if isinstance(value, bool | None):
        return text.lower()
    return text if isinstance(value, str | int) and _PLAIN.fullmatch(text) else None
