import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minga.kernel.calendars import (
    FIRST_YEAR,
    LAST_YEAR,
    Calendar,
    Clock,
    Override,
    OverrideKind,
    Place,
    Reason,
    Suspension,
)
from minga.kernel.clock import GALAPAGOS, GUAYAQUIL
from minga.kernel.errors import Invalid
from minga.kernel.tests.official import OFFICIAL_RESTS

ONE = timedelta(days=1)
QUITO, CUENCA, SAN_CRISTOBAL = "1701", "0101", "2001"
FIRST, LAST = date(2017, 1, 1), date(2026, 12, 31)
dates = st.dates(FIRST, LAST)
cantons = st.sampled_from(["", QUITO, CUENCA, SAN_CRISTOBAL])
places = st.builds(Place, cantons, st.lists(cantons, max_size=2).map(tuple))


@st.composite
def overrides(draw):
    keys = draw(st.lists(st.tuples(dates, cantons), unique=True, max_size=12))
    rows = []
    for day, canton in keys:
        kind = draw(st.sampled_from(OverrideKind))
        moved = kind is OverrideKind.MOVED
        source = draw(dates.filter(day.__ne__)) if moved else None
        rows.append(Override(day, kind, "Día", "Decreto 1", canton, source))
    return tuple(rows)


@st.composite
def suspensions(draw):
    spans = draw(st.lists(st.tuples(dates, st.integers(0, 40)), max_size=3))
    return tuple(Suspension(first, first + length * ONE, "subsanación") for first, length in spans)


def works(day, rows, place):
    """A second, plainer reading of the rules: does an office at this place work on this day?"""
    mine = {place.canton, *place.persons} - {""}
    if any(r.date == day and r.canton in mine and r.kind != "recovery_workday" for r in rows):
        return False
    if any(r.date == day and r.canton in ("", place.canton) and r.kind == "recovery_workday" for r in rows):
        return True
    if any(r.date == day and not r.canton for r in rows):
        return False
    lost = any(r.moved_from == day and not r.canton for r in rows)
    return day.isoweekday() < 6 and (day not in OFFICIAL_RESTS or lost)


def counted(day, rows, place, stops):
    return works(day, rows, place) and not any(stop.first <= day <= stop.last for stop in stops)


starts = st.dates(FIRST, date(2024, 12, 31))
amounts = st.integers(1, 120)


@given(starts, amounts, overrides(), places, suspensions())
def test_a_term_ends_where_a_brute_force_count_ends(start, amount, rows, place, stops):
    day, left = start, amount
    while left:
        day += ONE
        left -= counted(day, rows, place, stops)
    assert Calendar(rows).add_working_days(start, amount, place, stops).due == day


@given(dates, dates, overrides(), places, suspensions())
def test_the_days_between_are_those_a_brute_force_count_finds(one, other, rows, place, stops):
    start, end = sorted((one, other))
    days = [start + index * ONE for index in range(1, (end - start).days + 1)]
    brute = sum(counted(day, rows, place, stops) for day in days)
    assert Calendar(rows).working_days_between(start, end, place, stops) == brute


@given(starts, amounts, overrides(), places, suspensions())
def test_a_deadline_accounts_for_every_day(start, amount, rows, place, stops):
    calendar = Calendar(rows)
    deadline = calendar.add_working_days(start, amount, place, stops)
    assert [day.date for day in deadline.days] == [
        start + index * ONE for index in range((deadline.due - start).days + 1)
    ]
    assert deadline.days[0].reason is Reason.RECEIPT
    assert sum(day.counts for day in deadline.days) == amount
    assert deadline.days[-1].counts
    assert calendar.working_days_between(start, deadline.due, place, stops) == amount
    assert deadline.calendar_version == calendar.version


