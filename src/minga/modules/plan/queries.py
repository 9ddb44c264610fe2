"""Reading the plan: its structure with the latest published values, one indicator opened up, one act."""

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.ledger.measure import AsOf, Member, Outcome, Total, evaluate, position_known_on, series
from minga.foundation.ledger.models import LedgerFact, LedgerSeal
from minga.foundation.search import Document
from minga.kernel import cards
from minga.kernel.clock import GUAYAQUIL, today
from minga.kernel.errors import NotFound
from minga.kernel.facts import fact_class
from minga.kernel.indicators import Evidence, Indicator, Milestone, Share, facts_read
from minga.kernel.references import Reference
from minga.modules.plan.models import Norm, Publication
from minga.modules.plan.models.norm import NormState
from minga.modules.plan.models.structure import IndicatorEntry, Initiative, Programme, Strategy, plan


@dataclass(frozen=True)
class Reading:
    """An indicator of the plan and where it stands; `published` is None while no room measures it."""

    entry: IndicatorEntry
    published: Publication | None

    @property
    def value(self) -> Decimal | None:
        """The latest published value."""
        return self.published.value if self.published else None

    @property
    def reached(self) -> bool:
        """Whether the latest value meets the target."""
        return self.value is not None and self.value >= self.entry.target


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


def declarations() -> dict[str, Indicator]:
    """What the rooms of this house measure, by indicator code."""
    return {indicator.code: indicator for indicator in cards.each(lambda room: room.indicators)}


def readings() -> dict[str, Reading]:
    """Every indicator of the plan with its latest published value, in the plan's order (one query)."""
    newest = Publication.objects.order_by("indicator", "-id").distinct("indicator").defer("definition")
    published = {publication.indicator: publication for publication in newest}
    return {code: Reading(entry, published.get(code)) for code, entry in plan().indicators.items()}


def reading(code: str) -> Reading:
    """One indicator with its latest published value; NotFound for an unknown code."""
    entry = indicator_entry(code)
    newest = Publication.objects.filter(indicator=code).order_by("-id").defer("definition").first()
    return Reading(entry, newest)


def programme(code: str) -> Programme:
    """The programme with this code; NotFound otherwise."""
    for candidate in plan().programmes:
        if candidate.code == code:
            return candidate
    raise NotFound(_("El plan no tiene un programa con ese código."))


def strategy(code: str) -> Strategy:
    """The strategy with this code; NotFound otherwise."""
    try:
        return plan().strategies[code]
    except KeyError:
        raise NotFound(_("El plan no tiene una estrategia con ese código.")) from None


def initiative(code: str) -> Initiative:
    """The initiative with this code; NotFound otherwise."""
    try:
        return plan().initiatives[code]
    except KeyError:
        raise NotFound(_("El plan no tiene una iniciativa con ese código.")) from None


def indicator_entry(code: str) -> IndicatorEntry:
    """The indicator with this code; NotFound otherwise."""
    try:
        return plan().indicators[code]
    except KeyError:
        raise NotFound(_("El plan no tiene un indicador con ese código.")) from None


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
    """The fact at this position, if an indicator reads facts of its kind; NotFound otherwise."""
    public = {name for indicator in declarations().values() for name in facts_read(indicator)}
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


def norms_of(initiative_code: str) -> QuerySet[Norm]:
    """Norms registered for an initiative, drafts aside, newest first."""
    return (
        Norm.objects.filter(initiative=initiative_code)
        .exclude(state=NormState.DRAFT)
        .select_related("institution", "document")
        .order_by("-issued_on")
    )


def norms_in_force() -> set[str]:
    """Codes of the initiatives whose norm is in force."""
    return set(Norm.objects.filter(state=NormState.ISSUED).values_list("initiative", flat=True))


def public_norms(*, initiative: str = "", institution: str = "", state: str = "") -> QuerySet[Norm]:
    """Norms that have been registered, drafts aside, that fit everything given."""
    exact = {"initiative": initiative, "institution__code": institution, "state": state}
    given = {name: value for name, value in exact.items() if value}
    return Norm.objects.exclude(state=NormState.DRAFT).filter(**given)


def norms_by_id(ids: Collection[UUID]) -> dict[UUID, Norm]:
    """These norms with their institutions and documents, in one query."""
    return Norm.objects.select_related("institution", "document").in_bulk(ids)


def search_document(norm: Norm) -> Document:
    """How people find a registered norm."""
    return Document(
        kind="plan",
        reference=norm.reference,
        title=f"{norm.number}: {norm.title}",
        institution=norm.institution.name,
        body=initiative(norm.initiative).title,
        url=reverse("plan:norm", args=[norm.id]),
    )


def public_norm(norm_id: UUID) -> Norm:
    """A norm that has been registered; NotFound for drafts and unknown ones."""
    return _norm_in(Norm.objects.exclude(state=NormState.DRAFT), norm_id)


def workplace_norm(norm_id: UUID) -> Norm:
    """Any norm, drafts included; NotFound when there is none."""
    return _norm_in(Norm.objects.all(), norm_id)


def _norm_in(norms: QuerySet[Norm], norm_id: UUID) -> Norm:
    norm = norms.filter(id=norm_id).select_related("institution", "document").first()
    if norm is None:
        raise NotFound(_("No hay una norma con esa dirección."))
    return norm


def workplace_norms(*, institutions: list[UUID] | None, state: str = "") -> QuerySet[Norm]:
    """Norms that an official may see at work: those of `institutions`, or all when None."""
    norms = Norm.objects.select_related("institution", "document")
    if institutions is not None:
        norms = norms.filter(institution_id__in=institutions)
    return norms.filter(state=state) if state else norms


def publications_of(code: str, *, limit: int = 20) -> QuerySet[Publication]:
    """The newest published values of an indicator."""
    return Publication.objects.filter(indicator=code).order_by("-id")[:limit]
