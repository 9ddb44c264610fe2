"""Money, numbers and dates as people in Ecuador write and read them.

Money is Decimal US dollars with two decimals. `lang` is `es`, `en` or `qu` (also `es-ec` and the
like); any other reads as Spanish. What must not break across lines is joined by no-break spaces
(U+00A0). The months in Kichwa have the names of the unified spelling, unreviewed until a speaker
confirms them.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from minga.kernel.clock import GUAYAQUIL
from minga.kernel.errors import Invalid
from minga.kernel.text import N_

CENT = Decimal("0.01")
LARGEST_AMOUNT = Decimal("999999999999.99")
_NBSP = "\u00a0"
_MINUS = "\u2212"
_MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "en": "January February March April May June July August September October November December",
    "qu": "kulla panchi pawkar ayriwa aymuray raymi sitwa karwa kuski wayru sasi kapak",
}
_DATES = {
    "es": "{day} de {month} de {year}",
    "en": "{day} {month} {year}",
    "qu": "{day} {month} killa {year}",
}
_MONTHS_OF_YEARS = {"es": "{month} de {year}", "en": "{month} {year}", "qu": "{month} killa {year}"}
_GROUPED = re.compile(r"([1-9][0-9]{0,2})(?:([.,])[0-9]{3})(?:\2[0-9]{3})*(?:(?!\2)[.,][0-9]{1,2})?")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")
_TOO_PRECISE = re.compile(r"[0-9]+(?:[.,][0-9]{3})*[.,][0-9]{3,}")


class AmountProblem(StrEnum):
    """Why what was typed is no amount of money."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    TOO_PRECISE = "too_precise"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"


_ADVICE = {
    AmountProblem.EMPTY: N_("Escriba un valor, por ejemplo 1.234,50."),
    AmountProblem.NOT_A_NUMBER: N_("Escriba el valor solo con números, por ejemplo 1.234,50."),
    AmountProblem.TOO_PRECISE: N_("Escriba el valor con dos decimales como máximo, por ejemplo 1.234,50."),
    AmountProblem.NEGATIVE: N_("Escriba un valor igual o mayor que cero."),
    AmountProblem.TOO_LARGE: N_("El valor es demasiado grande: escriba menos de un billón de dólares."),
}


class BadAmount(Invalid):
    """What was typed is no amount; `problem` says why, the message what to write instead."""

    def __init__(self, problem: AmountProblem) -> None:
        super().__init__(_ADVICE[problem])
        self.problem = problem


def parse_amount(text: str) -> Decimal:
    """The dollars in a typed amount: "1.234,50", "1234.50", "1,234.50", "$ 12", "USD 7".

    Point and comma both serve as decimal mark; one followed by exactly three digits groups thousands, since
    cents are at most two. Raises BadAmount.
    """
    typed = re.sub(r"^(?:USD|US\$|\$)|(?:USD|\$)$", "", re.sub(r"\s", "", text).upper())
    if not typed:
        raise BadAmount(AmountProblem.EMPTY)
    if typed[0] in ("-", _MINUS):
        raise BadAmount(AmountProblem.NEGATIVE if _is_amount(typed[1:]) else AmountProblem.NOT_A_NUMBER)
    if not _is_amount(typed):
        precise = _TOO_PRECISE.fullmatch(typed)
        raise BadAmount(AmountProblem.TOO_PRECISE if precise else AmountProblem.NOT_A_NUMBER)
    amount = Decimal(re.sub("[.,](?![0-9]{1,2}$)", "", typed).replace(",", "."))
    if amount > LARGEST_AMOUNT:
        raise BadAmount(AmountProblem.TOO_LARGE)
    return amount.quantize(CENT)


def _is_amount(typed: str) -> bool:
    return bool(_PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed))


def format_money(amount: Decimal | int, lang: str = "es") -> str:
    """US dollars with cents, half a cent rounded up: "USD 1.234,50", in English "USD 1,234.50"."""
    return f"USD{_NBSP}{format_number(amount, lang, decimals=2)}"


def format_number(value: Decimal | int | float, lang: str = "es", decimals: int | None = None) -> str:
    """A number with grouped thousands: "1.234,5", in English "1,234.5".

    `decimals` fixes how many follow the mark, rounding half up; without it the number keeps its own.
    """
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    written = f"{abs(exact):,f}"
    if _language(lang) != "en":
        written = written.translate(str.maketrans(",.", ".,"))
    return f"{_MINUS}{written}" if exact < 0 else written


def format_percent(share: Decimal | int | float, lang: str = "es", decimals: int | None = None) -> str:
    """A share (0.68 of 1) as a percentage: "68 %", in English "68%".

    Without `decimals`, at most one, and none where it would be zero.
    """
    points = (Decimal(str(share)) * 100).quantize(
        Decimal(1).scaleb(-(1 if decimals is None else decimals)), rounding=ROUND_HALF_UP
    )
    if decimals is None and points == points.to_integral_value():
        points = points.quantize(Decimal(1))
    return f"{format_number(points, lang)}{'' if _language(lang) == 'en' else _NBSP}%"


def format_date(day: date, lang: str = "es") -> str:
    """A day in words: "4 de marzo de 2026", "4 March 2026", "4 pawkar killa 2026"."""
    language = _language(lang)
    month = _MONTHS[language].split()[day.month - 1]
    return _DATES[language].format(day=day.day, month=month, year=day.year)


def format_month(day: date, lang: str = "es") -> str:
    """The month of a day in words: "marzo de 2026", "March 2026", "pawkar killa 2026"."""
    language = _language(lang)
    return _MONTHS_OF_YEARS[language].format(month=_MONTHS[language].split()[day.month - 1], year=day.year)


def format_moment(moment: datetime, lang: str = "es", zone: ZoneInfo = GUAYAQUIL) -> str:
    """An aware moment as day and hour of the clocks in `zone`: "4 de marzo de 2026, 15:30"."""
    local = moment.astimezone(zone)
    return f"{format_date(local, lang)}, {local:%H:%M}"


def _language(lang: str) -> str:
    language = lang.partition("-")[0].lower()
    return language if language in _MONTHS else "es"
