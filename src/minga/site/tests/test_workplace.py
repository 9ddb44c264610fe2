"""An official's first page: who they are, what waits, where they can work."""

import pytest
from django.test import Client

from minga.kernel import cards
from minga.kernel.actors import Role
from minga.kernel.cards import Task

pytestmark = pytest.mark.django_db


def test_a_stranger_is_shown_the_way_in_and_back():
    answer = Client().get("/escritorio/")
    assert answer.headers["Location"] == "/ingresar/?next=%2Fescritorio%2F"


def test_each_sees_where_their_posts_let_them_work(person_with):
    steward = person_with(Role.STEWARD).get("/escritorio/").content.decode()
    editor = person_with(Role.EDITOR).get("/escritorio/").content.decode()
    assert "/escritorio/calendario/" in steward
    assert "/escritorio/calendario/" not in editor
    assert "Ministerio de Telecomunicaciones" in editor


def test_what_waits_comes_first(person_with, monkeypatch):
    asked = []

    def tasks(actor):
        asked.append(actor.known)
        return [Task(kind="Normas por registrar", title="Acuerdo 1", url="/escritorio/normas/1/")]

    room = cards.Room(name="prueba", title="Prueba", level=3, tasks=tasks)
    client = person_with(Role.APPROVER)
    monkeypatch.setattr(cards, "_rooms", [*cards.rooms(), room])
    text = client.get("/escritorio/").content.decode()
    assert text.index("Acuerdo 1") < text.index("Dónde puede trabajar")
    assert asked == [True]
