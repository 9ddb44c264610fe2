"""Auditors find who did what, open it, prove it and take it out; and they are watched too."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import transaction

from minga.foundation.ledger import sealing
from minga.foundation.ledger.models import LedgerFact
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.references import Reference
from minga.modules.identity.contracts import actor_for
from minga.modules.identity.tests.cast import new_person
from minga.modules.plan.facts import NormWithdrawn
from minga.site.facts import JobsDiscarded, OpinionErased

pytestmark = pytest.mark.django_db

PAGE = "/escritorio/auditoria/"


@pytest.fixture
def auditor(person_with):
    return person_with(Role.AUDITOR)


@pytest.fixture
def clerk():
    return new_person("Rosa", "Quishpe Toapanta", email="rosa@example.org")


def erase(actor, number=1):
    with transaction.atomic():
        return record(OpinionErased(), actor=actor, subject=Reference.of("opinion", number))


def reads():
    rows = LedgerFact.objects.filter(name="ledger.person.read").order_by("position")
    return [(row.subject, row.payload) for row in rows]


def text_of(answer):
    return answer.content.decode()


def streamed(answer):
    return b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize("role", [Role.STEWARD, Role.ADMINISTRATOR, Role.HEAD, Role.EDITOR])
def test_only_auditors_may_look(person_with, role):
    position = erase(Actor.system("x"))
    client = person_with(role)
    for address in ("", f"{position}/", "hechos.csv", "hechos.json"):
        assert client.get(PAGE + address).status_code == 403
    for address in ("persona/", f"{position}/nombres/", "comprobar/"):
        assert client.post(PAGE + address, {"hecho": position, "persona": "x"}).status_code == 403
    assert not LedgerFact.objects.filter(name="site.ledger.exported").exists()


def test_the_newest_fact_comes_first_in_words_without_anybodys_name(auditor, clerk):
    erase(Actor.system("x"))
    position = erase(actor_for(clerk))
    text = text_of(auditor.get(PAGE))
    assert text.index(f">{position}<") < text.index(f">{position - 1}<")
    assert "Se borró el texto de una opinión" in text
    assert "Minga (x)" in text
    assert clerk.reference in text
    assert "Quishpe" not in text


def test_a_search_that_names_a_person_is_noted_and_any_other_is_not(auditor, clerk):
    position = erase(actor_for(clerk))
    auditor.get(PAGE, {"hecho": "site.opinion.erased", "sujeto": "urn:minga:opinion:1"})
    assert reads() == []
    text = text_of(auditor.get(PAGE, {"autor": clerk.reference}))
    assert f">{position}<" in text
    assert reads() == [(clerk.reference, {"purpose": "audit", "fields": ["acts"]})]


def test_the_acts_of_an_account_that_is_gone_are_noted_as_read_too(auditor):
    gone = "urn:minga:account:00000000-0000-4000-8000-00000000dead"
    auditor.get(PAGE, {"autor": gone})
    assert reads() == [(gone, {"purpose": "audit", "fields": ["acts"]})]


def test_a_person_is_found_by_mail_without_leaving_it_in_an_address(auditor, clerk):
    answer = auditor.post(PAGE + "persona/", {"persona": " Rosa@Example.org ", "papel": "sujeto"})
    assert answer.headers["Location"] == f"{PAGE}?sujeto={clerk.reference.replace(':', '%3A')}"
    assert reads() == [(clerk.reference, {"purpose": "audit", "fields": ["identifier"]})]
    unknown = auditor.post(PAGE + "persona/", {"persona": "nadie@example.org"}, follow=True)
    assert "Nadie tiene una cuenta" in text_of(unknown)


def test_a_fact_is_opened_with_its_values_in_words(auditor):
    with transaction.atomic():
        position = record(
            JobsDiscarded(jobs=(Reference.of("job", 7),)),
            actor=Actor.system("x"),
            subject=Reference.of("task", "outbox.deliver"),
        )
    text = text_of(auditor.get(f"{PAGE}{position}/"))
    for words in ("Envía un correo", "Trabajo 7", "urn:minga:job:7", "Todavía no tiene sello"):
        assert words in text
    assert auditor.get(f"{PAGE}{position + 99}/").status_code == 404


def test_a_fact_of_a_kind_that_is_gone_is_shown_as_it_was_kept(auditor):
    position = erase(Actor.system("x"))
    LedgerFact(
        position=0,
        name="old.thing.happened",
        version=1,
        occurred_at=LedgerFact.objects.get(position=position).occurred_at,
        recorded_at=LedgerFact.objects.get(position=position).recorded_at,
        subject="urn:minga:thing:1",
        actor="urn:minga:system:x",
        payload={"colour": "green"},
    ).save(force_insert=True)
    text = text_of(auditor.get(f"{PAGE}{position + 1}/"))
    assert "green" in text
    assert "ya no conoce" in text


def test_names_are_shown_only_on_request_and_their_reading_is_noted(auditor, clerk):
    position = erase(actor_for(clerk))
    assert "Rosa Quishpe" not in text_of(auditor.get(f"{PAGE}{position}/"))
    assert reads() == []
    shown = text_of(auditor.post(f"{PAGE}{position}/nombres/"))
    assert "Rosa Quishpe Toapanta" in shown
    assert reads() == [(clerk.reference, {"purpose": "audit", "fields": ["names"]})]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"autor": "Rosa"}, "Copie la referencia completa"),
        ({"desde": "2026-02-31"}, "no existe"),
        ({"desde": "2026-02-02", "hasta": "2026-02-01"}, "igual o posterior"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(auditor, asked, words):
    answer = auditor.get(PAGE, asked)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert auditor.get(PAGE + "hechos.csv", asked).status_code == 422


def test_days_and_institution_narrow_the_search(auditor):
    position = erase(Actor.system("x"))
    day = today()
    assert f">{position}<" in text_of(auditor.get(PAGE, {"desde": str(day), "hasta": str(day)}))
    early = {"hasta": str(day - timedelta(days=1))}
    assert "Ningún hecho coincide" in text_of(auditor.get(PAGE, early))
    assert f">{position}<" not in text_of(auditor.get(PAGE, {"institucion": "mintel"}))


def test_long_lists_turn_by_position(auditor):
    positions = [erase(Actor.system("x"), number) for number in range(60)]
    first = text_of(auditor.get(PAGE, {"hecho": "site.opinion.erased"}))
    assert "Más antiguos" in first
    assert "Más recientes" not in first
    second = text_of(auditor.get(PAGE, {"hecho": "site.opinion.erased", "antes": positions[10]}))
    assert f">{positions[9]}<" in second
    assert "Más recientes" in second
    assert "Más antiguos" not in second


def test_an_export_holds_what_fits_and_is_a_fact_itself(auditor, clerk):
    position = erase(actor_for(clerk))
    answer = auditor.get(PAGE + "hechos.csv", {"autor": clerk.reference})
    rows = list(csv.DictReader(io.StringIO(streamed(answer).lstrip("\ufeff"))))
    assert [row["position"] for row in rows if row["name"] == "site.opinion.erased"] == [str(position)]
    fact = LedgerFact.objects.get(name="site.ledger.exported")
    assert fact.payload["by"] == clerk.reference
    assert fact.payload["form"] == "csv"
    assert reads()[-1][1]["fields"] == ["acts"]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_same_as_json_with_values_as_they_were_kept(auditor):
    position = erase(Actor.system("x"))
    asked = {"hecho": "site.opinion.erased"}
    (row,) = json.loads(streamed(auditor.get(PAGE + "hechos.json", asked)))
    assert (row["position"], row["payload"], row["synthetic"]) == (position, {}, False)
    none = auditor.get(PAGE + "hechos.json", {"hecho": NormWithdrawn.name})
    assert json.loads(streamed(none)) == []


def test_facts_on_screen_are_proved_against_their_seals(auditor):
    position = erase(Actor.system("x"))
    waiting = text_of(auditor.post(PAGE + "comprobar/", {"hecho": [position]}))
    assert "todavía no tienen sello" in waiting
    sealing.seal()
    assert "El sello" in text_of(auditor.get(f"{PAGE}{position}/"))
    later = erase(Actor.system("x"))
    proved = text_of(auditor.post(PAGE + "comprobar/", {"hecho": [position, later]}))
    assert "están como se sellaron" in proved
    assert "1 hecho todavía no tiene sello" in proved
    assert auditor.post(PAGE + "comprobar/", {"hecho": "x"}).status_code == 422
