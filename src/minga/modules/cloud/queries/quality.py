"""How well services worked: availability, coverage and response time, out of summaries and today's measurements.

All sums are of minutes, each measurement standing for those until the next. So a monitor whose interval changes, a
gap in measuring and several monitors of one service add up without a rule of their own: availability = minutes in
which it worked / minutes measured, and what was not measured is in neither.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from itertools import product
from typing import Any, Self
from uuid import UUID

from django.db import connection
from django.db.models import Max, Sum

from minga.kernel.clock import now, start_of, today
from minga.modules.cloud.models import DailyQuality, Monitor, Promise
from minga.modules.cloud.models.monitoring import Window

STEP = 1.1
"""Response times are kept by steps of this factor, so percentiles of a month are exact to a tenth."""


@dataclass(frozen=True)
class Quality:
    """What is known of some time: minutes expected, measured, working; and those during announced works."""

    expected: int = 0
    measured: int = 0
    up: int = 0
    planned: int = 0
    planned_up: int = 0
    times: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: Self) -> "Quality":
        steps = self.times.keys() | other.times.keys()
        return Quality(
            self.expected + other.expected,
            self.measured + other.measured,
            self.up + other.up,
            self.planned + other.planned,
            self.planned_up + other.planned_up,
            {step: self.times.get(step, 0) + other.times.get(step, 0) for step in steps},
        )

    @property
    def availability(self) -> Decimal | None:
        """Percent of the measured minutes outside announced works in which it worked; None without any."""
        return _percent(self.up - self.planned_up, self.measured - self.planned)

    @property
    def availability_with_works(self) -> Decimal | None:
        """The same with the announced works included."""
        return _percent(self.up, self.measured)

    @property
    def coverage(self) -> Decimal | None:
        """Percent of the minutes of the promise that were measured at all."""
        return _percent(min(self.measured, self.expected), self.expected)

    @property
    def minutes_down(self) -> int:
        """Measured minutes outside announced works in which it did not work."""
        return self.measured - self.planned - (self.up - self.planned_up)

    @property
    def median(self) -> int | None:
        """Half of the answers took at most so many milliseconds."""
        return self._percentile(0.5)

    @property
    def p95(self) -> int | None:
        """95 of 100 answers took at most so many milliseconds."""
        return self._percentile(0.95)

    def meets(self, promise: Promise | None) -> bool | None:
        """Whether a promise of availability was kept; None when there is no promise or no data."""
        if self.availability is None or promise is None or promise.availability is None:
            return None
        return self.availability >= promise.availability

    def _percentile(self, share: float) -> int | None:
        total, seen = sum(self.times.values()), 0
        for step in sorted(self.times):
            seen += self.times[step]
            if seen >= share * total:
                return round(math.exp((step + 0.5) * math.log(STEP)))
        return None


def _percent(part: int, whole: int) -> Decimal | None:
    """Rounded down: 99,999 % is not 100 %."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_FLOOR) if whole else None


_SUMS = """
    SELECT monitor_id, (at AT TIME ZONE 'America/Guayaquil')::date AS day,
        sum(minutes), coalesce(sum(minutes) FILTER (WHERE up), 0),
        coalesce(sum(minutes) FILTER (WHERE planned), 0),
        coalesce(sum(minutes) FILTER (WHERE planned AND up), 0)
    FROM cloud_measurement
    WHERE counted AND at >= %(start)s AND at < %(end)s AND monitor_id = ANY(%(monitors)s)
    GROUP BY 1, 2
"""
_TIMES = """
    SELECT monitor_id, (at AT TIME ZONE 'America/Guayaquil')::date AS day,
        floor(ln(greatest(milliseconds, 1)) / ln(%(step)s))::int AS step, count(*)
    FROM cloud_measurement
    WHERE counted AND up AND milliseconds IS NOT NULL
        AND at >= %(start)s AND at < %(end)s AND monitor_id = ANY(%(monitors)s)
    GROUP BY 1, 2, 3
"""


