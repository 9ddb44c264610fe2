"""CPU and queries of the API's answers, each made anew through the whole application.

The promise is about our own work, so the time inside the database's driver, while a query runs and while its rows are
read, is left out.
"""

import contextlib
import functools
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench import pages
from bench.table import Row

ROUNDS = 12
_ADDRESSES = (
    ("API list of 50 institutions", "/api/v1/institutions", 1.5, 4),
    ("API institution with its history", "/api/v1/institutions/mintel", pages.CPU_MS, 9),
    ("API indicator with its course", "/api/v1/indicators/15", pages.CPU_MS, 6),
)
"""Title, address, milliseconds, queries."""
_ALLOWED = 10_000_000
"""Requests of one network while we measure: the limit is counted as always, and never reached."""


def measure(times: int) -> Iterator[Row]:
    """The addresses of the promise; the best of several rounds, as for pages."""
    from django.conf import settings

    application = pages.ready()
    settings.MINGA_API_LIMIT = _ALLOWED
    for title, path, limit, most in _ADDRESSES:
        queries = pages.queries_of(application, path)
        best = float("inf")
        with _database_clock() as clock:
            for _ in range(ROUNDS):
                clock.spent = 0.0
                total = pages.cost_of(application, path, times)
                best = min(best, total - clock.spent * 1000 / times)
        yield Row(f"{title}: CPU over its database time", "ms", best, limit)
        yield Row(f"{title}: queries", "", queries, most)
    again = min(_cost_again(application, times) for _ in range(ROUNDS))
    yield Row(
        "API list of 50 institutions, asked again within its minute: CPU", "ms", again, _ADDRESSES[0][2]
    )


def _cost_again(application: Any, times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        pages.ask(application, _ADDRESSES[0][1])
    return (time.process_time() - began) * 1000 / times


class _Clock:
    """Adds up the CPU that the driver spends."""

    spent = 0.0

    def watch(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """The driver's work under the clock."""

        @functools.wraps(work)
        def timed(*arguments: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return work(*arguments, **named)
            finally:
                self.spent += time.process_time() - began

        return timed


@contextlib.contextmanager
def _database_clock() -> Iterator[_Clock]:
    """Every query of the driver under a clock, Django's own `SELECT 1` too."""
    from psycopg import Cursor

    clock = _Clock()
    watched = {
        name: getattr(Cursor, name) for name in ("execute", "fetchall", "fetchmany", "fetchone", "__next__")
    }
    for name, work in watched.items():
        setattr(Cursor, name, clock.watch(work))
    try:
        yield clock
    finally:
        for name, work in watched.items():
            setattr(Cursor, name, work)
