"""Reading the calendar: the one that counts deadlines, and the declarations behind it."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from minga.foundation.calendars.models import CalendarDay
from minga.foundation.composed import composed_once
from minga.kernel.calendars import Calendar, OverrideKind
from minga.kernel.errors import NotFound
from minga.kernel.text import N_


@dataclass(frozen=True, kw_only=True)
class DeclaredDay:
    """A declaration as pages show it; `withdrawn_at` is None while it holds."""

    id: int
    date: dt.date
    kind: OverrideKind
    canton: str
    moved_from: dt.date | None
    name: str
    norm: str
    declared_at: dt.datetime
    declared_by: str
    withdrawn_at: dt.datetime | None
    withdrawn_by: str


def calendar_on(moment: dt.datetime | None = None) -> Calendar:
    """The calendar as it stands, or as it stood at a past moment (aware): recomputes a deadline as it was known.

    One small query; the calendar itself is kept in memory for as long as the declarations stay the same.
    """
    if moment is None:
        return _calendar_of(tuple(key for (key,) in _ids_today()))
    return _calendar_of(tuple(key for (key,) in _ids(moment)))


def _ids(moment: dt.datetime | None) -> QuerySet[CalendarDay, tuple[int]]:
    return CalendarDay.objects.in_force(moment).order_by("id").values_list("id")


@composed_once
def _ids_today() -> QuerySet[CalendarDay, tuple[int]]:
    return _ids(None)


@lru_cache(maxsize=8)
def _calendar_of(ids: tuple[int, ...]) -> Calendar:
    """Rows never change what they declare and ids are never used twice, so the ids say it all."""
    return Calendar(tuple(row.override for row in CalendarDay.objects.filter(id__in=ids).order_by("id")))


def declared_days(
    *, year: int | None = None, canton: str | None = None, withdrawn: bool = False
) -> tuple[DeclaredDay, ...]:
    """The declarations of a year and a canton ("" for the national ones; None for all), by date.

    `withdrawn` adds those that no longer hold.
    """
    rows = CalendarDay.objects.all() if withdrawn else CalendarDay.objects.in_force()
    if year is not None:
        rows = rows.filter(date__range=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    if canton is not None:
        rows = rows.filter(canton=canton)
    return tuple(_shown(row) for row in rows)


def declared_day(day_id: int) -> DeclaredDay:
    """One declaration, withdrawn or not. Raises NotFound."""
    row = CalendarDay.objects.filter(id=day_id).first()
    if row is None:
        raise NotFound(N_("Ese día no está declarado en el calendario."))
    return _shown(row)


def _shown(row: CalendarDay) -> DeclaredDay:
    return DeclaredDay(
        id=row.pk,
        date=row.date,
        kind=OverrideKind(row.kind),
        canton=row.canton,
        moved_from=row.moved_from,
        name=row.name,
        norm=row.norm,
        declared_at=row.declared_at,
        declared_by=row.declared_by,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
    )
