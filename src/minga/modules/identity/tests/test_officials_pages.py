"""The workplace pages where a head appoints people."""

import re

import pytest
from django.test import Client

from minga.kernel.actors import Role
from minga.kernel.clock import today
from minga.kernel.identifiers import synthetic_cedula
from minga.modules.identity.contracts import actor_for
from minga.modules.identity.models import Account, Post
from minga.modules.identity.queries import session_state
from minga.modules.identity.tests.cast import PASSWORD, signed_in

LIST = "/escritorio/personas/"


def _day(day):
    return {"starts_dia": day.day, "starts_mes": day.month, "starts_anio": day.year}


def test_a_head_appoints_by_cedula_and_ends_the_post(person, mdt, enter):
    client = enter(person(role=Role.HEAD, at=mdt))
    account = person("Delfina", cedula=synthetic_cedula(3))
    data = {"identifier": synthetic_cedula(3), "role": "editor", **_day(today())}
    page = client.post(f"{LIST}nombrar/", data, follow=True).content.decode()
    assert "El puesto quedó registrado" in page
    assert "Delfina" in page
    assert actor_for(account).holds(Role.EDITOR, institution=mdt.reference)
    post = Post.objects.get(account=account)
    assert client.get(f"{LIST}puestos/{post.pk}/terminar/").status_code == 200
    ended = client.post(
        f"{LIST}puestos/{post.pk}/terminar/",
        {"ends_dia": today().day, "ends_mes": today().month, "ends_anio": today().year},
    )
    assert ended.status_code == 302
    assert not actor_for(account).posts


def test_what_is_wrong_is_said_at_its_field_and_the_text_is_kept(person, mdt, enter):
    client = enter(person(role=Role.HEAD, at=mdt))
    answer = client.post(
        f"{LIST}nombrar/",
        {
            "identifier": "nadie@example.org",
            "role": "editor",
            "starts_dia": 31,
            "starts_mes": 2,
            "starts_anio": 2026,
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Esa fecha no existe" in page
    assert 'value="nadie@example.org"' in page
    unknown = client.post(
        f"{LIST}nombrar/", {"identifier": "nadie@example.org", "role": "editor", **_day(today())}
    )
    assert "Nadie tiene una cuenta con ese correo o cédula" in unknown.content.decode()
    invented = client.post(
        f"{LIST}nombrar/", {"identifier": "nadie@example.org", "role": "steward", **_day(today())}
    )
    assert invented.status_code == 422


def test_a_password_that_somebody_else_knows_has_no_powers_until_it_is_changed(person, mdt):
    account = person(role=Role.HEAD, at=mdt)
    Account.objects.update(must_choose_password=True)
    client = signed_in(account)
    assert "solo usted conozca" in client.get("/cuenta/contrasena/").content.decode()
    assert client.post(f"{LIST}abrir-cuenta/", {}).headers["Location"] == "/cuenta/contrasena/"
    state = session_state(session_key=client.cookies["minga_sesion"].value)
    assert state is not None
    assert state.actor.posts == ()
    same = client.post("/cuenta/contrasena/", {"old": PASSWORD, "new": PASSWORD})
    assert same.status_code == 422
    changed = client.post("/cuenta/contrasena/", {"old": PASSWORD, "new": "tres-tapires-miran-la-laguna"})
    assert changed.status_code == 302
    assert client.get(LIST).status_code == 200


def test_a_new_account_shows_its_password_once_and_lets_the_person_in(person, mdt, enter):
    client = enter(person(role=Role.HEAD, at=mdt))
    data = {"given_names": "Zoila", "surnames": "Paz", "email": "zoila@example.org", "cedula": ""}
    page = client.post(f"{LIST}abrir-cuenta/", data).content.decode()
    shown = re.search(r"[a-z2-9]{5}(?:-[a-z2-9]{5}){3}", page)
    assert shown
    assert shown[0] not in client.get(LIST).content.decode()
    fresh = Client()
    entered = fresh.post("/ingresar/", {"identifier": "zoila@example.org", "password": shown[0]})
    assert entered.status_code == 302
    for path in ("/cuenta/", "/cuenta/sesiones/", LIST):
        assert fresh.get(path).headers["Location"] == "/cuenta/contrasena/"
    again = client.post(f"{LIST}abrir-cuenta/", data)
    assert again.status_code == 422
    assert "Ya hay una cuenta con ese correo" in again.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"given_names": "A", "surnames": "B"},
        {"given_names": "A", "surnames": "B", "cedula": "0000000000"},
        {"given_names": "A\x00", "surnames": "B", "email": "a@example.org"},
        {"given_names": "A\u202e", "surnames": "B", "email": "a@example.org"},
        {"given_names": "A" * 500, "surnames": "B", "email": "a@example.org"},
    ],
)
def test_an_account_with_hostile_or_missing_data_is_not_opened(person, mdt, enter, data):
    client = enter(person(role=Role.HEAD, at=mdt))
    assert client.post(f"{LIST}abrir-cuenta/", data).status_code == 422
    assert Account.objects.count() == 1


