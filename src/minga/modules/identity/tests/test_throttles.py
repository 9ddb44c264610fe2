"""How guessing is slowed down, and for whom."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.clock import frozen, now
from minga.kernel.errors import Unavailable
from minga.modules.identity import hashers
from minga.modules.identity.actions import throttles
from minga.modules.identity.models import Throttle
from minga.modules.identity.tests.cast import PASSWORD

URL = "/ingresar/"
NOON = now().replace(hour=17, minute=0, second=0, microsecond=0)


def _try(client, identifier, password="no-es-esta", address="198.51.100.7"):
    return client.post(URL, {"identifier": identifier, "password": password}, REMOTE_ADDR=address)


def _charge(value="ana@example.org", address="198.51.100.7/32"):
    return throttles.charge(kind="email", value=value, address=address)


@pytest.mark.parametrize("known", [True, False])
def test_after_five_attempts_in_a_minute_even_the_right_password_waits(client, person, known):
    account = person()
    identifier = account.email if known else "nadie@example.org"
    with frozen(NOON):
        assert [_try(client, identifier).status_code for _ in range(5)] == [422] * 5
        locked = _try(client, identifier, PASSWORD)
    assert locked.status_code == 429
    assert locked["Retry-After"] == "600"
    assert "Hubo demasiados intentos. Espere 10 min" in locked.content.decode()


def test_after_ten_minutes_the_person_enters(client, person):
    account = person()
    with frozen(NOON):
        for _ in range(6):
            _try(client, account.email)
    with frozen(NOON + timedelta(minutes=9, seconds=59)):
        assert _try(client, account.email, PASSWORD).status_code == 429
    with frozen(NOON + timedelta(minutes=10)):
        assert _try(client, account.email, PASSWORD).status_code == 302


def test_a_lockout_does_not_lock_others(client, person):
    victim, other = person(), person()
    with frozen(NOON):
        for _ in range(6):
            _try(client, victim.email)
        assert _try(client, other.email, PASSWORD).status_code == 302


def test_slow_mistakes_are_not_a_lockout(client, person):
    account = person()
    for minute in range(12):
        with frozen(NOON + timedelta(seconds=61 * minute)):
            assert _try(client, account.email).status_code == 422


def test_a_right_password_forgets_the_mistakes_before_it(client, person):
    account = person()
    with frozen(NOON):
        for _ in range(3):
            for _mistake in range(4):
                _try(client, account.email)
            assert _try(client, account.email, PASSWORD).status_code == 302


@pytest.mark.django_db
def test_fifty_attempts_in_twelve_hours_from_one_address_are_the_limit_for_one_account():
    for number in range(50):
        with frozen(NOON + timedelta(minutes=2 * number)):
            assert not _charge().wait
    with frozen(NOON + timedelta(hours=2)):
        assert _charge().wait == timedelta(hours=10)
        assert not _charge(address="203.0.113.9/32").wait
    with frozen(NOON + timedelta(hours=12, seconds=1)):
        assert not _charge().wait


@pytest.mark.django_db
def test_fifty_different_identifiers_in_twelve_hours_are_the_limit_for_one_address():
    with frozen(NOON):
        for number in range(50):
            assert not _charge(f"persona{number}@example.org").wait
        assert _charge("otra@example.org").wait == timedelta(hours=12)
        assert _charge("persona1@example.org").wait
        assert not _charge("otra@example.org", "203.0.113.9/32").wait


@pytest.mark.django_db
def test_an_address_that_only_has_right_passwords_is_never_limited():
    with frozen(NOON):
        for number in range(120):
            attempt = _charge(f"persona{number}@example.org")
            assert not attempt.wait
            throttles.forgive(attempt)


def test_passing_a_limit_is_one_fact_however_long_somebody_goes_on(client, person):
    account = person()
    with frozen(NOON):
        for _ in range(30):
            _try(client, account.email)
    reasons = LedgerFact.objects.filter(name="identity.signin.refused").values_list("payload", flat=True)
    assert [row["reason"] for row in reasons].count("throttled") == 1
    assert len(reasons) == 6


@pytest.mark.django_db(transaction=True)
def test_simultaneous_guesses_pass_no_limit():
    allowed = []

    def guess():
        allowed.append(not _charge().wait)
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert allowed.count(True) == 5


def test_the_counters_name_nobody(client, person):
    account = person()
    _try(client, account.email)
    keys = b"".join(bytes(row.key) for row in Throttle.objects.all())
    assert len(keys) == 3 * 32
    assert account.email.encode() not in keys


@pytest.mark.django_db
def test_old_counters_are_forgotten():
    with frozen(NOON):
        _charge()
    with frozen(NOON + timedelta(hours=1)):
        assert throttles.forget_old() == 1
    with frozen(NOON + timedelta(hours=13)):
        assert throttles.forget_old() == 2


def test_when_too_many_sign_in_at_once_the_rest_are_told_to_wait(client, person):
    account = person()
    taken = [hashers._seats.acquire(blocking=False) for _ in range(hashers.SLOTS + hashers.QUEUE)]
    try:
        assert all(taken)
        answer = _try(client, account.email, PASSWORD)
    finally:
        for _ in taken:
            hashers._seats.release()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "Muchas personas están ingresando" in answer.content.decode()
    assert not Throttle.objects.exists()
    assert _try(client, account.email, PASSWORD).status_code == 302


def test_never_more_passwords_are_hashed_at_once_than_there_are_slots():
    inside, most, refused = [], [], []
    gate = threading.Barrier(hashers.SLOTS)

    def hash_one():
        try:
            with hashers.turn():
                inside.append(1)
                most.append(len(inside))
                gate.wait(timeout=10)
                inside.pop()
        except Unavailable:
            refused.append(1)

    threads = [threading.Thread(target=hash_one) for _ in range(hashers.SLOTS + hashers.QUEUE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == hashers.SLOTS
    assert len(most) == len(threads)
    assert not refused
