"""Noting why a job failed, in words that can be shown."""

import traceback
from contextlib import suppress
from pathlib import Path

from django.db import DatabaseError, connection
from procrastinate.jobs import Job

_PACKAGE = Path(__file__).resolve().parents[2]
_LONGEST = 200
_NOTE = """
    INSERT INTO jobs_trouble (job, error, words, place, at) VALUES (%s, %s, %s, %s, clock_timestamp())
    ON CONFLICT (job) DO UPDATE SET
        error = excluded.error, words = excluded.words, place = excluded.place, at = excluded.at
"""


class Failure(Exception):
    """Raised by a job with words that name nobody, so that administrators may read them."""


def note(job: Job, error: Exception) -> None:
    """Keep why this attempt failed; without a database, only the log tells."""
    words = str(error) if isinstance(error, Failure) else ""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    connection.close_if_unusable_or_obsolete()
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(_NOTE, [job.id, name[-120:], words[:_LONGEST], _place(error)[-_LONGEST:]])


def _place(error: Exception) -> str:
    """The innermost line of our own code that the error passed: `foundation/outbox/delivering.py:61`."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(_PACKAGE) and path.name != "__init__.py":
            return f"{path.relative_to(_PACKAGE)}:{frame.lineno}"
    return ""
