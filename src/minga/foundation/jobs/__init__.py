"""Work that happens after the answer: procrastinate on the same PostgreSQL, enqueued in the transaction.

A room writes its jobs in `jobs.py` with the decorator here; the worker finds them there. A job that fails is
tried again after 3, 9, 27 ... seconds, eight times (about three hours), then stays marked as failed.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import structlog
from django.db import close_old_connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.retry import RetryDecision

from minga.foundation.jobs import troubles
from minga.foundation.jobs.troubles import Failure

_P = ParamSpec("_P")
_R = TypeVar("_R")
__all__ = ["ATTEMPTS", "Failure", "Hopeless", "enqueue", "job", "titles"]

ATTEMPTS = 8
"""How often a job that failed is tried again."""

titles: dict[str, str] = {}
"""What each job that has a title does, by its name: Spanish, marked for translation."""


class Hopeless(Failure):
    """Raised by a job that would fail again: it is marked as failed at once."""


class _Retry(RetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None for never."""
        if isinstance(exception, Hopeless):
            return None
        return super().get_retry_decision(exception=exception, job=job)


def job(
    name: str, *, title: str, queue: str = "default", every: str | None = None
) -> Callable[[Callable[_P, _R]], Any]:
    """Make a function a job with this stable name; `every` is a cron expression (UTC) for a periodic one.

    `title` says to administrators what it does. A periodic job receives the keyword `timestamp` (seconds, UTC).
    Call `.defer(**arguments)` on the result inside a transaction: the job exists when, and only when, the
    transaction commits. Its arguments are plain JSON and name nobody: administrators read them.
    """
    retry = _Retry(max_attempts=ATTEMPTS, exponential_wait=3)
    titles[name] = title

    def register(function: Callable[_P, _R]) -> Any:
        task: Any = app.task(name=name, queue=queue, retry=retry, task_middleware=[_in_the_worker])(function)
        return app.periodic(cron=every, periodic_id=name)(task) if every else task

    return register


def _in_the_worker(run: Callable[[], Any], context: JobContext, _worker: Any) -> Any:
    """What surrounds a job: its number in the log, and a note of why it failed.

    The worker lives long: a connection that broke since the last job is replaced, as for each request.
    """
    close_old_connections()
    try:
        with structlog.contextvars.bound_contextvars(job=context.job.id):
            return run()
    except Exception as error:
        troubles.note(context.job, error)
        raise
    finally:
        close_old_connections()


def enqueue(job_name: str, /, **arguments: Any) -> None:
    """Ask for a job by its name, for code that the job itself builds on; the arguments are plain JSON."""
    app.configure_task(job_name).defer(**arguments)
