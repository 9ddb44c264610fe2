"""Work that happens after the answer: procrastinate on the same PostgreSQL, enqueued in the transaction.

A room writes its jobs in `jobs.py` with the decorator here; the worker finds them there. A job that fails is
tried again after 3, 9, 27 ... seconds, eight times (about three hours), then stays marked as failed.
"""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import close_old_connections, connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.retry import RetryDecision

_P = ParamSpec("_P")
_R = TypeVar("_R")
ATTEMPTS = 8
"""How often a job that failed is tried again."""


class Hopeless(Exception):
    """Raised by a job that would fail again: it is marked as failed at once."""


class _Retry(RetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None for never."""
        if isinstance(exception, Hopeless):
            return None
        return super().get_retry_decision(exception=exception, job=job)


def job(name: str, *, queue: str = "default", every: str | None = None) -> Callable[[Callable[_P, _R]], Any]:
    """Make a function a job with this stable name; `every` is a cron expression (UTC) for a periodic one.

    A periodic job receives the keyword `timestamp` (seconds, UTC). Call `.defer(**arguments)` on the result
    inside a transaction: the job exists when, and only when, the transaction commits.
    """
    retry = _Retry(max_attempts=ATTEMPTS, exponential_wait=3)

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
