"""Acts on jobs through procrastinate's own functions, in the caller's transaction: each does nothing twice."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from procrastinate import sql
from procrastinate.contrib.django.models import ProcrastinateJob

from minga.foundation.jobs import ATTEMPTS
from minga.foundation.jobs.models import Trouble
from minga.kernel.clock import now

SILENCE = timedelta(minutes=1)
"""How long a worker may give no sign; it gives one every ten seconds."""
_AGAIN = {"retry_at": None, "new_priority": None, "new_queue_name": None, "new_lock": None}


def failed(*, task: str = "", job: int | None = None, most: int = 1000) -> list[int]:
    """The numbers of failed jobs, of one task or one job when given, held until the transaction ends."""
    chosen = ProcrastinateJob.objects.filter(status="failed")
    if task:
        chosen = chosen.filter(task_name=task)
    if job is not None:
        chosen = chosen.filter(pk=job)
    held = chosen.select_for_update(skip_locked=True).order_by("pk")
    return list(held.values_list("pk", flat=True)[:most])


def retry(jobs: Sequence[int]) -> None:
    """Let these failed jobs be done once more, as soon as a worker is free, with all their attempts before them."""
    _wait(jobs)
    ProcrastinateJob.objects.filter(pk__in=jobs).update(attempts=0)


def discard(jobs: Sequence[int]) -> None:
    """Remove these failed jobs: they will not be done. Procrastinate removes waiting ones only, so they wait first."""
    _wait(jobs)
    _each("cancel_job", [{"job_id": job, "abort": False, "delete_job": True} for job in jobs])
    Trouble.objects.filter(pk__in=jobs).delete()


def stalled(silence: timedelta = SILENCE) -> Q:
    """Jobs that were begun by a worker which is gone: their filter."""
    silent = Q(worker__last_heartbeat__lt=now() - silence)
    return Q(status="doing") & (Q(worker__isnull=True) | silent)


def put_back(silence: timedelta = SILENCE) -> tuple[int, int]:
    """Let the jobs of workers that are gone be done again; returns how many, and how many were given up instead.

    A worker is gone when it gave no sign for `silence`. One that has used up its attempts may be what ends the
    workers. The caller holds a transaction.
    """
    found = ProcrastinateJob.objects.filter(stalled(silence)).select_for_update(of=["self"], skip_locked=True)
    rows = list(found.values_list("pk", "attempts"))
    again = [job for job, attempts in rows if attempts < ATTEMPTS]
    given_up = [job for job, attempts in rows if attempts >= ATTEMPTS]
    _wait(again)
    _each("finish_job", [{"job_id": job, "status": "failed", "delete_job": False} for job in given_up])
    return len(again), len(given_up)


def forget_troubles() -> int:
    """Remove the notes about jobs that are no longer there; returns how many."""
    return Trouble.objects.exclude(pk__in=ProcrastinateJob.objects.values("pk")).delete()[0]


def _wait(jobs: Sequence[int]) -> None:
    _each("retry_job", [{"job_id": job, **_AGAIN} for job in jobs])


def _each(query: str, parameters: Iterable[dict[str, Any]]) -> None:
    listed = list(parameters)
    if listed:
        with connection.cursor() as cursor:
            cursor.executemany(sql.queries[query], listed)
