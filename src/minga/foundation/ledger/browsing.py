"""Reading the ledger as an auditor does: newest first, by who, what, where and when, however long it is.

Pages are cut by position (keyset), so the last one costs what the first does. `ledger_by_actor` and its sisters
order each of these questions; a time is turned into positions first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from minga.foundation.ledger.models import LedgerFact, LedgerSeal
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.kernel.text import N_

SIZE = 50
"""Facts on a page."""
_BATCH = 2_000
_OUT_OF_STEP = 10_000
"""How many positions may be stamped in another order than their times: writers at the same moment."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What an auditor asks: facts that fit everything given; recorded in [since, until)."""

    subject: Reference | None = None
    actor: Reference | None = None
    institution: Reference | None = None
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def references(self) -> tuple[Reference, ...]:
        """The things that the question names."""
        return tuple(each for each in (self.subject, self.actor, self.institution) if each)


@dataclass(frozen=True)
class Slice:
    """Some facts, newest first, and where the neighbouring ones begin (None at an end)."""

    facts: tuple[LedgerFact, ...]
    older: int | None
    """show the facts before this position"""
    newer: int | None
    """show the facts after this position"""


def facts(question: Question, *, before: int | None = None, after: int | None = None) -> Slice:
    """One page of the facts that fit: the newest, those before a position, or those just after one."""
    found = _fitting(question)
    if after is not None:
        rows = list(found.filter(position__gt=after).order_by("position")[: SIZE + 1])
        more, rows = len(rows) > SIZE, rows[:SIZE][::-1]
        return Slice(tuple(rows), rows[-1].position if rows else None, rows[0].position if more else None)
    if before is not None:
        found = found.filter(position__lt=before)
    rows = list(found.order_by("-position")[: SIZE + 1])
    more, rows = len(rows) > SIZE, rows[:SIZE]
    newer = rows[0].position if rows and before is not None else None
    return Slice(tuple(rows), rows[-1].position if more else None, newer)


def everything(question: Question, *, upto: int) -> Iterator[LedgerFact]:
    """All facts that fit up to a position, newest first: read in batches, so any number needs the same memory."""
    found, before = _fitting(question), upto + 1
    while rows := list(found.filter(position__lt=before).order_by("-position")[:_BATCH]):
        yield from rows
        before = rows[-1].position


def newest() -> int:
    """The position of the newest fact; 0 for an empty ledger."""
    row = LedgerFact.objects.order_by("-position").values_list("position", flat=True).first()
    return row or 0


def fact_at(position: int) -> LedgerFact:
    """The fact at a position; NotFound when there is none."""
    row = LedgerFact.objects.filter(position=position).first()
    if row is None:
        raise NotFound(N_("No hay un hecho con ese número."))
    return row


def seals_of(positions: Iterable[int]) -> list[LedgerSeal]:
    """The seals that cover these positions, the newest first; one query."""
    wanted = set(positions)
    if not wanted:
        return []
    near = LedgerSeal.objects.filter(first__lte=max(wanted), last__gte=min(wanted)).order_by("-number")
    return [seal for seal in near if any(seal.first <= position <= seal.last for position in wanted)]


def _fitting(question: Question) -> QuerySet[LedgerFact]:
    exact = {
        "subject": question.subject,
        "actor": question.actor,
        "institution": question.institution,
        "name": question.kind,
    }
    found = LedgerFact.objects.filter(**{field: value for field, value in exact.items() if value})
    if question.since is not None:
        found = found.filter(recorded_at__gte=question.since, position__gte=_first_since(question.since))
    if question.until is not None:
        found = found.filter(
            recorded_at__lt=question.until, position__lt=_first_since(question.until, later=True)
        )
    return found


def _first_since(moment: datetime, *, later: bool = False) -> int:
    """A position near the first fact recorded at a moment, on the safe side: lower, or (`later`) higher."""
    row = LedgerFact.objects.filter(recorded_at__gte=moment).order_by("recorded_at", "position")
    position = row.values_list("position", flat=True).first()
    if position is None:
        position = newest() + 1
    return position + _OUT_OF_STEP if later else position - _OUT_OF_STEP