def test_a_head_sees_only_their_own_institution(person, mdt, mintel, enter):
    client = enter(person(role=Role.HEAD, at=mdt))
    assert client.get(LIST).status_code == 200
    for page in ("", "nombrar/", "abrir-cuenta/"):
        assert client.get(f"{LIST}{page}?institucion=mintel").status_code == 403
    post = Post.objects.get(account=person(role=Role.EDITOR, at=mintel))
    assert client.get(f"{LIST}puestos/{post.pk}/terminar/").status_code == 403


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.AUDITOR])
def test_the_rest_do_not_see_the_list(person, mdt, enter, role):
    assert enter(person(role=role, at=mdt)).get(LIST).status_code == 403


def test_a_steward_sees_any_institution_and_suspends(person, mdt, mintel, enter):
    client = enter(person(role=Role.STEWARD, at=mintel))
    victim = person("Delfina", role=Role.EDITOR, at=mdt)
    theirs = enter(victim)
    assert "Delfina" in client.get(f"{LIST}?institucion=mdt").content.decode()
    assert client.get(f"{LIST}?institucion=no-existe").status_code == 404
    page = client.post(f"{LIST}{victim.pk}/suspender/?institucion=mdt", follow=True).content.decode()
    assert "Suspendida" in page
    assert theirs.get("/cuenta/").status_code == 302
    page = client.post(f"{LIST}{victim.pk}/reactivar/?institucion=mdt", follow=True).content.decode()
    assert "Suspendida" not in page


def test_an_administrator_suspends_but_appoints_nobody(person, mdt, mintel, enter):
    client = enter(person(role=Role.ADMINISTRATOR, at=mintel))
    assert client.get(f"{LIST}?institucion=mdt").status_code == 200
    assert client.get(f"{LIST}nombrar/?institucion=mdt").status_code == 403


def test_nobody_reads_the_pages_without_signing_in(client, db):
    assert client.get(LIST)["Location"].startswith("/ingresar/?next=")


def test_the_pages_stay_within_their_budgets(person, mdt, enter, django_assert_max_num_queries):
    client = enter(person(role=Role.HEAD, at=mdt))
    for _ in range(5):
        person(role=Role.EDITOR, at=mdt)
    with django_assert_max_num_queries(8):
        assert client.get(LIST).status_code == 200
    for page in ("/cuenta/", "/cuenta/sesiones/"):
        with django_assert_max_num_queries(8):
            assert client.get(page).status_code == 200


def test_a_chosen_language_comes_back_at_the_next_sign_in(person, enter, client):
    account = person()
    first = enter(account)
    assert "minga_idioma" not in first.cookies
    assert first.post("/cuenta/idioma/", {"language": "en"}).status_code == 302
    assert first.post("/cuenta/idioma/", {"language": "xx"}).status_code == 422
    assert enter(account).cookies["minga_idioma"].value == "en"
