from datetime import date, timedelta

import pytest
from holidays.countries.ecuador import Ecuador

from minga.kernel.holidays import easter_sunday, moved_rest, national_holidays, rest_days, worked_by_law
from minga.kernel.tests.official import OFFICIAL

ONE = timedelta(days=1)


@pytest.mark.parametrize("year", OFFICIAL)
def test_the_days_of_rest_are_those_of_the_official_calendar(year):
    weekdays = sorted(day for day in rest_days(year) if day.weekday() < 5)
    assert [f"{day:%m-%d}" for day in weekdays] == OFFICIAL[year].split()


@pytest.mark.parametrize("year", range(2008, 2061))
def test_the_holidays_are_those_of_the_package(year):
    package = Ecuador(years=year, observed=False, language="es")
    assert [(row.official, row.name) for row in national_holidays(year)] == sorted(package.items())


@pytest.mark.parametrize("year", range(2018, 2061))
def test_the_package_moves_them_alike_but_for_two_in_a_row_in_november(year):
    package = Ecuador(years=year, language="es")
    november = (date(year, 11, 1), date(year, 11, 4))
    ours = {day for day in rest_days(year) if not november[0] <= day <= november[1]}
    theirs = {
        day
        for day, name in package.items()
        if not november[0] <= day <= november[1] and (name.endswith("(observado)") or day in ours)
    }
    assert ours == theirs


@pytest.mark.parametrize("year", range(2017, 2061))
def test_a_year_has_eleven_rests_each_beside_a_weekend_or_anchored(year):
    rows = national_holidays(year)
    assert len(rows) == len({row.rest for row in rows}) == 11
    for row in rows:
        assert abs((row.rest - row.official).days) <= 2
        if row.name not in {"Año Nuevo", "Navidad"}:
            neighbours = {row.rest - ONE, row.rest + ONE, row.rest - 2 * ONE, row.rest + 2 * ONE}
            assert row.rest.weekday() < 5
            assert any(day.weekday() >= 5 for day in neighbours)


@pytest.mark.parametrize(
    ("first", "rests"),
    [
        (date(2020, 11, 2), ("11-02", "11-03")),
        (date(2021, 11, 2), ("11-02", "11-01")),
        (date(2022, 11, 2), ("11-04", "11-03")),
        (date(2023, 11, 2), ("11-02", "11-03")),
        (date(2018, 11, 2), ("11-02", "11-01")),
        (date(2024, 11, 2), ("11-01", "11-04")),
        (date(2025, 11, 2), ("11-04", "11-03")),
    ],
)
def test_the_two_days_of_november_follow_their_own_rule(first, rests):
    found = {row.official: row.rest for row in national_holidays(first.year)}
    assert tuple(f"{found[day]:%m-%d}" for day in (first, first + ONE)) == rests


def test_a_weekday_that_lost_its_rest_is_worked():
    assert set(worked_by_law(2025)) >= {date(2025, 5, 1), date(2025, 10, 9)}
    assert date(2021, 11, 3) in worked_by_law(2021)
    assert not worked_by_law(2016)


def test_nothing_moved_before_the_law():
    assert moved_rest(date(2016, 12, 6)) == date(2016, 12, 6)
    assert moved_rest(date(2016, 12, 25), anchored=True) == date(2016, 12, 26)


@pytest.mark.parametrize(
    ("year", "easter"), [(2008, date(2008, 3, 23)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))]
)
def test_easter_is_where_the_tables_say(year, easter):
    assert easter_sunday(year) == easter
