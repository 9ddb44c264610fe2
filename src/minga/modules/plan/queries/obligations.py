"""What the plan asks of an institution for an initiative, until when, and whether it is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from minga.kernel.calendars import Calendar
from minga.kernel.clock import GUAYAQUIL
from minga.modules.plan.models import Report, Roadmap
from minga.modules.plan.models.periods import CORRECTION_TERM, REVIEW_TERM, Quarter, quarters
from minga.modules.plan.models.report import ReportState
from minga.modules.plan.models.roadmap import RoadmapState


class Turn(StrEnum):
    """Whose turn it is."""

    INSTITUTION = "institution"
    CORRECTION = "correction"
    """the institution's again: MINTEL observed what it filed"""
    REVIEW = "review"
    """MINTEL's"""
    NOBODY = "nobody"


@dataclass(frozen=True)
class Obligation:
    """A roadmap, or the report of one quarter, that one institution owes for one initiative."""

    turn: Turn
    due_on: date | None
    """the last day for whoever has the turn; for what is settled, the last day it had"""
    quarter: Quarter | None
    filed: Roadmap | Report | None
    late: bool

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.turn is not Turn.NOBODY

    @property
    def asked(self) -> bool:
        """Whether the institution has to do something."""
        return self.turn in (Turn.INSTITUTION, Turn.CORRECTION)

    @property
    def overdue(self) -> bool:
        """Whether the institution is late with it; MINTEL's own delay is not the institution's."""
        return self.late and self.asked


def roadmap_obligation(
    *, in_force: Roadmap | None, opened: Roadmap | None, deadline: date | None, calendar: Calendar, on: date
) -> Obligation:
    """The roadmap itself: asked for until one is in force, and again whenever a new version is under way."""
    if opened is None:
        if in_force is not None:
            return Obligation(Turn.NOBODY, None, None, in_force, late=False)
        return _asked(Turn.INSTITUTION, deadline, None, None, on)
    if opened.state == RoadmapState.SUBMITTED:
        return _asked(Turn.REVIEW, _after(opened.submitted_at, REVIEW_TERM, calendar), None, opened, on)
    if opened.state == RoadmapState.OBSERVED:
        return _asked(Turn.CORRECTION, _after(opened.decided_at, CORRECTION_TERM, calendar), None, opened, on)
    return _asked(Turn.INSTITUTION, None if in_force else deadline, None, opened, on)


def report_obligations(
    *,
    since: date,
    finished: Quarter | None,
    reports: Iterable[Report],
    calendar: Calendar,
    on: date,
) -> list[Obligation]:
    """One for each quarter from that of `since` (an approval) to the present one.

    The quarter whose report proved the last milestone (`finished`) is the last that asks for a report.
    """
    by_period: dict[str, Report] = {}
    rejected: dict[str, Report] = {}
    for report in reports:
        (rejected if report.state == ReportState.REJECTED else by_period).setdefault(report.period, report)
    now = Quarter.of(on)
    return [
        _of_report(quarter, by_period.get(quarter.code), rejected.get(quarter.code), calendar, on)
        for quarter in quarters(Quarter.of(since), min(finished, now) if finished else now)
    ]


def _of_report(
    quarter: Quarter, report: Report | None, rejected: Report | None, calendar: Calendar, on: date
) -> Obligation:
    due = (report.due_on if report else None) or quarter.due(calendar)
    if report is None or report.state == ReportState.DRAFT:
        again = _after(rejected.decided_at, CORRECTION_TERM, calendar) if rejected else None
        return _asked(Turn.INSTITUTION, max(due, again or due), quarter, report, on)
    if report.state == ReportState.OBSERVED:
        until = _after(report.decided_at, CORRECTION_TERM, calendar)
        return _asked(Turn.CORRECTION, until, quarter, report, on)
    if report.state == ReportState.SUBMITTED:
        return _asked(Turn.REVIEW, _after(report.submitted_at, REVIEW_TERM, calendar), quarter, report, on)
    first = report.first_submitted_at
    return Obligation(
        Turn.NOBODY, due, quarter, report, late=first is not None and first.astimezone(GUAYAQUIL).date() > due
    )


def _asked(
    turn: Turn, due: date | None, quarter: Quarter | None, filed: Roadmap | Report | None, on: date
) -> Obligation:
    return Obligation(turn, due, quarter, filed, late=due is not None and due < on)


def _after(moment: datetime | None, term: int, calendar: Calendar) -> date | None:
    return calendar.add_working_days(moment, term).due if moment else None
