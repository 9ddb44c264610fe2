"""Working days in Ecuador, and deadlines that explain themselves day by day.

Counting follows arts. 158 and 159 of the Código Orgánico Administrativo: a term begins on the day
after the act, leaves out Saturdays, Sundays and holidays, and takes as holidays those of the office's
canton and those of the interested person's. National holidays come from `holidays`; what the President
or a canton declares besides comes as `Override`s.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from minga.kernel import holidays
from minga.kernel.clock import GALAPAGOS, GUAYAQUIL
from minga.kernel.errors import Invalid
from minga.kernel.text import N_

FIRST_YEAR, LAST_YEAR = 2008, 2060
"""The years a calendar knows; a question about any other is refused instead of answered wrongly."""
MAX_DAYS = 3650
_GALAPAGOS_PROVINCE = "20"
_ONE = timedelta(days=1)
_SATURDAY = 5


class OverrideKind(StrEnum):
    """What a declaration makes of a day: rest, rest to be worked off later, work, or rest moved to it."""

    HOLIDAY = "holiday"
    BRIDGE = "bridge"
    RECOVERY_WORKDAY = "recovery_workday"
    MOVED = "moved"


class Reason(StrEnum):
    """Why a day counts or does not."""

    RECEIPT = "receipt"
    WORKING = "working"
    CALENDAR = "calendar"
    MOVED_AWAY = "moved_away"
    RECOVERY = "recovery"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DECREED = "decreed"
    BRIDGE = "bridge"
    LOCAL = "local"
    SUSPENDED = "suspended"


class Clock(StrEnum):
    """What a period is counted in: working days (término) or days one after another (plazo)."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


class DayCounted(NamedTuple):
    """One day of a count: whether it counted and why; `name` and `norm` of what was declared, if any."""

    date: dt.date
    counts: bool
    reason: Reason
    name: str = ""
    norm: str = ""


