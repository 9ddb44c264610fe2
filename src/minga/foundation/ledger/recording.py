"""Writing facts."""

from datetime import datetime

import orjson
from django.db import connection, transaction

from minga.foundation.ledger import subscriptions
from minga.kernel.actors import Actor
from minga.kernel.clock import now
from minga.kernel.facts import Fact
from minga.kernel.references import Reference

_INSERT = """
    INSERT INTO ledger_fact (name, version, occurred_at, subject, institution, actor, synthetic, payload)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING position
"""


def record(
    fact: Fact,
    *,
    actor: Actor,
    subject: Reference,
    institution: Reference | None = None,
    occurred_at: datetime | None = None,
    synthetic: bool = False,
) -> int:
    """Write one fact in the caller's transaction and return its position.

    `subject` is the thing it happened to, `institution` the one responsible, `occurred_at` when it took effect
    (now, unless the act carries a date of its own). `synthetic` marks what belongs to a rehearsal: it never
    counts in an indicator. Subscribers run after commit. Raises TransactionManagementError outside a
    transaction, because a fact without its change, or a change without its fact, would be a lie.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs inside the action's transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                fact.name,
                fact.version,
                occurred_at or now(),
                subject,
                institution,
                actor.reference,
                synthetic,
                orjson.dumps(fact.payload()).decode(),
            ],
        )
        position: int = cursor.fetchone()[0]
    subscriptions.announce(fact.name, position)
    return position
