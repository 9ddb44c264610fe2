"""Signing in, and what a stranger can learn from trying."""

import re

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import identify_hasher
from django.test import Client

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Role
from minga.kernel.identifiers import synthetic_cedula
from minga.modules.identity import hashers
from minga.modules.identity.actions.accounts import suspend_account
from minga.modules.identity.models import SessionRecord
from minga.modules.identity.tests.cast import PASSWORD, SYSTEM

URL = "/ingresar/"


def _try(client, identifier, password=PASSWORD, **more):
    return client.post(URL, {"identifier": identifier, "password": password, **more})


def _without_tokens(answer):
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return re.sub(r'name="identifier"[^>]*', "", body)


def _facts(name):
    return list(LedgerFact.objects.filter(name=name).values("subject", "actor", "payload"))


def _noted(function, calls):
    def note(*args, **kw):
        calls.append(function.__name__)
        return function(*args, **kw)

    return note


def test_an_official_enters_with_email_and_reaches_the_workplace(client, person, mdt):
    account = person(role=Role.EDITOR, at=mdt)
    answer = _try(client, account.email.upper())
    assert answer.status_code == 302
    assert answer["Location"] == "/escritorio/"
    assert client.get("/cuenta/").status_code == 200


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0:.9}-{1}"])
def test_a_person_enters_with_a_cedula_as_people_write_it(client, person, typed):
    cedula = synthetic_cedula(9)
    person(cedula=cedula, email="")
    answer = _try(client, typed.format(cedula, cedula[9:]))
    assert answer.status_code == 302
    assert answer["Location"] == "/cuenta/"


def test_the_session_id_is_a_new_one(client, person):
    account = person()
    client.cookies["minga_sesion"] = "x" * 32
    _try(client, account.email)
    first = client.cookies["minga_sesion"].value
    assert first != "x" * 32
    _try(client, account.email)
    assert client.cookies["minga_sesion"].value != first
    assert SessionRecord.objects.filter(ended_at__isnull=True).count() == 1


def test_an_unknown_account_and_a_wrong_password_look_the_same(client, person):
    account = person()
    wrong = _try(client, account.email, "otra-cosa")
    unknown = _try(client, "nadie@example.org", "otra-cosa")
    assert wrong.status_code == unknown.status_code == 422
    assert _without_tokens(wrong) == _without_tokens(unknown)
    assert wrong.headers.keys() == unknown.headers.keys()


def test_a_password_is_hashed_whether_or_not_the_account_exists(client, person, monkeypatch):
    account = person()
    unusable = person(password=None)
    hashed: list[str] = []
    for name in ("encode", "verify"):
        monkeypatch.setattr(hashers.OwaspArgon2, name, _noted(getattr(hashers.OwaspArgon2, name), hashed))
    for identifier in (account.email, unusable.email, "nadie@example.org", "1234567890", "basura"):
        hashed.clear()
        assert _try(client, identifier, "otra-cosa").status_code == 422
        assert len(hashed) == 1, identifier


def test_the_same_queries_run_whether_or_not_the_account_exists(client, person, django_assert_num_queries):
    account = person()
    client.get(URL)
    with django_assert_num_queries(7):
        _try(client, account.email, "otra-cosa")
    with django_assert_num_queries(7):
        _try(client, "nadie@example.org", "otra-cosa")


def test_passwords_are_hashed_with_the_owasp_parameters(person):
    account = person()
    assert account.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert identify_hasher(account.password).algorithm == "argon2"


def test_a_suspended_person_is_told_so_only_with_the_right_password(client, person):
    account = person()
    suspend_account(account=account, actor=SYSTEM)
    assert "suspendida" not in _try(client, account.email, "otra-cosa").content.decode()
    answer = _try(client, account.email)
    assert answer.status_code == 422
    assert "Su cuenta está suspendida" in answer.content.decode()
    assert not SessionRecord.objects.exists()


