"""Indicators over facts, on any date, as known at any position."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minga.foundation.ledger.measure import AsOf, evaluate, population, series
from minga.foundation.ledger.recording import record
from minga.foundation.ledger.tests.rehearsal import (
    CLERK,
    COUNT,
    REGISTER,
    SHARE,
    STANDING,
    Closed,
    Enrolled,
    Opened,
    milestone_of,
    thing,
)
from minga.kernel.facts import Code
from minga.kernel.indicators import (
    Count,
    Evidence,
    Milestone,
    Share,
    definition,
    definition_hash,
    from_definition,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
BY_INSTITUTION = Share(
    code="r9",
    standing=replace(STANDING, counted="institution"),
    population=REGISTER,
    evidence=Evidence.CONFIRMED,
)
MILESTONE = Milestone(code="r7", standing=BY_INSTITUTION.standing, subject=thing(1))


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


def _enrol(number: int, since: date = date(2018, 1, 1), until: date | None = None) -> int:
    return record(
        Enrolled(register=Code("all"), periods=((since, until),)), actor=CLERK, subject=thing(number)
    )


def _open(number: int, on: date = DAY, **options) -> int:
    return record(Opened(since=on), actor=CLERK, subject=thing(number), occurred_at=_at(on), **options)


def _close(number: int, on: date = DAY, **options) -> int:
    return record(Closed(), actor=CLERK, subject=thing(number), occurred_at=_at(on), **options)


def test_a_milestone_is_zero_until_its_fact_and_one_after():
    assert evaluate(milestone_of(1), AsOf(DAY)).value == 0
    _open(1)
    assert evaluate(milestone_of(1), AsOf(DAY - timedelta(days=1))).value == 0
    assert evaluate(milestone_of(1), AsOf(DAY)).value == 1
    _close(1, DAY + timedelta(days=9))
    assert evaluate(milestone_of(1), AsOf(DAY + timedelta(days=8))).value == 1
    assert evaluate(milestone_of(1), AsOf(DAY + timedelta(days=9))).value == 0


def test_a_share_counts_members_of_the_register_on_that_day_only():
    _enrol(1)
    _enrol(2)
    _enrol(3, until=date(2020, 1, 1))
    _open(1)
    _open(3, date(2019, 1, 1))
    _open(8)
    outcome = evaluate(SHARE, AsOf(DAY))
    assert outcome.value == Decimal("50.00")
    assert [member.subject for member in outcome.counting] == [thing(1)]
    assert [member.subject for member in outcome.others] == [thing(2)]
    assert evaluate(SHARE, AsOf(date(2019, 6, 1))).value == Decimal("33.33")


def test_a_share_of_an_empty_register_has_no_value_because_no_data_is_not_zero():
    assert evaluate(SHARE, AsOf(DAY)).value is None


def test_a_later_declaration_replaces_the_earlier_one_of_the_same_subject():
    before = _enrol(1, date(2018, 1, 1))
    _enrol(1, date(2024, 1, 1))
    assert population(REGISTER, AsOf(date(2019, 1, 1))) == ()
    assert population(REGISTER, AsOf(date(2019, 1, 1), before)) == (thing(1),)
    assert population(REGISTER, AsOf(DAY)) == (thing(1),)


def test_what_was_known_at_a_position_does_not_change_with_later_facts():
    _enrol(1)
    _enrol(2)
    position = _open(1)
    _open(2)
    assert evaluate(SHARE, AsOf(DAY, position)).value == Decimal("50.00")
    assert evaluate(SHARE, AsOf(DAY)).value == Decimal("100.00")


def test_a_rehearsal_never_counts():
    _open(1, synthetic=True)
    assert evaluate(COUNT, AsOf(DAY)).value == 0


def test_an_institution_counts_while_one_of_its_things_is_open():
    _enrol(1)
    _enrol(2)
    for contract in (101, 102):
        _open(contract, institution=thing(1))
    record(Closed(), actor=CLERK, subject=thing(101), institution=thing(1), occurred_at=_at(DAY))
    outcome = evaluate(BY_INSTITUTION, AsOf(DAY))
    assert outcome.value == Decimal("50.00")
    assert outcome.counting[0].thing == thing(102)


def test_a_thing_counts_for_the_institution_that_its_latest_fact_names():
    _enrol(1)
    _enrol(2)
    _open(101, date(2019, 3, 1), institution=thing(1))
    _open(101, date(2021, 3, 1), institution=thing(2))
    days = [date(year, 12, 31) for year in range(2018, 2023)]
    counting = [[one.subject for one in evaluate(BY_INSTITUTION, AsOf(day)).counting] for day in days]
    assert counting == [[], [thing(1)], [thing(1)], [thing(2)], [thing(2)]]
    assert [total.value for total in series(BY_INSTITUTION, days)] == [0, 50, 50, 50, 50]
    milestones = [replace(MILESTONE, subject=thing(number)) for number in (1, 2)]
    assert [[evaluate(one, AsOf(day)).value for day in days] for one in milestones] == [
        [0, 1, 1, 0, 0],
        [0, 0, 0, 1, 1],
    ]


def test_a_closing_fact_that_names_nobody_closes_all_the_same():
    _enrol(1)
    _open(101, date(2019, 3, 1), institution=thing(1))
    _close(101, date(2021, 3, 1))
    assert [total.value for total in series(BY_INSTITUTION, [date(2022, 1, 1), date(2020, 1, 1)])] == [0, 100]
    assert evaluate(replace(MILESTONE, subject=thing(1)), AsOf(date(2022, 1, 1))).value == 0


def test_only_facts_with_the_asked_values_count():
    _open(1, date(2019, 1, 1))
    _open(2, date(2020, 1, 1))
    standing = replace(STANDING, closed_by=(), where=(("since", "2020-01-01"),))
    count = Count(code="r8", standing=standing, evidence=Evidence.MEASURED)
    assert [member.subject for member in evaluate(count, AsOf(DAY)).counting] == [thing(2)]


def test_the_moment_of_a_deciding_fact_is_told_to_the_microsecond():
    moment = datetime(2019, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    record(Opened(since=DAY), actor=CLERK, subject=thing(1), occurred_at=moment)
    (member,) = evaluate(COUNT, AsOf(DAY)).members
    assert member.occurred_at == moment


def test_a_series_gives_the_same_values_as_each_day_alone():
    _enrol(1)
    _enrol(2, since=date(2020, 1, 1))
    _open(1, date(2019, 3, 1))
    _open(2, date(2021, 3, 1))
    _close(1, date(2022, 3, 1))
    days = [date(year, 12, 31) for year in range(2017, 2024)]
    for indicator in (SHARE, COUNT, milestone_of(1)):
        together = [total.value for total in series(indicator, days)]
        assert together == [evaluate(indicator, AsOf(day)).value for day in days]


def test_a_stored_definition_gives_back_the_same_indicator():
    for indicator in (SHARE, COUNT, milestone_of(4)):
        again = from_definition(definition(indicator))
        assert again == indicator
        assert definition_hash(again) == definition_hash(indicator)


_events = st.lists(
    st.tuples(st.integers(1, 4), st.booleans(), st.integers(0, 30), st.booleans(), st.integers(0, 2)),
    min_size=1,
    max_size=14,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=_events, day=st.integers(0, 30))
def test_any_history_gives_what_a_reader_of_all_facts_would_count(events, day):
    start = date(2026, 1, 1)
    with transaction.atomic():
        history: dict[int, list[tuple[int, int, bool]]] = {}
        for number, opens, when, enrols, owner in events:
            on = start + timedelta(days=when)
            institution = thing(owner) if owner else None
            position = (_open if opens else _close)(number, on, institution=institution)
            history.setdefault(number, []).append((when, position, opens))
            if enrols:
                _enrol(number)
        on = start + timedelta(days=day)
        expected = set()
        for number, rows in history.items():
            known = [row for row in rows if row[0] <= day]
            if known and max(known)[2] and any(opens for _, _, opens in rows):
                expected.add(thing(number))
        counted = {member.subject for member in evaluate(COUNT, AsOf(on)).counting}
        members = set(population(REGISTER, AsOf(on)))
        shared = {member.subject for member in evaluate(SHARE, AsOf(on)).counting}
        days = [start + timedelta(days=number) for number in range(30, -2, -6)]
        for indicator in (SHARE, COUNT, BY_INSTITUTION, MILESTONE, milestone_of(1)):
            for bound in (position, position - 2):
                course = [total.value for total in series(indicator, days, position=bound)]
                assert course == [evaluate(indicator, AsOf(each, bound)).value for each in days]
        transaction.set_rollback(True)
    assert counted == expected
    assert shared == expected & members
    assert not connection.needs_rollback


def test_a_count_as_known_at_a_position_does_not_learn_of_later_subjects():
    as_of = AsOf(DAY, _open(1))
    before = evaluate(COUNT, as_of)
    _open(2)
    _open(3, synthetic=True)
    assert evaluate(COUNT, as_of) == before
