"""How far each institution is with each initiative: three figures, never mixed, and what it still owes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minga.foundation.calendars.queries import calendar_on
from minga.foundation.composed import composed_once
from minga.kernel.calendars import Calendar
from minga.kernel.clock import GUAYAQUIL, today
from minga.kernel.errors import NotFound
from minga.modules.plan.models import Milestone, Report, Roadmap, RoadmapDeadline
from minga.modules.plan.models.periods import Quarter
from minga.modules.plan.models.report import FILED, TEXTS, ReportState
from minga.modules.plan.models.roadmap import DECIDED, OPEN, RoadmapState
from minga.modules.plan.models.structure import Initiative, plan
from minga.modules.plan.queries.columns import columns
from minga.modules.plan.queries.obligations import (
    Obligation,
    report_obligations,
    roadmap_obligation,
)
from minga.modules.plan.queries.participation import Participant, participants

_Key = tuple[str, UUID]
_Row = TypeVar("_Row", Roadmap, Report)


def _asking(table: str) -> str:
    """The condition that keeps the rows of what was asked, None asking for all."""
    return f"""(%(initiatives)s::text[] IS NULL OR {table}.initiative = ANY(%(initiatives)s))
        AND (%(institutions)s::uuid[] IS NULL OR {table}.institution_id = ANY(%(institutions)s))"""


_ROADMAPS = f"""
    SELECT {columns(Roadmap, "summary", "reason")} FROM plan_roadmap
    WHERE {_asking("plan_roadmap")} ORDER BY number
"""  # noqa: S608 - of constants
_REPORTS = f"""
    SELECT {columns(Report, *TEXTS, "reason", "filed")} FROM plan_report
    WHERE {_asking("plan_report")} ORDER BY period DESC, changed_at DESC
"""  # noqa: S608 - of constants
_STEPS = f"""
    SELECT milestone.*, claim.done_on, report.period
    FROM plan_milestone milestone
    JOIN plan_roadmap roadmap ON roadmap.id = milestone.roadmap_id AND roadmap.state = 'approved'
    LEFT JOIN (plan_claim claim JOIN plan_report report ON report.id = claim.report_id AND report.state = 'accepted')
        ON claim.milestone = milestone.key AND claim.state = 'accepted'
    WHERE {_asking("roadmap")}
    ORDER BY milestone.due_on, milestone.starts_on, milestone.id
"""  # noqa: S608 - of constants


@dataclass(frozen=True)
class Step:
    """A milestone of the roadmap in force, and the day on which it was reached, once MINTEL accepted the evidence."""

    milestone: Milestone
    done_on: date | None
    period: str | None
    """the quarter whose report proved it"""

    def late(self, on: date) -> bool:
        """Whether its day has passed and it is not reached."""
        return self.done_on is None and self.milestone.due_on < on


@dataclass(frozen=True)
class Figures:
    """Percent of an initiative carried out, three times: each is None while nobody has given it.

    `reported` by the institution in its newest report, `validated` by MINTEL in the newest it accepted, `computed`
    as the weight of the milestones whose evidence MINTEL accepted.
    """

    reported: int | None = None
    reported_in: str = ""
    validated: int | None = None
    validated_in: str = ""
    computed: int | None = None

    @property
    def reported_when(self) -> str:
        """The quarter of the institution's figure, in words."""
        return Quarter.from_code(self.reported_in).title if self.reported_in else ""

    @property
    def validated_when(self) -> str:
        """The quarter of MINTEL's figure, in words."""
        return Quarter.from_code(self.validated_in).title if self.validated_in else ""


@dataclass(frozen=True)
class Part:
    """What one institution does for one initiative."""

    initiative: Initiative
    participant: Participant
    in_force: Roadmap | None
    opened: Roadmap | None
    steps: tuple[Step, ...]
    reports: tuple[Report, ...]
    """drafts included, newest quarter first"""
    figures: Figures
    obligations: tuple[Obligation, ...]
    """the roadmap's first, then a report for each quarter"""

    @property
    def late(self) -> bool:
        """Whether the institution is late with anything."""
        return any(owed.overdue for owed in self.obligations)

    @property
    def filed_reports(self) -> list[Report]:
        """Those that the public may see."""
        return [report for report in self.reports if report.state != ReportState.DRAFT]


def parts(
    *, initiatives: Collection[str] | None = None, institutions: Collection[UUID] | None = None
) -> list[Part]:
    """Every institution's part in these initiatives, or only those of some institutions, in the plan's order.

    None asks for all. An institution that closed is found in the part of whoever took over. Six queries, whatever
    the number of parts.
    """
    wanted = [
        initiative
        for code, initiative in plan().initiatives.items()
        if initiatives is None or code in initiatives
    ]
    taking_part = participants({initiative.strategy for initiative in wanted})
    asked = [
        (initiative, participant)
        for initiative in wanted
        for participant in taking_part[initiative.strategy]
        if institutions is None or not set(participant.everybody).isdisjoint(institutions)
    ]
    everybody = {key for _initiative, participant in asked for key in participant.everybody}
    material = _Material(initiatives=initiatives, institutions=None if institutions is None else everybody)
    return [material.part(initiative, participant) for initiative, participant in asked]


