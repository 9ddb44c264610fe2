"""The template filters that write dates, numbers, money, shares and names in the reader's language."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from minga.kernel import money as written
from minga.kernel.clock import GUAYAQUIL
from minga.ui.speaking import language_spoken

Number = int | float | Decimal


def day(value: date | None) -> str:
    """A date in words: "4 de marzo de 2026"; an aware moment is dated by Guayaquil's clocks; "" for None."""
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(GUAYAQUIL)
    return "" if value is None else written.format_date(value, language_spoken())


def month(value: date | None) -> str:
    """The month of a date in words: "marzo de 2026"; "" for None."""
    return "" if value is None else written.format_month(value, language_spoken())


def moment(value: datetime | None, zone: ZoneInfo = GUAYAQUIL) -> str:
    """A date and the time of day in `zone`: "4 de marzo de 2026, 15:30"; "" for None."""
    return "" if value is None else written.format_moment(value, language_spoken(), zone)


def number(value: Number | None, places: int | None = None) -> str:
    """A number with grouped thousands: "1.234,5"; `places` fixes the decimals; "" for None."""
    return "" if value is None else written.format_number(value, language_spoken(), places)


def money(value: Decimal | int | None) -> str:
    """An amount in United States dollars, Ecuador's money: "USD 1.234,50"; "" for None."""
    return "" if value is None else written.format_money(value, language_spoken())


def percent(share: Number | None, places: int | None = None) -> str:
    """A share of one as a percentage: 0.68 gives "68 %" ("68%" in English); "" for None."""
    return "" if share is None else written.format_percent(share, language_spoken(), places)


def points(value: Number | None, places: int | None = None) -> str:
    """A percentage given in points, as the ledger measures it: 68 gives "68 %"; "" for None."""
    return "" if value is None else percent(Decimal(str(value)) / 100, places)


def translated(text: str | None) -> str:
    """A Spanish message of the data, such as a sector's name, in the reader's language; "" for None."""
    return gettext(text) if text else ""


FILTERS = {
    "translated": translated,
    "day": day,
    "month": month,
    "moment": moment,
    "number": number,
    "money": money,
    "percent": percent,
    "points": points,
}
