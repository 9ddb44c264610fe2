"""Measuring: asking what is due, keeping what was found, opening and closing incidents, summing up the days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import DurationField, Exists, ExpressionWrapper, F, Min, OuterRef, QuerySet

from minga.foundation.probing import Means, Outcome, Reason, probe_all
from minga.kernel.actors import Actor
from minga.kernel.clock import GUAYAQUIL, now, start_of, today
from minga.modules.cloud.actions.incidents import close_measured, open_measured
from minga.modules.cloud.models import DailyQuality, Incident, Maintenance, Measurement, Monitor
from minga.modules.cloud.models.incidents import IncidentState
from minga.modules.cloud.models.monitoring import RAW_DAYS, MonitorState, Window
from minga.modules.cloud.queries.quality import days, measured_days

ROUND_SECONDS = 40.0
"""After so long no probe begins; with its limits for each step the round ends before the next minute's."""
MOST = 10_000
"""Monitors asked in one round."""
SYSTEM = Actor.system("cloud-monitoring")

_REMEMBER = """
    UPDATE cloud_monitor AS monitor SET
        last_at = CASE WHEN found.measured THEN %(at)s ELSE monitor.last_at END,
        last_reason = found.reason, last_milliseconds = found.milliseconds,
        expires_at = coalesce(found.expires_at, monitor.expires_at),
        up = coalesce(found.up, monitor.up),
        streak = CASE WHEN found.up IS NULL THEN monitor.streak
            WHEN found.up = monitor.up THEN monitor.streak + 1 ELSE 1 END,
        turned_at = CASE WHEN found.up IS NULL OR found.up = monitor.up THEN monitor.turned_at ELSE %(at)s END
    FROM unnest(%(ids)s::uuid[], %(measured)s::bool[], %(ups)s::bool[], %(reasons)s::text[], %(milliseconds)s::int[],
        %(expiries)s::timestamptz[]) AS found(id, measured, up, reason, milliseconds, expires_at)
    WHERE monitor.id = found.id
"""


def probe_due(*, means: Means | None = None) -> int:
    """Ask every monitor that is due, keep what was found, and open or close incidents; returns how many were asked.

    A monitor is taken by moving its next turn, so that two of these at once never ask the same one, and one that
    breaks off leaves a gap instead of an invented value.
    """
    minute = now().replace(second=0, microsecond=0)
    due = _take(minute)
    outcomes = probe_all([monitor.target for monitor in due], means=means, seconds=ROUND_SECONDS)
    with transaction.atomic():
        found = _unchanged(list(zip(due, outcomes, strict=True)))
        _keep(found, minute)
        _follow_incidents([monitor.pk for monitor, _outcome in found])
    return len(due)


@transaction.atomic
def _take(minute: datetime) -> list[Monitor]:
    """The monitors that are due, longest waiting first; nobody else gets them until their next turn."""
    waiting = Monitor.objects.filter(state=MonitorState.ACTIVE, next_at__lte=minute).order_by("next_at")
    taken = list(waiting.select_for_update(skip_locked=True)[:MOST])
    step = ExpressionWrapper(F("interval_minutes") * timedelta(minutes=1), output_field=DurationField())
    Monitor.objects.filter(pk__in=[monitor.pk for monitor in taken]).update(next_at=minute + step)
    return taken


def _unchanged(found: Sequence[tuple[Monitor, Outcome]]) -> list[tuple[Monitor, Outcome]]:
    """What was found of monitors that nobody changed or stopped meanwhile; nobody does until the round is kept."""
    asked = Monitor.objects.filter(pk__in=[monitor.pk for monitor, _outcome in found])
    versions = dict(asked.order_by("pk").select_for_update().values_list("pk", "version"))
    return [(monitor, outcome) for monitor, outcome in found if versions.get(monitor.pk) == monitor.version]