def part(*, initiative: str, institution: UUID) -> Part:
    """One institution's part in one initiative; NotFound when the plan asks it nothing there."""
    found = parts(initiatives=[initiative], institutions=[institution])
    if not found:
        raise NotFound(_("El plan no pide nada a esta institución en esa iniciativa."))
    return found[0]


class _Material:
    """All rows that the parts are made of, read at once."""

    def __init__(self, *, initiatives: Collection[str] | None, institutions: Collection[UUID] | None) -> None:
        asked = {
            "initiatives": None if initiatives is None else list(initiatives),
            "institutions": None if institutions is None else list(institutions),
        }
        self.roadmaps = _grouped(Roadmap.objects.raw(_ROADMAPS, asked))
        self.reports = _grouped(Report.objects.raw(_REPORTS, asked))
        self.steps: dict[UUID, list[Step]] = {}
        for row in Milestone.objects.raw(_STEPS, asked):
            step = Step(row, vars(row)["done_on"], vars(row)["period"])
            self.steps.setdefault(row.roadmap_id, []).append(step)
        self.deadline = next((day for (day,) in _deadlines()), None)
        self.calendar: Calendar = calendar_on()
        self.on = today()

    def part(self, initiative: Initiative, participant: Participant) -> Part:
        keys = [(initiative.code, key) for key in participant.everybody]
        versions = [row for key in keys for row in self.roadmaps.get(key, ())]
        reports = [row for key in reversed(keys) for row in self.reports.get(key, ())]
        reports.sort(key=lambda row: row.period, reverse=True)
        in_force = next((row for row in reversed(versions) if row.state == RoadmapState.APPROVED), None)
        opened = next((row for row in reversed(versions) if row.state in OPEN), None)
        steps = tuple(self.steps.get(in_force.id, ())) if in_force else ()
        owed = [
            roadmap_obligation(
                in_force=in_force,
                opened=opened,
                deadline=self.deadline,
                calendar=self.calendar,
                on=self.on,
            ),
            *self._reports_owed(versions, steps, reports),
        ]
        return Part(
            initiative=initiative,
            participant=participant,
            in_force=in_force,
            opened=opened,
            steps=steps,
            reports=tuple(reports),
            figures=figures(reports, steps),
            obligations=tuple(owed),
        )

    def _reports_owed(
        self, versions: Iterable[Roadmap], steps: Collection[Step], reports: Iterable[Report]
    ) -> list[Obligation]:
        decided = [row for row in versions if row.state in DECIDED and row.decided_at]
        if not decided:
            return []
        begun = next((row for row in reversed(decided) if row.reopens), decided[0])
        proved = [Quarter.from_code(step.period) for step in steps if step.period]
        assert begun.decided_at is not None, "a decided roadmap has its moment (database constraint)"
        return report_obligations(
            since=begun.decided_at.astimezone(GUAYAQUIL).date(),
            finished=max(proved) if proved and len(proved) == len(steps) else None,
            reports=reports,
            calendar=self.calendar,
            on=self.on,
        )


def figures(reports: Iterable[Report], steps: Collection[Step]) -> Figures:
    """The three figures, from an institution's reports (newest quarter first) and its roadmap's milestones."""
    filed = [report for report in reports if report.state in FILED]
    newest = filed[0] if filed else None
    accepted = next((report for report in filed if report.state == ReportState.ACCEPTED), None)
    return Figures(
        reported=newest.filed_reported if newest else None,
        reported_in=newest.period if newest else "",
        validated=accepted.validated if accepted else None,
        validated_in=accepted.period if accepted else "",
        computed=sum(step.milestone.weight for step in steps if step.done_on) if steps else None,
    )


def initiative_figures(parts: Iterable[Part]) -> tuple[Figures, tuple[int, int]]:
    """The plain means over those who carry an initiative out, and how many of them reported, of how many.

    An institution without a figure is left out of its mean: no data is not zero.
    """
    executing = [part.figures for part in parts if part.participant.executes]
    reported, known = mean(entry.reported for entry in executing)
    whole = Figures(
        reported=reported,
        validated=mean(entry.validated for entry in executing)[0],
        computed=mean(entry.computed for entry in executing)[0],
    )
    return whole, (known, len(executing))


def mean(values: Iterable[int | None]) -> tuple[int | None, int]:
    """The plain mean of the known values, rounded half up, and how many are known."""
    known = [value for value in values if value is not None]
    return (2 * sum(known) + len(known)) // (2 * len(known)) if known else None, len(known)


@composed_once
def _deadlines() -> QuerySet[RoadmapDeadline, tuple[date]]:
    return RoadmapDeadline.objects.values_list("due_on")[:1]


def _grouped(rows: Iterable[_Row]) -> dict[_Key, list[_Row]]:
    found: dict[_Key, list[_Row]] = {}
    for row in rows:
        found.setdefault((row.initiative, row.institution_id), []).append(row)
    return found
