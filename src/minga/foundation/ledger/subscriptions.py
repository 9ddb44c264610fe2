"""Rooms react to facts of other rooms by name: a job after commit, at least once, handled once."""

import functools

from django.db import transaction

from minga.foundation.jobs import enqueue
from minga.foundation.ledger.models import LedgerDelivery, LedgerFact
from minga.kernel import cards
from minga.kernel.facts import fact_class
from minga.kernel.references import Reference

DELIVER = "ledger.deliver"


@functools.cache
def _subscribers() -> dict[str, list[cards.Subscription]]:
    found: dict[str, list[cards.Subscription]] = {}
    for subscription in cards.each(lambda room: room.subscriptions):
        found.setdefault(subscription.fact, []).append(subscription)
    return found


def announce(name: str, position: int) -> None:
    """Enqueue, in the caller's transaction, one delivery for each subscriber to this kind of fact."""
    for subscription in _subscribers().get(name, ()):
        enqueue(DELIVER, name=name, subscription=subscription.name, position=position)


def hand_over(*, name: str, subscription: str, position: int) -> bool:
    """Run one subscriber's handler for one fact, unless it already ran; say whether it ran now.

    The note that it ran and whatever the handler changes commit together. A subscription that no longer
    exists is passed over.
    """
    for candidate in _subscribers().get(name, ()):
        if candidate.name == subscription:
            with transaction.atomic():
                _, new = LedgerDelivery.objects.get_or_create(subscription=subscription, position=position)
                if new:
                    row = LedgerFact.objects.get(position=position)
                    fact = fact_class(row.name, row.version).from_payload(row.payload)
                    candidate.handler(fact, position=position, subject=Reference(row.subject))
                return new
    return False