@given(starts, amounts, suspensions())
def test_a_period_in_calendar_days_only_stops_for_suspensions(start, amount, stops):
    deadline = Calendar().add_calendar_days(start, amount, suspensions=stops)
    stopped = {day.date for day in deadline.days if day.reason is Reason.SUSPENDED}
    assert (deadline.due - start).days == amount + len(stopped)
    assert stopped == {
        day.date for day in deadline.days[1:] if any(stop.first <= day.date <= stop.last for stop in stops)
    }
    assert deadline.clock is Clock.CALENDAR_DAYS


@given(starts, amounts, st.integers(1, 60), overrides(), places)
def test_two_terms_in_a_row_are_one_longer_term(start, first, second, rows, place):
    calendar = Calendar(rows)
    middle = calendar.add_working_days(start, first, place).due
    end = calendar.add_working_days(middle, second, place).due
    assert calendar.add_working_days(start, first + second, place).due == end


@given(starts, amounts, suspensions())
def test_a_suspension_never_brings_a_deadline_forward(start, amount, stops):
    calendar = Calendar()
    free = calendar.add_working_days(start, amount).due
    assert calendar.add_working_days(start, amount, suspensions=stops).due >= free


@given(overrides())
def test_the_version_depends_on_the_declarations_and_not_on_their_order(rows):
    assert Calendar(rows).version == Calendar(rows[::-1]).version
    assert (Calendar(rows).version == Calendar().version) == (not rows)


def test_an_office_in_quito_explains_thirty_days_of_silence():
    calendar = Calendar(
        (
            Override(
                date(2025, 12, 5),
                OverrideKind.MOVED,
                "Fundación de Quito",
                "Ordenanza",
                QUITO,
                date(2025, 12, 6),
            ),
        )
    )
    deadline = calendar.add_working_days(date(2025, 11, 3), 30, Place(QUITO))
    told = {day.date: (day.reason, day.name) for day in deadline.days if day.reason is not Reason.WEEKEND}
    assert told[date(2025, 11, 4)] == (Reason.HOLIDAY, "Día de Difuntos")
    assert told[date(2025, 12, 5)] == (Reason.LOCAL, "Fundación de Quito")
    assert deadline.due == date(2025, 12, 17)


def test_the_local_holiday_of_the_person_also_stops_the_clock():
    row = Override(date(2026, 4, 10), OverrideKind.HOLIDAY, "Fundación de Cuenca", "Ordenanza", CUENCA)
    calendar = Calendar((row,))
    start = date(2026, 4, 9)
    assert calendar.add_working_days(start, 1, Place(QUITO)).due == date(2026, 4, 10)
    assert calendar.add_working_days(start, 1, Place(QUITO, (CUENCA,))).due == date(2026, 4, 13)


def test_a_decreed_move_gives_back_the_day_it_empties():
    row = Override(date(2018, 5, 1), OverrideKind.MOVED, "Día del Trabajo", "Decreto", "", date(2018, 4, 30))
    calendar = Calendar((row,))
    assert calendar.day(date(2018, 4, 30)) == (date(2018, 4, 30), True, Reason.MOVED_AWAY, row.name, row.norm)
    assert not calendar.day(date(2018, 5, 1)).counts
    assert Calendar().day(date(2018, 5, 1)).reason is Reason.MOVED_AWAY
    assert Calendar().day(date(2018, 4, 30)).reason is Reason.HOLIDAY


def test_a_bridge_rests_and_its_recovery_saturday_is_worked():
    calendar = Calendar(
        (
            Override(date(2026, 1, 2), OverrideKind.BRIDGE, "Puente", "Decreto"),
            Override(date(2026, 1, 10), OverrideKind.RECOVERY_WORKDAY, "Recuperación", "Decreto"),
        )
    )
    assert calendar.day(date(2026, 1, 2)).reason is Reason.BRIDGE
    assert calendar.day(date(2026, 1, 10)).reason is Reason.RECOVERY
    assert calendar.working_days_between(date(2025, 12, 31), date(2026, 1, 11)) == 6


def test_the_rest_days_of_a_year_leave_out_plain_weekends():
    names = [day.name for day in Calendar().rest_days(2026)]
    assert len(names) == 11
    assert names[0] == "Año Nuevo"