def _keep(found: Sequence[tuple[Monitor, Outcome]], minute: datetime) -> None:
    """Write the measurements and what each monitor now knows; what was not asked is due again at once."""
    left = [monitor.pk for monitor, outcome in found if outcome.reason is Reason.NOT_ASKED]
    Monitor.objects.filter(pk__in=left).update(next_at=minute)
    works = set(
        Maintenance.objects.filter(
            begins_at__lte=minute, ends_at__gt=minute, cancelled_at__isnull=True
        ).values_list("service_id", flat=True)
    )
    Measurement.objects.bulk_create(
        [
            Measurement(
                monitor=monitor,
                at=minute,
                minutes=monitor.interval_minutes,
                up=outcome.ok,
                planned=monitor.service_id in works,
                counted=Window(monitor.window).counts(minute),
                milliseconds=outcome.milliseconds,
                reason=outcome.reason or "",
            )
            for monitor, outcome in found
            if outcome.measured
        ],
        batch_size=2_000,
        ignore_conflicts=True,
    )
    _remember(found, works, minute)


def _remember(found: Sequence[tuple[Monitor, Outcome]], works: set[UUID], minute: datetime) -> None:
    """What each monitor knows of its address; a failure during announced works begins no incident."""

    def up(monitor: Monitor, outcome: Outcome) -> bool | None:
        expected = not outcome.measured or (not outcome.ok and monitor.service_id in works)
        return None if expected else outcome.ok

    with connection.cursor() as cursor:
        cursor.execute(
            _REMEMBER,
            {
                "at": minute,
                "ids": [monitor.pk for monitor, _outcome in found],
                "measured": [outcome.measured for _monitor, outcome in found],
                "ups": [up(monitor, outcome) for monitor, outcome in found],
                "reasons": [str(outcome.reason or "") for _monitor, outcome in found],
                "milliseconds": [outcome.milliseconds for _monitor, outcome in found],
                "expiries": [outcome.expires_at for _monitor, outcome in found],
            },
        )


def _follow_incidents(asked: Sequence[UUID]) -> None:
    """Open an incident for each monitor that failed often enough in a row, and close those that work again."""
    open_now = Incident.objects.filter(monitor=OuterRef("pk"), state=IncidentState.OPEN)
    monitors: QuerySet[Monitor] = Monitor.objects.filter(pk__in=asked).select_related("service")
    failing = monitors.filter(up=False, streak__gte=F("failures_to_open")).exclude(Exists(open_now))
    for monitor in failing:
        open_measured(monitor, actor=SYSTEM)
    working = Incident.objects.filter(
        state=IncidentState.OPEN,
        monitor__in=asked,
        monitor__up=True,
        monitor__streak__gte=F("monitor__successes_to_close"),
    ).select_related("monitor", "service")
    for incident in working.select_for_update(of=("self",)):  # somebody may be explaining it
        close_measured(incident, actor=SYSTEM)


def sum_up() -> int:
    """Sum up every past day that has no summary yet, then let old measurements go; returns how many days.

    Safe to run again: a day's summary comes out the same, and only days that are summed up lose their measurements.
    """
    newest = DailyQuality.objects.order_by("-day").values_list("day", flat=True).first()
    first = newest + timedelta(days=1) if newest else _first_day()
    last = today() - timedelta(days=1)
    summed = 0
    for day in days(first, last) if first else ():
        _sum_up_day(day)
        summed += 1
    Measurement.objects.filter(at__lt=start_of(today() - timedelta(days=RAW_DAYS))).delete()
    return summed


def _first_day() -> date | None:
    began: datetime | None = Monitor.objects.aggregate(first=Min("started_at"))["first"]
    return began.astimezone(GUAYAQUIL).date() if began else None


@transaction.atomic
def _sum_up_day(day: date) -> None:
    summaries = [
        DailyQuality(
            monitor_id=monitor,
            day=day,
            expected=quality.expected,
            measured=quality.measured,
            up=quality.up,
            planned=quality.planned,
            planned_up=quality.planned_up,
            times=quality.times,
        )
        for (monitor, day), quality in measured_days(list(Monitor.objects.all()), first=day, last=day).items()
    ]
    DailyQuality.objects.bulk_create(
        summaries,
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["monitor", "day"],
        update_fields=["expected", "measured", "up", "planned", "planned_up", "times"],
    )
