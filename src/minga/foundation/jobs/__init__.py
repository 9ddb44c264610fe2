"""Work that happens after the answer: procrastinate on the same PostgreSQL, enqueued in the transaction.

A room writes its jobs in `jobs.py` with the decorator here; the worker finds them there. A job that fails is
tried again after 3, 9, 27 ... seconds, eight times in all (about three hours), then stays marked as failed.
"""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import close_old_connections, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

_P = ParamSpec("_P")
_RESCUE = """
    UPDATE procrastinate_jobs SET worker_id = NULL, attempts = attempts + 1,
        status = (CASE WHEN attempts + 1 < %s THEN 'todo' ELSE 'failed' END)::procrastinate_job_status
    WHERE status = 'doing' AND (worker_id IS NULL OR worker_id NOT IN (
        SELECT id FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)))
"""
_R = TypeVar("_R")
ATTEMPTS = 8


def job(name: str, *, queue: str = "default", every: str | None = None) -> Callable[[Callable[_P, _R]], Any]:
    """Make a function a job with this stable name; `every` is a cron expression (UTC) for a periodic one.

    A periodic job receives the keyword `timestamp` (seconds, UTC). Call `.defer(**arguments)` on the result
    inside a transaction: the job exists when, and only when, the transaction commits.
    """
    retry = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=3)

    def register(function: Callable[_P, _R]) -> Any:
        task: Any = app.task(name=name, queue=queue, retry=retry)(_with_sound_connection(function))
        return app.periodic(cron=every, periodic_id=name)(task) if every else task

    return register


def _with_sound_connection(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The worker lives long: a connection that broke since the last job is replaced, as for each request."""

    @functools.wraps(function)
    def run(*arguments: _P.args, **options: _P.kwargs) -> _R:
        if connection.in_atomic_block:  # called as a plain function, not by the worker
            return function(*arguments, **options)
        close_old_connections()
        try:
            return function(*arguments, **options)
        finally:
            close_old_connections()

    return run


def enqueue(job_name: str, /, **arguments: Any) -> None:
    """Ask for a job by its name, for code that the job itself builds on; the arguments are plain JSON."""
    app.configure_task(job_name).defer(**arguments)


def rescue(*, silent: int = 60) -> int:
    """Let jobs be done again whose worker was killed or has given no sign for `silent` seconds; how many.

    A job that kills its worker each time fails for good after as many attempts as any other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RESCUE, [ATTEMPTS, silent])
        return int(cursor.rowcount)