def test_the_day_of_receipt_is_the_one_at_the_office():
    late = datetime(2026, 3, 3, 23, 30, tzinfo=GUAYAQUIL)
    after_midnight = datetime(2026, 3, 4, 0, 30, tzinfo=GUAYAQUIL)
    calendar, islands = Calendar(), Place(SAN_CRISTOBAL)
    assert islands.zone is GALAPAGOS
    assert calendar.add_working_days(late.astimezone(UTC), 1).received == date(2026, 3, 3)
    assert calendar.add_working_days(after_midnight, 1).received == date(2026, 3, 4)
    assert calendar.add_working_days(after_midnight, 1, islands).received == date(2026, 3, 3)


def test_a_deadline_closes_at_the_midnight_of_its_office():
    calendar, start = Calendar(), date(2026, 3, 3)
    assert calendar.add_working_days(start, 1).closes_at == datetime(2026, 3, 5, 5, tzinfo=UTC)
    assert calendar.add_working_days(start, 1, Place(SAN_CRISTOBAL)).closes_at == datetime(
        2026, 3, 5, 6, tzinfo=UTC
    )


@pytest.mark.parametrize("amount", [0, -1, 3651, 10**12])
def test_an_amount_of_days_out_of_range_is_refused(amount):
    for add in (Calendar().add_working_days, Calendar().add_calendar_days):
        with pytest.raises(Invalid, match="entre 1 y 3650"):
            add(date(2026, 1, 5), amount)


@pytest.mark.parametrize("day", [date.min, date(FIRST_YEAR - 1, 12, 31), date(LAST_YEAR + 1, 1, 1), date.max])
def test_a_date_outside_the_known_years_is_refused(day):
    calendar = Calendar()
    for ask in (
        lambda: calendar.day(day),
        lambda: calendar.add_working_days(day, 1),
        lambda: calendar.add_calendar_days(day, 1),
        lambda: calendar.working_days_between(day, day),
        lambda: Override(day, OverrideKind.HOLIDAY, "Día"),
    ):
        with pytest.raises(Invalid, match=f"{FIRST_YEAR} a {LAST_YEAR}"):
            ask()


def test_a_deadline_that_would_end_beyond_the_known_years_is_refused():
    end = date(LAST_YEAR, 12, 30)
    for add in (Calendar().add_working_days, Calendar().add_calendar_days):
        with pytest.raises(Invalid, match="fuera de los años"):
            add(end, 5)
    with pytest.raises(Invalid, match="fuera de los años"):
        Calendar().add_working_days(end, 1, suspensions=[Suspension(end, date.max)])


def test_what_makes_no_sense_is_refused():
    day = date(2026, 3, 4)
    with pytest.raises(Invalid, match="zona horaria"):
        Calendar().add_working_days(datetime(2026, 3, 4, 12), 1)
    with pytest.raises(Invalid, match="antes de empezar"):
        Suspension(day, day - ONE)
    with pytest.raises(Invalid, match="anterior a la inicial"):
        Calendar().working_days_between(day, day - ONE)
    with pytest.raises(Invalid, match="necesita la fecha"):
        Override(day, OverrideKind.MOVED, "Día")
    with pytest.raises(Invalid, match="necesita la fecha"):
        Override(day, OverrideKind.HOLIDAY, "Día", moved_from=day - ONE)
    with pytest.raises(Invalid, match="distinta"):
        Override(day, OverrideKind.MOVED, "Día", moved_from=day)
    with pytest.raises(Invalid, match="dos declaraciones"):
        Calendar((Override(day, OverrideKind.HOLIDAY, "Uno"), Override(day, OverrideKind.BRIDGE, "Dos")))


def test_ten_years_of_working_days_are_counted_in_a_blink():
    calendar = Calendar()
    calendar.add_working_days(date(2026, 1, 5), 3650)
    begun = time.process_time()
    calendar.add_working_days(date(2026, 1, 5), 3650)
    assert time.process_time() - begun < 0.25
