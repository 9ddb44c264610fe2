"""Noting who read a person's data: one common kind of fact, which any room records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson
from django.db import connection, transaction

from minga.foundation.ledger import subscriptions
from minga.kernel.actors import Actor
from minga.kernel.clock import now
from minga.kernel.facts import Code, Fact
from minga.kernel.references import Reference
from minga.kernel.text import N_

_INSERT = """
    INSERT INTO ledger_fact (name, version, occurred_at, subject, institution, actor, synthetic, payload)
    SELECT %(name)s, %(version)s, %(moment)s, person, %(institution)s, %(actor)s, invented, %(payload)s
    FROM unnest(%(people)s::text[], %(invented)s::boolean[]) AS each(person, invented)
    RETURNING position
"""


@dataclass(frozen=True, kw_only=True)
class PersonalDataRead(Fact, name="ledger.person.read"):
    """Somebody read data of another person (the subject): which, and what for."""

    title = N_("Alguien consultó datos de una persona")

    purpose: Code
    fields: tuple[Code, ...]


def record_reads(
    people: Mapping[Reference, bool],
    *,
    purpose: str,
    fields: Iterable[str],
    actor: Actor,
    institution: Reference | None = None,
) -> None:
    """Write, in the caller's transaction and in one statement, that `actor` reads these `fields` of these people.

    `people` says of each whether they are invented (synthetic). One's own data leave nothing. `institution` is
    the one in whose service they are read. Raises TransactionManagementError outside a transaction, so that
    nobody reads without the note.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "record_reads() belongs inside the reading's transaction"
        )
    fact = PersonalDataRead(purpose=Code(purpose), fields=tuple(Code(field) for field in fields))
    others = {person: invented for person, invented in people.items() if person != actor.reference}
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "name": fact.name,
                "version": fact.version,
                "moment": now(),
                "institution": institution,
                "actor": actor.reference,
                "payload": orjson.dumps(fact.payload()).decode(),
                "people": list(others),
                "invented": list(others.values()),
            },
        )
        positions = [row[0] for row in cursor.fetchall()]
    for position in positions:
        subscriptions.announce(fact.name, position)
