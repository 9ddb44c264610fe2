"""What stewards do to the calendar: it moves deadlines, so it must be provable."""

import datetime as dt
from dataclasses import dataclass

from minga.kernel.calendars import OverrideKind
from minga.kernel.facts import Code, Fact
from minga.kernel.text import N_


@dataclass(frozen=True, kw_only=True)
class DayDeclared(Fact, name="calendars.day.declared", version=1):
    """A day of rest or of work was declared, for a canton or (none) for the whole country."""

    title = N_("Se declaró un día de descanso o de trabajo")

    date: dt.date
    kind: OverrideKind
    canton: Code | None
    moved_from: dt.date | None


@dataclass(frozen=True, kw_only=True)
class DayWithdrawn(Fact, name="calendars.day.withdrawn", version=1):
    """A declaration ceased to hold: deadlines are counted without it from now on."""

    title = N_("Se retiró la declaración de un día")

    date: dt.date
    canton: Code | None
