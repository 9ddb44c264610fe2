"""Sessions: how long they last and who can close them."""

import hashlib
import uuid
from base64 import b85decode
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import ANONYMOUS, Role
from minga.kernel.clock import frozen, now
from minga.modules.identity import jobs, middleware
from minga.modules.identity.actions.accounts import reinstate_account, suspend_account
from minga.modules.identity.backends import SessionStore
from minga.modules.identity.models import SessionRecord, Throttle
from minga.modules.identity.tests.cast import SYSTEM
from minga.ui.http import actor_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def _request(rf, client=None):
    request = rf.get("/")
    if client is not None:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = client.cookies["minga_sesion"].value
    middleware.actor(lambda passed: HttpResponse())(request)
    return request


def _is_in(client):
    return client.get("/cuenta/").status_code == 200


def test_without_a_cookie_nobody_asks_and_nothing_is_queried(rf, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        request = _request(rf)
        assert actor_of(request) == ANONYMOUS
        assert isinstance(request.user, AnonymousUser)


def test_the_actor_costs_one_query_and_only_when_somebody_looks(
    rf, person, enter, mdt, mintel, django_assert_num_queries
):
    account = person(role=Role.HEAD, at=mdt)
    client = enter(account)
    with django_assert_num_queries(0):
        request = _request(rf, client)
    with django_assert_num_queries(1):
        actor = actor_of(request)
        assert actor.holds(Role.HEAD, institution=mdt.reference)
        assert not actor.holds(Role.HEAD, institution=mintel.reference)
        assert actor.reference == account.reference
        assert actor.name == account.name
    assert request.user == account


def test_a_made_up_cookie_opens_nothing(client, person):
    person()
    for cookie in ("x" * 32, "", "ñ", "'; DROP TABLE identity_account; --"):
        client.cookies["minga_sesion"] = cookie
        assert not _is_in(client)


def test_an_official_is_signed_out_after_fifteen_idle_minutes(person, enter, mdt):
    client = enter(person(role=Role.EDITOR, at=mdt))
    start = now()
    with frozen(start + timedelta(minutes=14)):
        assert _is_in(client)
    with frozen(start + timedelta(minutes=28)):
        assert _is_in(client)
    with frozen(start + timedelta(minutes=43)):
        answer = client.get("/cuenta/sesiones/")
        assert answer["Location"] == "/ingresar/?next=%2Fcuenta%2Fsesiones%2F"
        page = client.get(answer["Location"]).content.decode()
    assert "Cerramos su sesión porque pasó un tiempo sin usarla" in page
    with frozen(start + timedelta(minutes=44)):
        assert not _is_in(client)


def test_a_citizen_has_thirty_minutes(person, enter):
    client = enter(person())
    start = now()
    with frozen(start + timedelta(minutes=29)):
        assert _is_in(client)
    with frozen(start + timedelta(minutes=59, seconds=1)):
        assert not _is_in(client)


def test_no_session_lasts_longer_than_twelve_hours(person, enter):
    client = enter(person())
    start = now()
    for quarter in range(1, 48):
        with frozen(start + timedelta(minutes=15 * quarter)):
            assert _is_in(client), quarter
    with frozen(start + timedelta(hours=12)):
        page = client.get("/cuenta/", follow=True).content.decode()
    assert "Ninguna sesión dura más de 12 horas" in page


def test_a_clock_moved_back_lets_nobody_stay_longer(person, enter):
    client = enter(person())
    start = now()
    with frozen(start - timedelta(hours=2)):
        assert not _is_in(client)


def test_the_last_use_is_written_at_most_once_a_minute(rf, person, enter, django_assert_num_queries):
    client = enter(person())
    start = now()
    with frozen(start + timedelta(seconds=50)), django_assert_num_queries(1):
        assert actor_of(_request(rf, client)).known
    with frozen(start + timedelta(seconds=70)), django_assert_num_queries(2):
        assert actor_of(_request(rf, client)).known
    assert SessionRecord.objects.get().last_seen_at == start + timedelta(seconds=70)


def test_a_session_that_ends_leaves_one_fact_saying_why(person, enter, mdt):
    client = enter(person(role=Role.EDITOR, at=mdt))
    with frozen(now() + timedelta(minutes=20)):
        assert not _is_in(client)
        assert not _is_in(client)
    closed = LedgerFact.objects.filter(name="identity.session.closed")
    assert [fact.payload["reason"] for fact in closed] == ["idle"]


def test_a_suspended_person_is_out_at_once(person, enter):
    account = person()
    client = enter(account)
    suspend_account(account=account, actor=SYSTEM)
    page = client.get("/cuenta/", follow=True).content.decode()
    assert "Su cuenta está suspendida" in page
    reinstate_account(account=account, actor=SYSTEM)
    assert not _is_in(client)
    assert _is_in(enter(account))


def test_a_suspension_in_the_database_alone_also_signs_out(person, enter):
    account = person()
    client = enter(account)
    type(account).objects.filter(pk=account.pk).update(status="suspended")
    assert not _is_in(client)


def test_the_list_shows_each_device_roughly(person, enter):
    account = person()
    client = enter(account, user_agent=FIREFOX)
    page = client.get("/cuenta/sesiones/").content.decode()
    assert "Firefox · Linux" in page
    assert "127.0.0.0/24" in page
    assert "127.0.0.1" not in page
    assert "Esta sesión" in page


def test_closing_a_session_takes_effect_on_its_next_request(person, enter):
    account = person()
    here, there = enter(account), enter(account)
    other = SessionRecord.objects.latest("created_at")
    answer = here.post(f"/cuenta/sesiones/{other.pk}/cerrar/", follow=True)
    assert "Cerró esa sesión" in answer.content.decode()
    assert _is_in(here)
    page = there.get("/cuenta/", follow=True).content.decode()
    assert "Usted cerró esta sesión desde otro equipo" in page


def test_closing_all_others_keeps_this_one(person, enter):
    account = person()
    here, *others = [enter(account) for _ in range(4)]
    page = here.post("/cuenta/sesiones/cerrar-las-demas/", follow=True).content.decode()
    assert "Se cerraron 3 sesiones más" in page
    assert _is_in(here)
    assert not any(_is_in(client) for client in others)


def test_nobody_closes_the_session_of_another_person(person, enter):
    mine, theirs = enter(person()), enter(person())
    victim = SessionRecord.objects.latest("created_at")
    assert mine.post(f"/cuenta/sesiones/{victim.pk}/cerrar/").status_code == 404
    assert mine.post(f"/cuenta/sesiones/{uuid.uuid4()}/cerrar/").status_code == 404
    assert mine.post("/cuenta/sesiones/no-es-un-id/cerrar/").status_code == 404
    assert _is_in(theirs)


def test_the_cookie_itself_is_in_no_table(person, enter):
    cookie = enter(person()).cookies["minga_sesion"].value
    row, record = Session.objects.get(), SessionRecord.objects.get()
    assert b85decode(row.session_key) == bytes(record.key_hash) == hashlib.sha256(cookie.encode()).digest()
    assert cookie not in row.session_data
    assert not _is_in_with(row.session_key), "what is in the table opens nothing"


def _is_in_with(cookie):
    client = Client()
    client.cookies["minga_sesion"] = cookie
    return _is_in(client)


@pytest.mark.django_db
def test_a_session_keeps_what_it_holds_under_a_new_key_and_goes_when_it_is_over():
    store = SessionStore()
    store["theme"] = "páramo"
    store.save()
    first = store.session_key
    assert SessionStore(first)["theme"] == "páramo"
    store.cycle_key()
    assert not store.exists(first or "")
    assert store.exists(store.session_key or "")
    assert SessionStore(store.session_key)["theme"] == "páramo"
    with pytest.raises(CreateError):
        SessionStore(store.session_key).save(must_create=True)
    kept = store.session_key
    store.flush()
    assert not store.exists(kept or "")
    assert SessionStore(kept).load() == {}
    with pytest.raises(UpdateError):
        SessionStore(kept).save()


@pytest.mark.django_db
def test_expired_sessions_are_cleared():
    store = SessionStore()
    store.set_expiry(-1)
    store.save()
    call_command("clearsessions")
    assert not Session.objects.exists()


def test_djangos_own_sign_in_also_opens_a_session(person):
    client = Client()
    client.force_login(person())
    assert _is_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_reaches_the_pages_of_an_account_without_signing_in(client, db, method):
    answers = [
        getattr(client, method)(f"/cuenta/{page}") for page in ("", "sesiones/", "contrasena/", "idioma/")
    ]
    assert all(answer.status_code in {302, 403, 405} for answer in answers)


def test_the_privacy_page_says_how_long_a_session_is_kept(client, db):
    told = client.get("/privacidad/").content.decode()
    assert f"durante {jobs.KEEP_SESSIONS.days} días la red" in told


def test_old_sessions_and_counters_are_forgotten(person, enter):
    enter(person())
    with frozen(now() + timedelta(days=91)):
        assert jobs.forget(timestamp=0) >= 2
    assert not SessionRecord.objects.exists()
    assert not Throttle.objects.exists()
