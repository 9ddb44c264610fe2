"""A caller's allowance is exact, refills evenly, and outlives nothing."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.api.limits import Quota, forget_old, spend
from minga.foundation.api.models import Allowance
from minga.kernel.clock import frozen, now

pytestmark = pytest.mark.django_db
NOON = now().replace(microsecond=0)
FIVE = Quota("five", 5, timedelta(seconds=50))
CALLER = bytes(32)


def test_the_whole_allowance_can_be_spent_at_once_and_not_one_more():
    with frozen(NOON):
        spent = [spend(CALLER, FIVE) for _ in range(6)]
    assert [each.remaining for each in spent] == [4, 3, 2, 1, 0, 0]
    assert [bool(each.wait) for each in spent] == [False] * 5 + [True]
    assert spent[-1].wait == timedelta(seconds=10)
    assert spent[-1].reset == timedelta(seconds=50)


@pytest.mark.parametrize("requests", [450, 7])
def test_an_allowance_that_does_not_divide_its_window_is_granted_whole(requests):
    odd = Quota("odd", requests, timedelta(seconds=300))
    with frozen(NOON):
        spent = [spend(CALLER, odd) for _ in range(requests + 1)]
    assert [bool(each.wait) for each in spent] == [False] * requests + [True]
    assert [each.remaining for each in spent] == [*reversed(range(requests)), 0]


def test_an_allowance_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        Quota("none", 0, timedelta(seconds=1))


def test_it_comes_back_evenly_and_a_refusal_costs_nothing():
    with frozen(NOON):
        for _ in range(8):
            spend(CALLER, FIVE)
    with frozen(NOON + timedelta(seconds=9.9)):
        assert spend(CALLER, FIVE).wait == timedelta(seconds=0.1)
    with frozen(NOON + timedelta(seconds=10)):
        assert not spend(CALLER, FIVE).wait
        assert spend(CALLER, FIVE).wait
    with frozen(NOON + timedelta(minutes=5)):
        assert spend(CALLER, FIVE).remaining == 4


def test_a_clock_that_was_set_back_locks_nobody_out():
    with frozen(NOON + timedelta(days=1)):
        spend(CALLER, FIVE)
    with frozen(NOON):
        assert spend(CALLER, FIVE).remaining == 4


def test_callers_do_not_share():
    with frozen(NOON):
        for _ in range(6):
            spend(CALLER, FIVE)
        assert spend(b"1" * 32, FIVE).remaining == 4


def test_who_has_everything_back_is_forgotten():
    with frozen(NOON):
        spend(CALLER, FIVE)
        assert forget_old() == 0
    with frozen(NOON + timedelta(seconds=10)):
        assert forget_old() == 1
    assert not Allowance.objects.exists()


@given(waits=st.lists(st.integers(0, 30), max_size=30))
def test_no_window_of_time_ever_holds_more_than_twice_the_allowance_nor_an_instant_more_than_it(waits):
    """What an even refill promises: between two moments, the allowance and what came back meanwhile."""
    Allowance.objects.all().delete()
    moment, granted = NOON, list[datetime]()
    for seconds in waits:
        moment += timedelta(seconds=seconds)
        with frozen(moment):
            if not spend(CALLER, FIVE).wait:
                granted.append(moment)
    for first, begun in enumerate(granted):
        for count, ended in enumerate(granted[first:], 1):
            assert count <= FIVE.requests + (ended - begun) // FIVE.step


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_exactly_the_allowance():
    quota, granted = Quota("ten", 10, timedelta(hours=1)), list[bool]()

    def ask():
        try:
            granted.extend(not spend(CALLER, quota).wait for _ in range(10))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(granted) == 40
    assert sum(granted) == 10


def test_a_crash_of_the_database_may_forget_who_asked():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'api_allowance'")
        assert cursor.fetchone() == ("u",)
