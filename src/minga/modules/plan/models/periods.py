"""Quarters of the year: what a progress report is about, and when it is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils.translation import gettext as _

from minga.kernel.calendars import Calendar
from minga.kernel.errors import Invalid

FIRST_YEAR, LAST_YEAR = 2018, 2050
"""The years in which roadmaps may lie, and that the plan's calendar shows."""
REPORT_TERM = 10
"""Working days that an institution has for its report, counted from the last day of the quarter."""
REVIEW_TERM = 15
"""Working days that MINTEL gives itself to review what was filed."""
CORRECTION_TERM = 10
"""Working days that an institution has to put right what MINTEL observed."""


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year; `code` is its permanent name, such as 2026-t3 (trimestre)."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter that a day belongs to."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def from_code(cls, code: str) -> Self:
        """The quarter with this code; Invalid for any other text."""
        year, sign, number = code.partition("-t")
        if not (
            sign and year.isascii() and year.isdigit() and len(year) == 4 and number in {"1", "2", "3", "4"}
        ):
            raise Invalid(_("Escriba un trimestre como 2026-t3."))
        return cls(int(year), int(number))

    @property
    def code(self) -> str:
        """Its permanent name, such as 2026-t3."""
        return f"{self.year}-t{self.number}"

    @property
    def title(self) -> str:
        """How people call it."""
        ordinals = (
            _("Primer trimestre"),
            _("Segundo trimestre"),
            _("Tercer trimestre"),
            _("Cuarto trimestre"),
        )
        return _("%(quarter)s de %(year)s") % {"quarter": ordinals[self.number - 1], "year": self.year}

    @property
    def short(self) -> str:
        """How tables call it: T3 2026."""
        return f"T{self.number} {self.year}"

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return self.next.start - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def due(self, calendar: Calendar) -> date:
        """The last day on which its report is in time."""
        return calendar.add_working_days(self.end, REPORT_TERM).due


def quarters(first: Quarter, last: Quarter) -> list[Quarter]:
    """All quarters from one to another, both included; none when `last` comes before `first`."""
    found = []
    while first <= last:
        found.append(first)
        first = first.next
    return found
