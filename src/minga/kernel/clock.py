"""The time, asked in one place, and the two time zones of Ecuador."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

GUAYAQUIL = ZoneInfo("America/Guayaquil")
"""Continental Ecuador, UTC-5."""
GALAPAGOS = ZoneInfo("Pacific/Galapagos")
"""Galápagos, UTC-6: its day begins and ends one hour later."""

_fixed: ContextVar[datetime | None] = ContextVar("minga_fixed_time", default=None)


def now() -> datetime:
    """This moment, in UTC and aware of it; the fixed one inside `frozen`."""
    return _fixed.get() or datetime.now(UTC)


def today(zone: ZoneInfo = GUAYAQUIL) -> date:
    """The date on the wall calendar of an office in `zone`."""
    return now().astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo = GUAYAQUIL) -> datetime:
    """The first moment of a day on the clocks of `zone`: when an act dated so takes effect."""
    return datetime.combine(day, time(), tzinfo=zone)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Let it be `moment` (aware) for everything that runs inside, in this thread or task only.

    For tests, and to recompute something as of a past moment. Raises ValueError for a naive moment.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
