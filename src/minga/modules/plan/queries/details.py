"""One indicator opened up: its value with everyone behind it, its course over the years, and a single act."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from minga.foundation.ledger.measure import AsOf, Member, Outcome, Total, evaluate, position_known_on, series
from minga.foundation.ledger.models import LedgerFact, LedgerSeal
from minga.kernel import cards
from minga.kernel.clock import GUAYAQUIL, today
from minga.kernel.errors import NotFound
from minga.kernel.facts import fact_class
from minga.kernel.indicators import Evidence, Indicator, Milestone, Share, facts_read
from minga.kernel.references import Reference
from minga.modules.plan.models.structure import IndicatorEntry, Strategy, plan
from minga.modules.plan.queries.structure import declarations, indicator_entry, own_facts

State = Literal["counts", "no_more", "none"]
"""Why a subject counts or not: it counts, it counts no more after a later fact, or there is no fact."""


def state_of(member: Member) -> State:
    """Why a subject counts or does not."""
    return "counts" if member.counts else "no_more" if member.fact else "none"


@dataclass(frozen=True)
class Line:
    """One subject behind an indicator, named."""

    label: cards.Label
    member: Member

    @property
    def state(self) -> State:
        """Why it counts or does not."""
        return state_of(self.member)


@dataclass(frozen=True)
class Detail:
    """One indicator opened up: its value with everyone behind it, and its course over the years."""

    entry: IndicatorEntry
    strategy: Strategy | None
    declaration: Indicator | None
    as_of: AsOf
    outcome: Outcome | None
    course: tuple[Total, ...]
    doubts: tuple[str, ...]

    @property
    def is_milestone(self) -> bool:
        """Whether the value is 0 or 1."""
        return isinstance(self.declaration, Milestone)

    @property
    def is_share(self) -> bool:
        """Whether the value is a percentage of a population."""
        return isinstance(self.declaration, Share)

    @property
    def evidence(self) -> Evidence | None:
        """How far the facts behind the value can be trusted."""
        return self.declaration.evidence if self.declaration else None


@dataclass(frozen=True)
class Act:
    """One fact behind an indicator, as the public sees it."""

    row: LedgerFact
    description: str
    subject: cards.Label
    institution: cards.Label | None
    details: tuple[tuple[str, Any], ...]
    seal: LedgerSeal | None


def indicator_detail(*, code: str, on: date | None = None, as_of: AsOf | None = None) -> Detail:
    """An indicator evaluated now, as it was known at the end of the day `on`, or `as_of` a day and a position.

    Three queries at most: the position known, the outcome, the course.
    """
    entry = indicator_entry(code)
    declaration = declarations().get(code)
    if as_of is None:
        as_of = AsOf(today()) if on is None else AsOf(on, position_known_on(on))
    doubts = plan().doubts.get(f"indicator:{code}", ())
    its_strategy = plan().strategies.get(entry.strategy)
    if declaration is None:
        return Detail(entry, its_strategy, None, as_of, None, (), doubts)
    outcome = evaluate(declaration, as_of)
    course = series(declaration, _course_days(outcome, as_of.day), position=as_of.position)
    return Detail(
        entry=entry,
        strategy=its_strategy,
        declaration=declaration,
        as_of=as_of,
        outcome=outcome,
        course=tuple(course),
        doubts=doubts,
    )


def moment(*, on: date | None, position: int | None) -> AsOf:
    """The day (today at the latest), and the position: the one known at the day's end when none is given."""
    day = min(on or today(), today())
    return AsOf(day, position_known_on(day) if position is None else position)


def outcome_of(code: str, as_of: AsOf) -> Outcome | None:
    """Everyone behind the indicator, or None when no room measures it; NotFound for an unknown code."""
    indicator_entry(code)
    declaration = declarations().get(code)
    return evaluate(declaration, as_of) if declaration else None


def _course_days(outcome: Outcome, last: date) -> list[date]:
    """The end of each year since the first deciding fact, and the last day itself: before, nothing is known."""
    moments = [member.occurred_at for member in outcome.members if member.occurred_at]
    first = min(moments).astimezone(GUAYAQUIL).year if moments else last.year
    return [*(date(year, 12, 31) for year in range(first, last.year)), last]


def lines_of(detail: Detail) -> list[Line]:
    """Everyone behind the value, named: those that count first, then by name; a query for each kind of subject."""
    members = detail.outcome.members if detail.outcome else ()
    labels = cards.name_all(member.subject for member in members)
    lines = [Line(labels[member.subject], member) for member in members]
    return sorted(lines, key=lambda line: (not line.member.counts, line.label.title))


def act(position: int) -> Act:
    """The fact at this position, if an indicator reads facts of its kind or it is the plan's own; else NotFound."""
    public = {name for indicator in declarations().values() for name in facts_read(indicator)} | own_facts()
    row = LedgerFact.objects.filter(position=position, name__in=public).first()
    if row is None:
        raise NotFound(_("No hay un hecho público con ese número."))
    fact = fact_class(row.name, row.version).from_payload(row.payload)
    values = {field.name: getattr(fact, field.name) for field in dataclasses.fields(fact)}
    institution = Reference(row.institution) if row.institution else None
    named = cards.name_all(
        [
            Reference(row.subject),
            *([institution] if institution else ()),
            *(value for value in values.values() if isinstance(value, Reference)),
        ]
    )
    return Act(
        row=row,
        description=_(fact.title),
        subject=named[Reference(row.subject)],
        institution=named[institution] if institution else None,
        details=tuple(
            (key, named[value] if isinstance(value, Reference) else value)
            for key, value in values.items()
            if value is not None
        ),
        seal=LedgerSeal.objects.filter(first__lte=position, last__gte=position).first(),
    )
