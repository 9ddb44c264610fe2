"""The national holidays of Ecuador, and the days on which people rest for them.

Art. 65 of the Código del Trabajo and the fourth general provision of the LOSEP, as reformed by the
Ley Orgánica Reformatoria (R.O. Suplemento 906, 20-dic-2016), which moves rest next to a weekend and
gives 2 and 3 November, two holidays in a row, a rule of their own. The package `holidays` knows the
same eleven dates, but not that rule, nor that the date a holiday left is worked; and it takes a
second to import. Our tests compare with it.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from minga.kernel.text import N_

NORM = "Código del Trabajo, art. 65; LOSEP, disposición general cuarta"
_LAW_OF_MOVES = date(2016, 12, 20)
_ONE = timedelta(days=1)
_TO_FRIDAY_OR_MONDAY = {5: -1, 6: 1}
_TO_LONG_WEEKEND = {1: -1, 2: 2, 3: 1, **_TO_FRIDAY_OR_MONDAY}
_TWO_IN_A_ROW = {0: (0, 1), 1: (0, -1), 2: (2, 1), 3: (0, 1), 4: (0, -1), 5: (-1, 2), 6: (2, 1)}


class Holiday(NamedTuple):
    """A national holiday: its own date, the day on which people rest for it, its name in Spanish."""

    official: date
    rest: date
    name: str


def moved_rest(official: date, *, anchored: bool = False) -> date:
    """The day of rest for a holiday that stands alone, by the law of 20 December 2016, national or local.

    Tuesday goes to Monday, Wednesday and Thursday to Friday, Saturday to Friday, Sunday to Monday;
    `anchored` ones (New Year, Christmas) move only from a weekend. Before the law nothing moved.
    """
    if official < _LAW_OF_MOVES:
        return official
    shifts = _TO_FRIDAY_OR_MONDAY if anchored else _TO_LONG_WEEKEND
    return official + shifts.get(official.weekday(), 0) * _ONE


def national_holidays(year: int) -> tuple[Holiday, ...]:
    """The eleven national holidays whose own date falls in a year, in order, with their days of rest."""
    easter = easter_sunday(year)
    souls = date(year, 11, 2)
    shifts = _TWO_IN_A_ROW[souls.weekday()] if souls >= _LAW_OF_MOVES else (0, 1)
    anchored = [(date(year, 1, 1), N_("Año Nuevo")), (date(year, 12, 25), N_("Navidad"))]
    movable = [
        (date(year, 5, 1), N_("Día del Trabajo")),
        (date(year, 5, 24), N_("Batalla de Pichincha")),
        (date(year, 8, 10), N_("Primer Grito de Independencia")),
        (date(year, 10, 9), N_("Independencia de Guayaquil")),
    ]
    fixed = [
        (easter - 48 * _ONE, N_("Carnaval")),
        (easter - 47 * _ONE, N_("Carnaval")),
        (easter - 2 * _ONE, N_("Viernes Santo")),
    ]
    found = [
        *(Holiday(day, moved_rest(day, anchored=True), name) for day, name in anchored),
        *(Holiday(day, moved_rest(day), name) for day, name in movable),
        *(Holiday(day, day, name) for day, name in fixed),
        Holiday(souls, souls + shifts[0] * _ONE, N_("Día de Difuntos")),
        Holiday(souls + _ONE, souls + shifts[1] * _ONE, N_("Independencia de Cuenca")),
    ]
    return tuple(sorted(found))


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (anonymous algorithm; Meeus, Astronomical Algorithms, ch. 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap_centuries, century_rest = divmod(century, 4)
    moon = (19 * golden + century - leap_centuries - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * century_rest + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def rest_days(year: int) -> Mapping[date, Holiday]:
    """The days of a year on which the country rests by law; the next New Year may be among them."""
    near = (*national_holidays(year), *national_holidays(year + 1))
    return {row.rest: row for row in near if row.rest.year == year}


@cache
def worked_by_law(year: int) -> Mapping[date, Holiday]:
    """The weekdays of a year that are a holiday by name, while its rest was moved to another day."""
    rest = rest_days(year)
    weekdays = (row for row in national_holidays(year) if row.official.weekday() < 5)
    return {row.official: row for row in weekdays if row.official not in rest}


@cache
def fingerprint(first_year: int, last_year: int) -> str:
    """A text that tells any two readings of the law over these years apart."""
    years = range(first_year, last_year + 2)
    return repr([tuple(map(str, row)) for year in years for row in national_holidays(year)])
