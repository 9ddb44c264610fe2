"""The plan's calendar and its chart of quarters: what is due when, for everybody or one institution."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from minga.kernel.clock import today
from minga.modules.plan.models.periods import Quarter
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
    """whether the institution is late; MINTEL's own delay is not its"""

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
            Due(owed.due_on, part, None, owed, owed.overdue)
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


def bars(parts: Iterable[Part], across: Sequence[Quarter]) -> list[Bar]:
    """A bar for each milestone that lies in these quarters, in the plan's order."""
    drawn = [
        Bar(part, step, tuple(_cell(step, quarter) for quarter in across))
        for part in parts
        for step in part.steps
    ]
    return [bar for bar in drawn if any(bar.cells)]


def _cell(step: Step, quarter: Quarter) -> str:
    if Quarter.of(step.milestone.due_on) == quarter:
        return "due"
    return (
        "planned"
        if step.milestone.starts_on <= quarter.end and step.milestone.due_on >= quarter.start
        else ""
    )
