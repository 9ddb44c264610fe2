"""Reading the ledger as an auditor does: newest first, by who, what, where and when, however long it is.

Pages are cut where the one before ended (keyset), so the last one costs what the first does. Facts stand in the
order of positions, for which each question has its index; those of some days in the order of their times, which
loses none even where a clock went back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from minga.foundation.ledger.models import LedgerFact, LedgerSeal
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.kernel.text import N_

SIZE = 50
"""Facts on a page."""
_BATCH = 2_000
_COVERING = """
    SELECT DISTINCT seal.number FROM unnest(%s::bigint[]) AS each(position)
    CROSS JOIN LATERAL (
        SELECT number, first FROM ledger_seal WHERE last >= position ORDER BY last LIMIT 1
    ) seal
    WHERE seal.first <= position
"""


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
    def dated(self) -> bool:
        """Whether only some days are asked for."""
        return self.since is not None or self.until is not None

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
        rows = _rows(
            _beyond(found, question, _at(after), older=False), question, most=SIZE + 1, newest_first=False
        )
        more, rows = len(rows) > SIZE, rows[:SIZE][::-1]
        return Slice(tuple(rows), rows[-1].position if rows else None, rows[0].position if more else None)
    if before is not None:
        found = _beyond(found, question, _at(before), older=True)
    rows = _rows(found, question, most=SIZE + 1)
    more, rows = len(rows) > SIZE, rows[:SIZE]
    newer = rows[0].position if rows and before is not None else None
    return Slice(tuple(rows), rows[-1].position if more else None, newer)


def everything(question: Question, *, upto: int) -> Iterator[LedgerFact]:
    """All facts that fit up to a position, newest first: read in batches, so any number needs the same memory."""
    fitting = _fitting(question).filter(position__lte=upto)
    found = fitting
    while rows := _rows(found, question, most=_BATCH):
        yield from rows
        found = _beyond(fitting, question, rows[-1], older=True)


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
    """The seals that cover these positions, the newest first; two queries, however many seals there are."""
    with connection.cursor() as cursor:
        cursor.execute(_COVERING, [list(set(positions))])
        numbers = [row[0] for row in cursor.fetchall()]
    return list(LedgerSeal.objects.filter(number__in=numbers).order_by("-number"))


def _fitting(question: Question) -> QuerySet[LedgerFact]:
    exact = {
        "subject": question.subject,
        "actor": question.actor,
        "institution": question.institution,
        "name": question.kind,
        "recorded_at__gte": question.since,
        "recorded_at__lt": question.until,
    }
    return LedgerFact.objects.filter(**{field: value for field, value in exact.items() if value})


def _rows(
    found: QuerySet[LedgerFact], question: Question, *, most: int, newest_first: bool = True
) -> list[LedgerFact]:
    order = ("recorded_at", "position") if question.dated else ("position",)
    return list(found.order_by(*(f"-{name}" if newest_first else name for name in order))[:most])


def _at(position: int) -> LedgerFact:
    """The fact at a position; for one that is a gap, a stand-in whose time is nobody's."""
    row = LedgerFact.objects.filter(position=position).first()
    return row or LedgerFact(position=position)


def _beyond(
    found: QuerySet[LedgerFact], question: Question, edge: LedgerFact, *, older: bool
) -> QuerySet[LedgerFact]:
    """The facts that come after (`older`) or before `edge` on the page, in the question's own order."""
    word = "lt" if older else "gt"
    beside = Q(**{f"position__{word}": edge.position})
    if not question.dated or edge.recorded_at is None:
        return found.filter(beside)
    there = Q(**{f"recorded_at__{word}": edge.recorded_at})
    within = Q(**{f"recorded_at__{word}e": edge.recorded_at})  # says nothing new, but an index can use it
    return found.filter(within, there | (Q(recorded_at=edge.recorded_at) & beside))
