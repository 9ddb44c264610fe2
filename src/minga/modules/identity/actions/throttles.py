"""Counting attempts to sign in, and other acts that have a limit, in rows that all processes share.

An attempt is counted before its password is looked at, so a burst of simultaneous guesses passes no limit, and
given back when it succeeds. Limits: 5 attempts in 60 s for what was typed, then 10 minutes; 50 in 12 h for that
from one address; 50 different identifiers in 12 h from one address. What nobody has is counted like what
somebody has.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest

from minga.kernel.clock import now
from minga.modules.identity.models import Throttle, digest


@dataclass(frozen=True)
class Limit:
    """At most `attempts` in `window`; then closed for `lock`, or until the window ends."""

    attempts: int
    window: timedelta
    lock: timedelta | None = None


PER_IDENTIFIER = Limit(5, timedelta(seconds=60), timedelta(minutes=10))
PER_IDENTIFIER_AND_ADDRESS = Limit(50, timedelta(hours=12))
PER_ADDRESS = Limit(50, timedelta(hours=12))

_CHARGE = """
    INSERT INTO identity_throttle AS t (key, attempts, window_ends)
    VALUES (%(key)s, %(step)s, %(moment)s + %(window)s)
    ON CONFLICT (key) DO UPDATE SET
      attempts = CASE WHEN t.window_ends <= %(moment)s AND COALESCE(t.locked_until, %(moment)s) <= %(moment)s
        THEN %(step)s ELSE t.attempts + %(step)s END,
      window_ends = CASE WHEN t.window_ends <= %(moment)s AND COALESCE(t.locked_until, %(moment)s) <= %(moment)s
        THEN %(moment)s + %(window)s ELSE t.window_ends END,
      locked_until = CASE
        WHEN t.locked_until > %(moment)s THEN t.locked_until
        WHEN t.window_ends > %(moment)s AND t.attempts + %(step)s > %(limit)s
          THEN COALESCE(%(moment)s + %(lock)s::interval, t.window_ends)
        END
    RETURNING attempts, locked_until
"""


@dataclass(frozen=True)
class Attempt:
    """One attempt, counted. `wait` is how long to stay away (zero: go on); `first` when a limit was just passed."""

    keys: tuple[bytes, bytes, bytes]
    wait: timedelta = timedelta(0)
    first: bool = False


def charge(*, kind: str, value: str, address: str) -> Attempt:
    """Count an attempt to sign in as `value` from `address`."""
    keys = (
        digest("throttle.identifier", kind, value),
        digest("throttle.both", kind, value, address),
        digest("throttle.address", address),
    )
    moment = now()
    alone, _ = _count(keys[0], PER_IDENTIFIER, moment)
    both, in_window = _count(keys[1], PER_IDENTIFIER_AND_ADDRESS, moment)
    everyone, _ = _count(keys[2], PER_ADDRESS, moment, step=int(in_window == 1))
    locks = [lock for lock in (alone, both, everyone) if lock.until]
    if not locks:
        return Attempt(keys=keys)
    until = max(lock.until for lock in locks if lock.until)
    return Attempt(keys=keys, wait=until - moment, first=any(lock.new for lock in locks))


def charge_act(*, purpose: str, address: str, limit: Limit) -> timedelta:
    """Count one act of this purpose from `address`; how long to stay away (zero: go on)."""
    moment = now()
    lock, _ = _count(digest("throttle.act", purpose, address), limit, moment)
    return lock.until - moment if lock.until else timedelta(0)


def forgive(attempt: Attempt) -> None:
    """The attempt was right: forget the failures before it."""
    Throttle.objects.filter(key__in=attempt.keys[:2]).delete()
    Throttle.objects.filter(key=attempt.keys[2]).update(attempts=Greatest(F("attempts") - 1, 0))


def forget_old() -> int:
    """Remove counters that no longer limit anybody; returns how many."""
    moment = now()
    removed, _ = Throttle.objects.filter(window_ends__lt=moment).exclude(locked_until__gt=moment).delete()
    return removed


@dataclass(frozen=True)
class _Lock:
    until: datetime | None
    new: bool


def _count(key: bytes, limit: Limit, moment: datetime, step: int = 1) -> tuple[_Lock, int]:
    values: dict[str, Any] = {
        "key": key,
        "step": step,
        "moment": moment,
        "window": limit.window,
        "limit": limit.attempts,
        "lock": limit.lock,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHARGE, values)
        attempts, until = cursor.fetchone()
    return _Lock(until=until, new=bool(until and step and attempts == limit.attempts + 1)), attempts