def test_signing_in_and_out_and_being_refused_leave_facts_without_personal_data(client, person):
    account = person()
    _try(client, account.email, "otra-cosa")
    _try(client, "nadie@example.org", "otra-cosa")
    _try(client, account.email)
    client.post("/salir/")
    refused = _facts("identity.signin.refused")
    assert [row["subject"] for row in refused] == [account.reference, "urn:minga:system:sign-in"]
    assert {row["payload"]["reason"] for row in refused} == {"credentials"}
    assert _facts("identity.session.opened")[0]["actor"] == account.reference
    assert _facts("identity.session.closed")[0]["payload"]["reason"] == "signed_out"


def test_signing_out_needs_a_post_and_ends_the_session(client, person):
    account = person()
    _try(client, account.email)
    assert client.get("/salir/").status_code == 405
    assert client.get("/cuenta/").status_code == 200
    cookie = client.cookies["minga_sesion"].value
    assert client.post("/salir/")["Location"] == "/"
    client.cookies["minga_sesion"] = cookie
    assert client.get("/cuenta/").status_code == 302


def test_whoever_is_in_already_goes_on(client, person):
    _try(client, person().email)
    assert client.get(URL, {"next": "/plan/"})["Location"] == "/plan/"


def test_a_page_that_needs_somebody_leads_to_sign_in_and_back(client, person):
    account = person()
    answer = client.get("/cuenta/sesiones/?pagina=1")
    assert answer["Location"] == "/ingresar/?next=%2Fcuenta%2Fsesiones%2F%3Fpagina%3D1"
    page = client.get(answer["Location"]).content.decode()
    assert 'value="/cuenta/sesiones/?pagina=1"' in page
    back = _try(client, account.email, next="/cuenta/sesiones/?pagina=1")
    assert back["Location"] == "/cuenta/sesiones/?pagina=1"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://malo.example/",
        "//malo.example/",
        "///malo.example/",
        "/\\malo.example/",
        "\\\\malo.example",
        "javascript:alert(1)",
        "/\t/malo.example",
        " //malo.example",
        "http:malo.example",
        "/" + "a" * 3000,
        "ingresar",
    ],
)
def test_next_never_leads_elsewhere(client, person, elsewhere):
    account = person()
    assert _try(client, account.email, next=elsewhere)["Location"] == "/cuenta/"
    assert client.get(URL, {"next": elsewhere})["Location"] == "/cuenta/"


def test_the_forms_need_their_token(person):
    account = person()
    strict = Client(enforce_csrf_checks=True)
    assert _try(strict, account.email).status_code == 403
    strict.force_login(account)
    for address in (
        "/salir/",
        "/cuenta/sesiones/cerrar-las-demas/",
        "/cuenta/contrasena/",
        "/cuenta/idioma/",
    ):
        assert strict.post(address, {}).status_code == 403
    assert strict.get("/cuenta/").status_code == 200


def test_django_signs_people_in_by_the_same_credentials(person, rf):
    account = person()
    request = rf.get("/")
    assert authenticate(request, identifier=account.email, password=PASSWORD) == account
    assert authenticate(request, identifier=account.email, password="no") is None
    suspend_account(account=account, actor=SYSTEM)
    assert authenticate(request, identifier=account.email, password=PASSWORD) is None


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"identifier": "", "password": ""},
        {"identifier": "a" * 300, "password": "x"},
        {"identifier": "a\x00b", "password": "x"},
        {"identifier": "x@example.org", "password": "\x00"},
        {"identifier": "x@example.org", "password": "x" * 5000},
        {"identifier": "x@example.org", "password": "x", "saved": "[[[[", "next": "\x00"},
        {"identifier": "' OR 1=1 --", "password": "' OR 1=1 --"},
        {"identifier": "\u202egro.elpmaxe@x", "password": "ñandú\U0001f600"},
        {"identifier": "١٢٣٤٥٦٧٨٩٠", "password": "x"},
    ],
)
def test_hostile_input_is_refused_in_words(client, db, data):
    answer = client.post(URL, data)
    assert answer.status_code == 422
    assert "Hay un problema" in answer.content.decode()


def test_what_was_typed_comes_back_escaped_and_the_password_does_not(client, db):
    page = _try(client, '"><script>alert(1)</script>@x.ec', "mi-secreto-tan-largo").content.decode()
    assert "<script>alert" not in page
    assert "mi-secreto" not in page


def test_a_sign_in_page_is_never_stored(client, db):
    assert "no-store" in client.get(URL)["Cache-Control"]