@dataclass(frozen=True)
class Place:
    """Where a period runs: the canton of the office that must act, and those of the interested persons.

    The local holidays of all of them stop the count (COA art. 159). INEC codes of four digits; an empty
    canton is an office of the whole country.
    """

    canton: str = ""
    persons: tuple[str, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the office: it decides on which date something was received."""
        return GALAPAGOS if self.canton.startswith(_GALAPAGOS_PROVINCE) else GUAYAQUIL

    @property
    def cantons(self) -> tuple[str, ...]:
        """Every canton whose holidays count."""
        return tuple(canton for canton in (self.canton, *self.persons) if canton)


NATIONAL = Place()


@dataclass(frozen=True)
class Override:
    """A day declared by decree or ordinance, for a canton or (empty) for the whole country.

    `moved_from` is the date that loses its rest to `date`, for kind MOVED only. Raises Invalid for a
    declaration that makes no sense.
    """

    date: dt.date
    kind: OverrideKind
    name: str
    norm: str = ""
    canton: str = ""
    moved_from: dt.date | None = None

    def __post_init__(self) -> None:
        _check_known(self.date)
        if (self.kind is OverrideKind.MOVED) != (self.moved_from is not None):
            message = N_("Un traslado necesita la fecha que se traslada; los demás días no la llevan.")
            raise Invalid(message, {"moved_from": [message]})
        if self.moved_from == self.date:
            message = N_("Escriba una fecha distinta de la que se traslada.")
            raise Invalid(message, {"moved_from": [message]})


@dataclass(frozen=True)
class Suspension:
    """Days from `first` to `last`, both included, on which the clock stands still.

    One still open is given with today as `last`: the answer is then "as if it ended today".
    """

    first: date
    last: date
    reason: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Invalid(N_("La suspensión termina antes de empezar."))


@dataclass(frozen=True)
class Deadline:
    """When a period ends, and every day that led there.

    `received` is the day that starts the clock and does not count; `days` runs from it to `due`, both
    included. `calendar_version` names the calendar that gave the answer.
    """

    received: date
    due: date
    amount: int
    clock: Clock
    place: Place
    days: tuple[DayCounted, ...]
    calendar_version: str

    @property
    def closes_at(self) -> datetime:
        """The midnight that ends the last day at the office (Código Civil, art. 33): then it is late."""
        return datetime.combine(self.due + _ONE, time.min, tzinfo=self.place.zone)


@dataclass(frozen=True)
class Calendar:
    """The working days of the country and its cantons under a set of declarations."""

    overrides: tuple[Override, ...] = ()

    def __post_init__(self) -> None:
        if len(self._declared) != len(self.overrides):
            raise Invalid(N_("Hay dos declaraciones para el mismo día y lugar."))

    @cached_property
    def version(self) -> str:
        """SHA-256 (hexadecimal) of all that decides a count: equal versions give equal deadlines."""
        rows = sorted(
            repr((row.date, row.kind.value, row.name, row.norm, row.canton, row.moved_from))
            for row in self.overrides
        )
        return hashlib.sha256(
            "\n".join((holidays.fingerprint(FIRST_YEAR, LAST_YEAR), *rows)).encode()
        ).hexdigest()

    @cached_property
    def _declared(self) -> dict[tuple[str, date], Override]:
        return {(row.canton, row.date): row for row in self.overrides}

    @cached_property
    def _moved_away(self) -> dict[tuple[str, date], Override]:
        return {(row.canton, row.moved_from): row for row in self.overrides if row.moved_from is not None}

    def day(self, on: date, place: Place = NATIONAL) -> DayCounted:
        """Whether one works on a day at a place, and why. Raises Invalid outside the years known."""
        _check_known(on)
        return (
            self._local_rest(on, place)
            or self._recovery(on, place)
            or self._national_rest(on)
            or self._worked_holiday(on, place)
            or DayCounted(on, True, Reason.WORKING)
        )

    def _local_rest(self, on: date, place: Place) -> DayCounted | None:
        for canton in place.cantons:
            declared = self._declared.get((canton, on))
            if declared and declared.kind is not OverrideKind.RECOVERY_WORKDAY:
                return DayCounted(on, False, Reason.LOCAL, declared.name, declared.norm)
        return None

    def _recovery(self, on: date, place: Place) -> DayCounted | None:
        for canton in ("", place.canton):
            declared = self._declared.get((canton, on))
            if declared and declared.kind is OverrideKind.RECOVERY_WORKDAY:
                return DayCounted(on, True, Reason.RECOVERY, declared.name, declared.norm)
        return None

    def _national_rest(self, on: date) -> DayCounted | None:
        declared = self._declared.get(("", on))
        if declared:
            reason = Reason.BRIDGE if declared.kind is OverrideKind.BRIDGE else Reason.DECREED
            return DayCounted(on, False, reason, declared.name, declared.norm)
        if on.weekday() >= _SATURDAY:
            return DayCounted(on, False, Reason.WEEKEND)
        holiday = holidays.rest_days(on.year).get(on)
        if holiday and ("", on) not in self._moved_away:
            return DayCounted(on, False, Reason.HOLIDAY, holiday.name, holidays.NORM)
        return None

    def _worked_holiday(self, on: date, place: Place) -> DayCounted | None:
        for canton in ("", *place.cantons):
            moved = self._moved_away.get((canton, on))
            if moved:
                return DayCounted(on, True, Reason.MOVED_AWAY, moved.name, moved.norm)
        law = holidays.worked_by_law(on.year).get(on)
        return DayCounted(on, True, Reason.MOVED_AWAY, law.name, holidays.NORM) if law else None

    def rest_days(self, year: int, place: Place = NATIONAL) -> tuple[DayCounted, ...]:
        """The days of a year that are not worked at a place, ordinary weekends left out, in order."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        days = (self.day(first + index * _ONE, place) for index in range((last - first).days + 1))
        return tuple(day for day in days if not day.counts and day.reason is not Reason.WEEKEND)

    def add_working_days(
        self,
        received: date | datetime,
        amount: int,
        place: Place = NATIONAL,
        suspensions: Iterable[Suspension] = (),
    ) -> Deadline:
        """The end of a term of `amount` working days (1 to 3650) that begins on the day after `received`.

        A moment (aware) is first turned into the date at the office. Raises Invalid for an amount out of
        range, a naive moment, or an end beyond the years known.
        """
        return self._count(received, amount, place, suspensions, Clock.WORKING_DAYS)

    def add_calendar_days(
        self,
        received: date | datetime,
        amount: int,
        place: Place = NATIONAL,
        suspensions: Iterable[Suspension] = (),
    ) -> Deadline:
        """The end of a period of `amount` days in a row, weekends too; else as `add_working_days`."""
        return self._count(received, amount, place, suspensions, Clock.CALENDAR_DAYS)

    def working_days_between(
        self,
        start: date | datetime,
        end: date | datetime,
        place: Place = NATIONAL,
        suspensions: Iterable[Suspension] = (),
    ) -> int:
        """How many working days lie after `start` and up to `end`, included: what `add_working_days` counted.

        Raises Invalid when `end` comes before `start`.
        """
        first, last = _day_at(start, place), _day_at(end, place)
        if last < first:
            raise Invalid(N_("La fecha final es anterior a la inicial."))
        _check_known(first)
        _check_known(last)
        judge = self._judge(Clock.WORKING_DAYS, place, tuple(suspensions))
        return sum(judge(first + index * _ONE).counts for index in range(1, (last - first).days + 1))

    def _count(
        self,
        received: date | datetime,
        amount: int,
        place: Place,
        suspensions: Iterable[Suspension],
        clock: Clock,
    ) -> Deadline:
        if not 1 <= amount <= MAX_DAYS:
            raise Invalid(N_("Escriba un número de días entre 1 y 3650."))
        on = start = _day_at(received, place)
        _check_known(start)
        judge = self._judge(clock, place, tuple(suspensions))
        days = [DayCounted(start, False, Reason.RECEIPT)]
        left = amount
        while left:
            on += _ONE
            days.append(judge(on))
            left -= days[-1].counts
        return Deadline(start, on, amount, clock, place, tuple(days), self.version)

    def _judge(
        self, clock: Clock, place: Place, suspensions: tuple[Suspension, ...]
    ) -> Callable[[date], DayCounted]:
        def plain(on: date) -> DayCounted:
            if clock is Clock.WORKING_DAYS:
                return self.day(on, place)
            _check_known(on)
            return DayCounted(on, True, Reason.CALENDAR)

        def judged(on: date) -> DayCounted:
            day = plain(on)
            stop = next((row for row in suspensions if row.first <= on <= row.last), None)
            return DayCounted(on, False, Reason.SUSPENDED, stop.reason) if stop and day.counts else day

        return judged


def _check_known(on: date) -> None:
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        message = N_("La fecha está fuera de los años que conoce el calendario, de 2008 a 2060.")
        raise Invalid(message, {"date": [message]})


def _day_at(when: date | datetime, place: Place) -> date:
    if not isinstance(when, datetime):
        return when
    if when.tzinfo is None:
        raise Invalid(N_("Falta la zona horaria de la hora de recepción."))
    return when.astimezone(place.zone).date()
