"""How Minga writes dates, numbers, money and shares in the reader's language."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

GUAYAQUIL = ZoneInfo("America/Guayaquil")
_MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "en": "January February March April May June July August September October November December",
    "qu": "Kulla Panchi Pawkar Ayriwa Aymuray Raymi Sitwa Karwa Kuski Wayru Sasi Kapak",
}
_DAY = {"es": "{day} de {month} de {year}", "en": "{day} {month} {year}", "qu": "{day} {month} killa {year}"}
_SEPARATORS = {"es": (".", ","), "qu": (".", ","), "en": (",", ".")}

Number = int | float | Decimal


def day(value: date | None) -> str:
    """A date in words: "4 de marzo de 2026", "4 March 2026", "4 Pawkar killa 2026"; nothing for None.

    A moment is dated by the clock of Guayaquil.
    """
    if value is None:
        return ""
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(GUAYAQUIL)
    code = _language()
    month = _MONTHS[code].split()[value.month - 1]
    return _DAY[code].format(day=value.day, month=month, year=value.year)


def moment(value: datetime | None, zone: ZoneInfo = GUAYAQUIL) -> str:
    """A date and the time of day in `zone`: "4 de marzo de 2026, 15:30"; nothing for None."""
    if value is None:
        return ""
    local = value.astimezone(zone) if value.tzinfo else value
    return f"{day(local.date())}, {local:%H:%M}"


def number(value: Number | None, places: int | None = None) -> str:
    """A number with its thousands apart: "1.234,5"; `places` fixes the decimals, else at most two, no idle zeros."""
    if value is None:
        return ""
    text = f"{value:,.{2 if places is None else places}f}"
    if places is None:
        text = text.rstrip("0").rstrip(".")
    thousands, point = _SEPARATORS[_language()]
    return text.translate(str.maketrans({",": thousands, ".": point, "-": "\u2212"}))


def money(value: Number | None) -> str:
    """An amount in United States dollars, Ecuador's money: "USD 1.234,50"; nothing for None."""
    return "" if value is None else f"USD\u00a0{number(value, 2)}"


def percent(value: Number | None, places: int | None = None) -> str:
    """A share already in hundredths: 68 gives "68 %" ("68%" in English); at most one decimal unless fixed."""
    if value is None:
        return ""
    rounded = round(Decimal(str(value)), 1) if places is None else value
    return f"{number(rounded, places)}{'' if _language() == 'en' else chr(0xA0)}%"


def _language() -> str:
    code = (get_language() or "es").split("-")[0]
    return code if code in _MONTHS else "es"


FILTERS = {"day": day, "moment": moment, "number": number, "money": money, "percent": percent}
