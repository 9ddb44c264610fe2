"""Availability, coverage and response time: what counts, and what is no data."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minga.kernel.clock import frozen, start_of
from minga.modules.cloud.actions import measuring
from minga.modules.cloud.models import Measurement, Promise
from minga.modules.cloud.models.monitoring import Window
from minga.modules.cloud.queries import quality
from minga.modules.cloud.queries.promises import promise_for
from minga.modules.cloud.queries.quality import Quality
from minga.modules.cloud.tests import measured

START = measured.MONDAY
DAY = START.date()


def test_nothing_measured_is_no_availability_at_all():
    assert Quality(expected=600).availability is None
    assert Quality(expected=600).coverage == 0
    assert Quality().coverage is None
    assert Quality().p95 is None


def test_availability_is_what_worked_of_what_was_measured():
    known = Quality(expected=1440, measured=1000, up=990)
    assert known.availability == Decimal("99.00")
    assert known.coverage == Decimal("69.44")
    assert known.minutes_down == 10


def test_announced_works_are_left_out_and_both_numbers_are_there():
    known = Quality(expected=1000, measured=1000, up=880, planned=100, planned_up=0)
    assert known.availability == Decimal("97.77")
    assert known.availability_with_works == Decimal("88.00")
    assert known.minutes_down == 20


def test_a_hundred_is_only_what_never_failed():
    assert Quality(measured=44_640, up=44_639).availability == Decimal("99.99")
    assert Quality(measured=44_640, up=44_640).availability == 100


PARTS = st.tuples(*[st.integers(0, 500)] * 4).map(
    lambda n: Quality(sum(n), sum(n), n[0] + n[1], n[1] + n[2], n[1], {n[3]: n[0]})
)


@given(PARTS, PARTS, PARTS)
def test_times_add_up_in_any_order(a, b, c):
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert a + Quality() == Quality(a.expected, a.measured, a.up, a.planned, a.planned_up, a.times)


@given(PARTS)
def test_availability_lies_between_nothing_and_all(known):
    for share in (known.availability, known.availability_with_works, known.coverage):
        assert share is None or 0 <= share <= 100


@given(st.lists(st.integers(1, 20_000), min_size=1, max_size=200))
def test_percentiles_are_exact_to_a_tenth(milliseconds):
    import math

    steps: dict[int, int] = {}
    for value in milliseconds:
        step = math.floor(math.log(value) / math.log(quality.STEP))
        steps[step] = steps.get(step, 0) + 1
    known = Quality(times=steps)
    ranked = sorted(milliseconds)
    for share, told in ((0.5, known.median), (0.95, known.p95)):
        exact = ranked[math.ceil(share * len(ranked)) - 1]
        assert told is not None
        assert abs(told - exact) <= max(1, 0.1 * exact)


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        ("2026-03-02T07:59:00-05:00", False),
        ("2026-03-02T08:00:00-05:00", True),
        ("2026-03-02T16:59:00-05:00", True),
        ("2026-03-02T17:00:00-05:00", False),
        ("2026-03-07T10:00:00-05:00", False),
    ],
)
def test_office_hours_are_from_eight_to_five_on_weekdays(moment, counts):
    from datetime import datetime

    assert Window.OFFICE.counts(datetime.fromisoformat(moment)) is counts
    assert Window.ALWAYS.counts(datetime.fromisoformat(moment))


def test_the_minutes_of_a_promise_are_those_of_its_hours():
    begin, end = start_of(DAY), start_of(DAY + timedelta(days=1))
    assert Window.ALWAYS.minutes(DAY, begin, end) == 1440
    assert Window.OFFICE.minutes(DAY, begin, end) == 540
    assert Window.OFFICE.minutes(DAY, START, end) == 420
    assert Window.OFFICE.minutes(date(2026, 3, 7), begin, end + timedelta(days=9)) == 0
    assert Window.ALWAYS.minutes(DAY, end, end) == 0


@pytest.fixture
def monitor(db, settings):
    settings.MINGA_PROBES_ALLOWED = ["127.0.0.0/8"]
    with frozen(START):
        measured.institutions()
        return measured.monitor(measured.service())


def write(monitor, minute: int, *, up: bool = True, milliseconds: int = 100, counted: bool = True) -> None:
    Measurement.objects.create(
        monitor=monitor,
        at=START + timedelta(minutes=minute),
        minutes=1,
        up=up,
        planned=False,
        counted=counted,
        milliseconds=milliseconds if up else None,
        reason="" if up else "timeout",
    )


def test_today_is_known_as_far_as_it_was_measured(monitor, django_assert_max_num_queries):
    for minute in range(10):
        write(monitor, minute, up=minute != 3)
    with measured.minutes_after(START, 20), django_assert_max_num_queries(3):
        known = quality.daily([monitor], first=DAY, last=DAY)[DAY]
    assert (known.expected, known.measured, known.up) == (20, 10, 9)
    assert known.coverage == 50
    assert known.median in range(91, 111)


def test_a_gap_is_neither_up_nor_down(monitor):
    write(monitor, 0)
    write(monitor, 600)
    with measured.minutes_after(START, 700):
        known = quality.daily([monitor], first=DAY, last=DAY)[DAY]
    assert known.availability == 100
    assert known.coverage is not None
    assert known.coverage < 1


def test_what_is_measured_outside_the_promise_does_not_count(monitor):
    write(monitor, 0)
    write(monitor, 1, up=False, counted=False)
    with measured.minutes_after(START, 2):
        assert quality.daily([monitor], first=DAY, last=DAY)[DAY].availability == 100


def test_summed_and_fresh_days_join_without_a_seam(monitor):
    for minute in range(0, 3 * 24 * 60, 30):
        write(monitor, minute, up=minute % 60 == 0)
    last = DAY + timedelta(days=3)
    with measured.minutes_after(START, 3 * 24 * 60):
        before = quality.daily([monitor], first=DAY, last=last)
        measuring.sum_up()
        after = quality.daily([monitor], first=DAY, last=last)
    assert before == after
    assert len(after) == 4


def test_a_day_of_which_nothing_is_known_is_shown_without_data(monitor):
    write(monitor, 0)
    with measured.minutes_after(START, 3 * 24 * 60):
        measuring.sum_up()
        known = quality.daily([monitor], first=DAY, last=DAY + timedelta(days=2))
    empty = known[DAY + timedelta(days=1)]
    assert (empty.expected, empty.measured, empty.availability) == (1440, 0, None)


def test_months_sum_up_their_days():
    known = {
        date(2026, 2, 28): Quality(10, 10, 10),
        date(2026, 3, 1): Quality(10, 10, 5),
        date(2026, 3, 2): Quality(10),
    }
    months = quality.by_month(known)
    assert list(months) == [date(2026, 3, 1), date(2026, 2, 1)]
    assert months[date(2026, 3, 1)].availability == 50
    assert quality.total(known).measured == 20
    assert quality.end_of_month(date(2026, 2, 1)) == date(2026, 2, 28)


def test_a_promise_is_kept_missed_or_unknown(db):
    measured.institutions()
    promise = measured.service().promises.get()
    assert Quality(measured=1000, up=995).meets(promise) is True
    assert Quality(measured=1000, up=994).meets(promise) is False
    assert Quality(measured=1000, up=995).meets(None) is None
    assert Quality().meets(promise) is None


def test_a_month_is_judged_by_what_was_promised_before_it_began():
    first, lower, none = (
        Promise(since=day, availability=share)
        for day, share in (
            (date(2026, 3, 10), Decimal("99.90")),
            (date(2026, 5, 30), Decimal("90.00")),
            (date(2026, 7, 1), None),
        )
    )
    known = [first, lower, none]
    judged = {month: promise_for(date(2026, month, 1), known) for month in range(2, 9)}
    assert judged == {2: None, 3: None, 4: first, 5: first, 6: lower, 7: lower, 8: none}
    assert Quality(measured=1000, up=1000).meets(none) is None