def measured_days(
    monitors: Sequence[Monitor], *, first: date, last: date
) -> dict[tuple[UUID, date], Quality]:
    """Each monitor's days from `first` to `last`, summed from single measurements (two queries).

    A day on which a monitor was at work and nothing was measured is there too, with nothing measured.
    """
    asked: dict[str, Any] = {
        "step": STEP,
        "start": start_of(first),
        "end": start_of(last + timedelta(days=1)),
        "monitors": [monitor.pk for monitor in monitors],
    }
    times: dict[tuple[UUID, date], dict[int, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, asked)
        for monitor, day, step, count in cursor.fetchall():
            times.setdefault((monitor, day), {})[step] = count
        cursor.execute(_SUMS, asked)
        sums = {(monitor, day): parts for monitor, day, *parts in cursor.fetchall()}
    known = {}
    for monitor, day in product(monitors, days(first, last)):
        expected, key = _expected(monitor, day), (monitor.pk, day)
        measured, up, planned, planned_up = sums.get(key, (0, 0, 0, 0))
        if expected or measured:
            known[key] = Quality(expected, measured, up, planned, planned_up, times.get(key, {}))
    return known


def days(first: date, last: date) -> Iterable[date]:
    """All days from one to another, both included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _expected(monitor: Monitor, day: date) -> int:
    """Minutes of a day in which this monitor should have measured what was promised, as far as the day has gone."""
    return Window(monitor.window).minutes(day, monitor.started_at, monitor.retired_at or now())


def each_day(monitors: Sequence[Monitor], *, first: date, last: date) -> dict[tuple[UUID, date], Quality]:
    """What is known of each of these monitors' days (three queries).

    Days without a summary yet, today above all, are summed from what was measured so far.
    """
    summaries = DailyQuality.objects.filter(monitor__in=monitors, day__range=(first, last))
    known = {(summary.monitor_id, summary.day): _of(summary) for summary in summaries}
    fresh = max(day for _monitor, day in known) + timedelta(days=1) if known else first
    last = min(last, today())
    if monitors and fresh <= last:
        known |= measured_days(monitors, first=fresh, last=last)
    return known


def by_day(known: Mapping[tuple[UUID, date], Quality]) -> dict[date, Quality]:
    """All monitors together, day by day."""
    summed: dict[date, Quality] = {}
    for (_monitor, day), quality in sorted(known.items(), key=lambda item: item[0][1]):
        summed[day] = summed.get(day, Quality()) + quality
    return summed


def daily(monitors: Sequence[Monitor], *, first: date, last: date) -> dict[date, Quality]:
    """What is known of each day, of all these monitors together (three queries)."""
    return by_day(each_day(monitors, first=first, last=last))


def by_service(monitors: Sequence[Monitor], *, first: date, last: date) -> dict[UUID, Quality]:
    """What is known of some days of each service, without response times (three queries)."""
    rows = DailyQuality.objects.filter(day__range=(first, last)).values_list("monitor__service")
    sums = [Sum(name) for name in ("expected", "measured", "up", "planned", "planned_up")]
    known: dict[UUID, Quality] = {}
    newest: date | None = None
    for service, day, *parts in rows.annotate(Max("day"), *sums).order_by():
        known[service] = Quality(*parts)
        newest = max(newest or day, day)
    fresh = newest + timedelta(days=1) if newest else first
    service_of = {monitor.pk: monitor.service_id for monitor in monitors}
    if monitors and fresh <= min(last, today()):
        measured = measured_days(monitors, first=fresh, last=min(last, today()))
        for (monitor, _day), quality in measured.items():
            service = service_of[monitor]
            known[service] = known.get(service, Quality()) + quality
    return known


def _of(summary: DailyQuality) -> Quality:
    return Quality(
        summary.expected,
        summary.measured,
        summary.up,
        summary.planned,
        summary.planned_up,
        {int(step): count for step, count in summary.times.items()},
    )


def month_of(day: date) -> date:
    """The first day of its month, which names it."""
    return day.replace(day=1)


def end_of_month(month: date) -> date:
    """The last day of a month."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def by_month(known: Mapping[date, Quality]) -> dict[date, Quality]:
    """Days summed up by month, the latest first."""
    months: dict[date, Quality] = {}
    for day in sorted(known, reverse=True):
        months[month_of(day)] = months.get(month_of(day), Quality()) + known[day]
    return months


def total(known: Mapping[date, Quality]) -> Quality:
    """All days in one."""
    return sum(known.values(), Quality())
