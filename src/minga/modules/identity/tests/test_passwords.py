"""Which passwords are accepted, and what changing one does."""

import pytest

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Role
from minga.modules.identity.actions.passwords import common_words, generated_password, problem_with
from minga.modules.identity.models import Account
from minga.modules.identity.tests.cast import PASSWORD

URL = "/cuenta/contrasena/"
NEW = "siete-cóndores-y-un-tren-azul"
SOMEBODY = Account(given_names="Hortensia", surnames="Pilataxi Rea", email="hpilataxi@aguapotable.gob.ec")


@pytest.mark.parametrize(
    "weak",
    [
        "corta",
        "once-letras",
        "contraseña2024",
        "Contrasena123!",
        "P4ssw0rd-2026",
        "Ecuador2024!!",
        "quito-guayaquil",
        "123456789012",
        "aaaaaaaaaaaaaaa",
        "qwertyuiop1234",
        "Hortensia.Pilataxi",
        "aguapotable-2026",
        "M1nt3l-Qu1pux-2026",
        "2026-01-01-2026",
        "x" * 300,
    ],
)
def test_a_password_that_anybody_would_try_is_refused_with_a_reason(weak):
    assert problem_with(weak, account=SOMEBODY, official=True)


@pytest.mark.parametrize("good", [PASSWORD, NEW, "  espacios al borde  ", "🦙🌋🥑🛶 ñañaykuna wayra"])
def test_a_good_password_needs_no_kinds_of_characters(good):
    assert problem_with(good, account=SOMEBODY, official=True) is None


def test_citizens_may_use_eight_characters():
    assert problem_with("trenazul", account=SOMEBODY, official=False) is None
    assert problem_with("trenazul", account=SOMEBODY, official=True)


def test_the_list_of_common_words_travels_with_the_code():
    assert len(common_words()) >= 200
    assert "contrasena" in common_words()


def test_changing_the_password_closes_the_other_sessions_and_keeps_this_one(person, mdt, enter):
    account = person(role=Role.EDITOR, at=mdt)
    here, there = enter(account), enter(account)
    before = here.cookies["minga_sesion"].value
    page = here.post(URL, {"old": PASSWORD, "new": NEW}, follow=True).content.decode()
    assert "Cambió su contraseña. Se cerró 1 sesión más." in page
    assert here.cookies["minga_sesion"].value != before
    assert here.get("/cuenta/").status_code == 200
    told = there.get("/cuenta/", follow=True).content.decode()
    assert "La contraseña de esta cuenta cambió" in told
    account.refresh_from_db()
    assert account.check_password(NEW)
    assert LedgerFact.objects.filter(name="identity.password.changed", subject=account.reference).exists()


def test_the_old_cookie_dies_with_the_old_password(person, enter, client):
    account = person()
    here = enter(account)
    client.cookies["minga_sesion"] = here.cookies["minga_sesion"].value
    here.post(URL, {"old": PASSWORD, "new": NEW})
    assert client.get("/cuenta/").status_code == 302


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"old": "otra", "new": NEW}, "Esa no es su contraseña actual"),
        ({"old": PASSWORD, "new": "Ecuador2024!!"}, "fácil de adivinar"),
        ({"old": PASSWORD, "new": "corta"}, "al menos 12 caracteres"),
        ({"old": "", "new": ""}, "Escriba su contraseña actual"),
        ({"old": PASSWORD, "new": "x\x00" * 10}, "Error"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(person, mdt, enter, data, words):
    account = person(role=Role.EDITOR, at=mdt)
    client = enter(account)
    answer = client.post(URL, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert NEW not in page
    assert PASSWORD not in page
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_an_open_session_does_not_serve_to_guess_the_password(person, enter):
    client = enter(person())
    for _ in range(5):
        client.post(URL, {"old": "no", "new": NEW})
    assert "demasiados intentos" in client.post(URL, {"old": PASSWORD, "new": NEW}).content.decode()


def test_a_generated_password_is_long_and_never_the_same():
    made = {generated_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(password) == 23 for password in made)
    assert not any(problem_with(password, account=SOMEBODY, official=True) for password in made)
