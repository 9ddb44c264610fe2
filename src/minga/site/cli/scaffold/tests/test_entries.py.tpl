"""Publishing an entry: who may, what is recorded, what people see."""

import pytest
from django.test import Client
from django.urls import reverse

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import ANONYMOUS, Actor, Post, Role
from minga.kernel.errors import Conflict, Forbidden, NotFound
from minga.kernel.references import Reference
from minga.modules.${room}.contracts import entries, entry, publish_entry

pytestmark = pytest.mark.django_db

STEWARD = Actor(
    reference=Reference.of("account", "steward"),
    posts=(Post(Role.STEWARD, Reference.of("institution", "mintel"), "mintel"),),
)


def test_a_steward_publishes_an_entry_and_the_ledger_says_so() -> None:
    published = publish_entry(code="primera", title="Primera entrada", actor=STEWARD)

    fact = LedgerFact.objects.get(name="${room}.entry.published")
    assert entries() == [published]
    assert (fact.subject, fact.actor) == (published.reference, STEWARD.reference)
    assert fact.payload == {"published_on": published.published_on.isoformat()}


def test_nobody_else_publishes_and_nothing_is_recorded() -> None:
    with pytest.raises(Forbidden):
        publish_entry(code="primera", title="Primera entrada", actor=ANONYMOUS)

    assert entries() == []
    assert not LedgerFact.objects.filter(name="${room}.entry.published").exists()


def test_a_code_is_used_only_once() -> None:
    publish_entry(code="primera", title="Primera entrada", actor=STEWARD)

    with pytest.raises(Conflict):
        publish_entry(code="primera", title="Otra", actor=STEWARD)
    assert entry(code="primera").title == "Primera entrada"


def test_an_unknown_code_is_not_found() -> None:
    with pytest.raises(NotFound):
        entry(code="ninguna")


def test_the_page_says_when_there_is_nothing() -> None:
    assert "Todavía no hay entradas" in shown()


def test_the_page_shows_what_was_published() -> None:
    publish_entry(code="primera", title="Primera entrada", actor=STEWARD)

    assert "Primera entrada" in shown()


def shown() -> str:
    """The page as it is now; a parameter that no page knows keeps the cache out."""
    return Client().get(reverse("${room}:index"), {"ahora": "1"}).content.decode()
