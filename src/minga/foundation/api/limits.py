"""How much one caller may ask: exact across all server processes, one statement a request.

The generic cell rate algorithm (ITU-T I.371): a caller has an allowance that refills evenly over the window, so it
can be spent at once or bit by bit, and never more than the whole of it. The one thing to remember of a caller is
when the allowance will be whole again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from minga.foundation.api.models import Allowance
from minga.kernel.clock import now

# A moment further ahead than any allowance reaches was written before somebody set the clock back.
_BEGUN = """CASE WHEN kept.full_at > %(moment)s + 2 * %(window)s::interval THEN %(moment)s
        ELSE greatest(kept.full_at, %(moment)s) END"""
_SPEND = f"""
    INSERT INTO api_allowance AS kept (caller, full_at) VALUES (%(caller)s, %(moment)s + %(step)s)
    ON CONFLICT (caller) DO UPDATE SET full_at = {_BEGUN} + %(step)s
        WHERE {_BEGUN} + %(step)s <= %(moment)s + %(window)s
    RETURNING full_at
"""  # noqa: S608 - of constants


@dataclass(frozen=True)
class Quota:
    """At most `requests` in `window`; `name` is what headers call it."""

    name: str
    requests: int
    window: timedelta

    @property
    def step(self) -> timedelta:
        """How long one request takes to come back; whole microseconds, and never too many of them for the window."""
        return self.window // self.requests

    def __post_init__(self) -> None:
        """Refuse an allowance that lets nobody ask."""
        if self.requests < 1:
            raise ValueError(f"an allowance of {self.requests} requests lets nobody ask: at least 1")


@dataclass(frozen=True)
class Spending:
    """What one request left: how many more at once, how long until all are back, how long to wait (zero: granted)."""

    remaining: int
    reset: timedelta
    wait: timedelta = timedelta(0)


def spend(caller: bytes, quota: Quota) -> Spending:
    """Take one request from the caller's allowance, unless it is used up."""
    moment = now()
    values: dict[str, Any] = {"caller": caller, "moment": moment, "step": quota.step, "window": quota.window}
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, values)
        row = cursor.fetchone()
    if row is None:
        return _refused(caller, quota, moment)
    left: timedelta = row[0] - moment
    # The floored steps leave a rest of the window, which is less than a request and no more than the allowance.
    remaining = min((quota.window - left) // quota.step, quota.requests - 1)
    return Spending(remaining=remaining, reset=left)


def forget_old() -> int:
    """Remove callers whose allowance is whole again; returns how many."""
    removed, _ = Allowance.objects.filter(full_at__lte=now()).delete()
    return removed


def _refused(caller: bytes, quota: Quota, moment: datetime) -> Spending:
    """How long to wait; the shortest time when the allowance came back in between."""
    full_at = Allowance.objects.filter(caller=caller).values_list("full_at", flat=True).first()
    left = full_at - moment if full_at else quota.window
    return Spending(
        remaining=0, reset=left, wait=max(left + quota.step - quota.window, timedelta(0)) or quota.step
    )
