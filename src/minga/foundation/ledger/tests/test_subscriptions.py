"""Rooms react to facts: after commit, at least once, and to effect once."""

from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from minga.foundation.ledger import subscriptions
from minga.foundation.ledger.models import LedgerDelivery
from minga.foundation.ledger.recording import record
from minga.foundation.ledger.tests.rehearsal import CLERK, Closed, thing
from minga.kernel import cards

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    """What a listening room has received; its handler refuses the first delivery when told to."""
    received: list[tuple[object, int, str]] = []

    def handler(fact, *, position, subject):
        received.append((fact, position, subject))
        if received[-1][2] == thing(13) and len(received) == 1:
            raise RuntimeError("not now")

    before = cards.rooms()
    listener = cards.Subscription(fact=Closed.name, name="listener.hear", handler=handler)
    cards.load([*before, cards.Room(name="listener", title="", level=0, subscriptions=(listener,))])
    subscriptions._subscribers.cache_clear()
    yield received
    cards.load(before)
    subscriptions._subscribers.cache_clear()


def _waiting() -> list[dict[str, Any]]:
    jobs = ProcrastinateJob.objects.filter(task_name=subscriptions.DELIVER).order_by("id")
    return [job.args for job in jobs]


def test_a_fact_reaches_its_subscriber(heard):
    position = record(Closed(), actor=CLERK, subject=thing(1))
    (job,) = _waiting()
    assert job == {"name": Closed.name, "subscription": "listener.hear", "position": position}
    assert subscriptions.hand_over(**job)
    assert heard == [(Closed(), position, thing(1))]


def test_a_delivery_repeated_takes_effect_once(heard):
    record(Closed(), actor=CLERK, subject=thing(1))
    (job,) = _waiting()
    assert subscriptions.hand_over(**job)
    assert not subscriptions.hand_over(**job)
    assert len(heard) == 1


def test_a_delivery_that_fails_can_be_tried_again(heard):
    record(Closed(), actor=CLERK, subject=thing(13))
    (job,) = _waiting()
    with pytest.raises(RuntimeError):
        subscriptions.hand_over(**job)
    assert not LedgerDelivery.objects.exists()
    assert subscriptions.hand_over(**job)


def test_a_fact_of_an_act_that_fails_reaches_nobody(heard):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(Closed(), actor=CLERK, subject=thing(1))
        raise RuntimeError
    assert _waiting() == []


def test_a_subscription_that_no_longer_exists_is_passed_over(heard):
    position = record(Closed(), actor=CLERK, subject=thing(1))
    assert not subscriptions.hand_over(name=Closed.name, subscription="gone.away", position=position)
