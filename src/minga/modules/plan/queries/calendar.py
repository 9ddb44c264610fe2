"""The plan's calendar and its chart of quarters: what is due when, for everybody or one institution."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from minga.kernel.clock import today
from minga.modules.plan.models.periods import Quarter, quarters
from minga.modules.plan.queries.obligations import Obligation
from minga.modules.plan.queries.progress import Part, Step


@dataclass(frozen=True)
class Due:
    """Something with a day: a milestone of a roadmap in force, or a roadmap or report that is owed."""

    day: date
    part: Part
    step: Step | None
    obligation: Obligation | None
    late: bool

    @property
    def done(self) -> bool:
        """Whether it is settled: the milestone reached, the report accepted."""
        if self.step is not None:
            return self.step.done_on is not None
        return self.obligation is not None and not self.obligation.open


def calendar_of(parts: Iterable[Part], *, year: int) -> list[Due]:
    """Everything that has its day in a year, in order."""
    on = today()
    found = []
    for part in parts:
        found += [
            Due(step.milestone.due_on, part, step, None, step.late(on))
            for step in part.steps
            if step.milestone.due_on.year == year
        ]
        found += [
            Due(owed.due_on, part, None, owed, owed.late)
            for owed in part.obligations
            if owed.due_on is not None and owed.due_on.year == year
        ]
    return sorted(found, key=lambda due: (due.day, due.part.participant.institution.name))


@dataclass(frozen=True)
class Bar:
    """A milestone across the quarters of a chart: for each quarter whether it is planned and whether it ends there."""

    part: Part
    step: Step
    cells: tuple[str, ...]
    """one for each quarter: "" outside, "planned", "due" in the quarter of its last day"""


def chart_quarters(parts: Iterable[Part]) -> list[Quarter]:
    """The quarters that a chart of these parts spans; none without a roadmap in force."""
    milestones = [step.milestone for part in parts for step in part.steps]
    if not milestones:
        return []
    first = min(milestone.starts_on for milestone in milestones)
    last = max(milestone.due_on for milestone in milestones)
    return quarters(Quarter.of(first), Quarter.of(last))


def bars(parts: Iterable[Part], across: Sequence[Quarter]) -> list[Bar]:
    """A bar for each milestone, in the plan's order."""
    return [
        Bar(part, step, tuple(_cell(step, quarter) for quarter in across))
        for part in parts
        for step in part.steps
    ]


def _cell(step: Step, quarter: Quarter) -> str:
    if Quarter.of(step.milestone.due_on) == quarter:
        return "due"
    return (
        "planned"
        if step.milestone.starts_on <= quarter.end and step.milestone.due_on >= quarter.start
        else ""
    )
