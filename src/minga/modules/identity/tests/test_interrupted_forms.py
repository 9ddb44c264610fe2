"""A form that arrives after its session is over is not lost."""

import html
import json
import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from minga.kernel.actors import Role
from minga.kernel.clock import frozen, now
from minga.modules.identity.tests.cast import PASSWORD

LATER = timedelta(minutes=20)


def _hidden(page):
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def test_what_was_typed_goes_through_the_sign_in_and_is_sent_again(person, mdt, enter):
    account = person(role=Role.HEAD, at=mdt)
    client = enter(account)
    typed = {"given_names": 'Ño "Beto" <b>', "surnames": "Ruiz", "email": "beto@example.org", "cedula": ""}
    with frozen(now() + LATER):
        lost = client.post("/escritorio/personas/abrir-cuenta/?institucion=mdt", typed)
        assert lost.status_code == 403
        assert "<b>" not in lost.content.decode()
        carried = _hidden(lost.content.decode())
        page = client.post("/ingresar/", carried)
        assert page.status_code == 200
        assert "Lo que escribió no se ha perdido" in page.content.decode()
        assert "Cerramos su sesión" in page.content.decode()
        carried = _hidden(page.content.decode())
        wrong = client.post("/ingresar/", {**carried, "identifier": account.email, "password": "no"})
        carried = _hidden(wrong.content.decode())
        back = client.post("/ingresar/", {**carried, "identifier": account.email, "password": PASSWORD})
        body = back.content.decode()
        assert back.status_code == 200
        assert 'action="/escritorio/personas/abrir-cuenta/?institucion=mdt"' in body
        assert "Mi escritorio" in body
        again = _hidden(body)
        again.pop("csrfmiddlewaretoken", None)
        assert again == typed
        opened = client.post("/escritorio/personas/abrir-cuenta/?institucion=mdt", again)
        assert opened.status_code == 200
        assert "está abierta" in opened.content.decode()


def test_passwords_and_tokens_are_never_carried(client, db):
    answer = client.post(
        "/cuenta/contrasena/",
        {
            "old": "uno-secreto",
            "new": "dos-secreto",
            "x_password": "tres",
            "csrfmiddlewaretoken": "t",
            "nota": "sí",
        },
    )
    saved = json.loads(_hidden(answer.content.decode())["saved"])
    assert saved == [["nota", "sí"]]
    assert "secreto" not in answer.content.decode()


def test_what_is_too_long_or_a_file_is_said_honestly(client, db):
    long = client.post("/cuenta/idioma/", {"texto": "a" * 600_000})
    assert "demasiado largo" in long.content.decode()
    assert _hidden(long.content.decode())["saved"] == ""
    file = SimpleUploadedFile("nota.txt", b"hola")
    sent = client.post("/cuenta/idioma/", {"archivo": file})
    assert "Los archivos no se conservan" in sent.content.decode()


def test_a_damaged_saved_form_only_loses_the_form(person):
    account = person()
    for saved in ("[[[", "{}", '[["a"]]', "5", "[" * 100_000, '"ab"', "null"):
        client = Client()
        answer = client.post(
            "/ingresar/",
            {"identifier": account.email, "password": PASSWORD, "saved": saved, "next": "/cuenta/"},
        )
        assert answer.status_code == 302, saved
        assert answer["Location"] == "/cuenta/"


def test_a_saved_form_is_never_sent_elsewhere(person):
    answer = Client().post(
        "/ingresar/",
        {
            "identifier": person().email,
            "password": PASSWORD,
            "saved": '[["a", "b"]]',
            "next": "https://malo.example/",
        },
    )
    assert answer["Location"] == "/cuenta/"
