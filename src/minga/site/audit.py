"""The ledger in an auditor's hands: who did what to which thing, and proof that it stands as it was written.

Whoever looks for a person's acts, or reads a person's name, leaves a fact about it.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from minga.foundation.ledger import browsing
from minga.foundation.ledger.browsing import Question, Slice
from minga.foundation.ledger.models import LedgerFact, LedgerSeal
from minga.foundation.ledger.reading import record_reads
from minga.foundation.ledger.recording import record
from minga.foundation.ledger.verification import Verdict, verify_seals
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import GUAYAQUIL
from minga.kernel.facts import Code, Fact, fact_class
from minga.kernel.references import Reference
from minga.modules.identity.contracts import Account, account_known_as
from minga.site.facts import LedgerExported

READERS = (Role.AUDITOR,)
"""Nobody else: those who steer and administer are among the audited."""
PURPOSE = "audit"
MOST_SEALS = 10
"""How many seals one press proves: each covers ten thousand facts at most."""


@dataclass(frozen=True)
class Opened:
    """One fact, opened: its kind (None when no room declares it any more), its values, and its seal if it has one."""

    row: LedgerFact
    kind: type[Fact] | None
    values: dict[str, Any]
    seal: LedgerSeal | None

    @property
    def references(self) -> tuple[Reference, ...]:
        """Everything that the fact names, each once."""
        named = [self.row.subject, self.row.actor, self.row.institution]
        found = [Reference(each) for each in named if each]
        for value in self.values.values():
            several = value if isinstance(value, tuple) else (value,)
            found += [each for each in several if isinstance(each, Reference)]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Proof:
    """What checking some facts gave: the verdict on their seals, and how much of it was left out."""

    verdict: Verdict
    seals_left: int
    unsealed: int


def day_begins(day: date) -> datetime:
    """The first moment of a day in continental Ecuador."""
    return datetime.combine(day, time(), tzinfo=GUAYAQUIL)


def search(question: Question, *, before: int | None = None, after: int | None = None, actor: Actor) -> Slice:
    """One page of the facts that fit; a question that names a person is noted as a reading of their acts."""
    actor.require(*READERS)
    with transaction.atomic():
        _note(question.references, read="acts", actor=actor)
        return browsing.facts(question, before=before, after=after)


def person(typed: str, *, actor: Actor) -> Reference | None:
    """The account of somebody known by e-mail or cédula, noted as read; None when nobody is.

    What was typed is not kept.
    """
    actor.require(*READERS)
    with transaction.atomic():
        account = account_known_as(typed)
        if account is None:
            return None
        _note([account.reference], read="identifier", actor=actor)
        return account.reference


def opened(position: int, *, actor: Actor) -> Opened:
    """The fact at a position; NotFound when there is none."""
    actor.require(*READERS)
    row = browsing.fact_at(position)
    seals = browsing.seals_of([position])
    kind, values = _read(row)
    return Opened(row=row, kind=kind, values=values, seal=seals[0] if seals else None)


def names(references: Iterable[Reference], *, actor: Actor) -> dict[Reference, str]:
    """The names of the people among these, each noted as read for an audit."""
    actor.require(*READERS)
    with transaction.atomic():
        people = _note(references, read="names", actor=actor)
        return {person.reference: person.name for person in people}


def export(question: Question, *, form: Literal["csv", "json"], actor: Actor) -> Iterator[LedgerFact]:
    """All facts that fit, newest first, up to this moment; that they were taken out is noted before the first."""
    actor.require(*READERS)
    with transaction.atomic():
        _note(question.references, read="acts", actor=actor)
        upto = browsing.newest()
        fact = LedgerExported(
            form=form,
            about=question.subject,
            by=question.actor,
            institution=question.institution,
            kind=Code(question.kind) if question.kind else None,
            since=question.since.date() if question.since else None,
            until=question.until.date() - timedelta(days=1) if question.until else None,
            upto=upto,
        )
        record(fact, actor=actor, subject=Reference.of("ledger", "facts"))
    return browsing.everything(question, upto=upto)


def prove(positions: Collection[int], *, actor: Actor) -> Proof:
    """Whether the facts at these positions stand as they were sealed; the newest ten of their seals are checked."""
    actor.require(*READERS)
    seals = browsing.seals_of(positions)
    covered = [each for each in positions if any(seal.first <= each <= seal.last for seal in seals)]
    return Proof(
        verdict=verify_seals([seal.number for seal in seals[:MOST_SEALS]]),
        seals_left=max(0, len(seals) - MOST_SEALS),
        unsealed=len(positions) - len(covered),
    )


def _read(row: LedgerFact) -> tuple[type[Fact] | None, dict[str, Any]]:
    """The fact's kind and values; plain ones when no room declares the kind, or not in this shape, any more."""
    try:
        kind = fact_class(row.name, row.version)
        fact = kind.from_payload(row.payload)
    except (KeyError, ValidationError):
        return None, dict(row.payload)
    return kind, {field.name: getattr(fact, field.name) for field in fields(fact)}


def _note(references: Iterable[Reference], *, read: str, actor: Actor) -> list[Account]:
    """The people among these, after noting that something of each was read, also of those whose account is gone."""
    wanted = {each: key for each in references if each.kind == "account" and (key := _key(each))}
    people = list(Account.objects.filter(pk__in=wanted.values())) if wanted else []
    invented = {person.reference: person.synthetic for person in people}
    if wanted:
        record_reads(
            {each: invented.get(each, False) for each in wanted}, purpose=PURPOSE, fields=(read,), actor=actor
        )
    return people


def _key(reference: Reference) -> UUID | None:
    try:
        return UUID(reference.id)
    except ValueError:
        return None
