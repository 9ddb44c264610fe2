from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minga.kernel.clock import GALAPAGOS
from minga.kernel.money import (
    LARGEST_AMOUNT,
    AmountProblem,
    BadAmount,
    format_date,
    format_moment,
    format_money,
    format_number,
    format_percent,
    parse_amount,
)

amounts = st.decimals(min_value=0, max_value=LARGEST_AMOUNT, places=2)
languages = st.sampled_from(["es", "en", "qu", "es-ec", "fr"])


@given(amounts, languages)
def test_what_is_shown_can_be_typed_back(amount, lang):
    assert parse_amount(format_money(amount, lang)) == amount


@given(amounts)
def test_plain_amounts_are_read_with_point_or_comma(amount):
    assert parse_amount(str(amount)) == parse_amount(str(amount).replace(".", ",")) == amount


@given(st.text(alphabet="0123456789.,-$ USD\u2212", max_size=16))
def test_anything_typed_is_an_amount_in_range_or_refused(text):
    try:
        amount = parse_amount(text)
    except BadAmount:
        return
    assert 0 <= amount <= LARGEST_AMOUNT
    assert amount.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,50", "1234.50"),
        ("1234.50", "1234.50"),
        ("1,234.5", "1234.50"),
        ("$ 12", "12.00"),
        ("12 USD", "12.00"),
        ("us$7,05", "7.05"),
        ("1.234", "1234.00"),
        ("1 234,50", "1234.50"),
        ("1.234.567", "1234567.00"),
        ("0,5", "0.50"),
        ("007", "7.00"),
    ],
)
def test_amounts_are_read_as_ecuadorians_type_them(typed, amount):
    assert str(parse_amount(typed)) == amount


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", AmountProblem.EMPTY),
        (" $ ", AmountProblem.EMPTY),
        ("doce", AmountProblem.NOT_A_NUMBER),
        ("12,", AmountProblem.NOT_A_NUMBER),
        (",50", AmountProblem.NOT_A_NUMBER),
        ("1.23.456", AmountProblem.NOT_A_NUMBER),
        ("1.234.5", AmountProblem.NOT_A_NUMBER),
        ("1.234,567.89", AmountProblem.NOT_A_NUMBER),
        ("1e3", AmountProblem.NOT_A_NUMBER),
        ("NaN", AmountProblem.NOT_A_NUMBER),
        ("١٢", AmountProblem.NOT_A_NUMBER),
        ("--3", AmountProblem.NOT_A_NUMBER),
        ("12,3456", AmountProblem.TOO_PRECISE),
        ("0,123", AmountProblem.TOO_PRECISE),
        ("1.234,567", AmountProblem.TOO_PRECISE),
        ("-3", AmountProblem.NEGATIVE),
        ("\u22123,50", AmountProblem.NEGATIVE),
        ("1000000000000", AmountProblem.TOO_LARGE),
        ("9" * 5000, AmountProblem.TOO_LARGE),
    ],
)
def test_what_is_no_amount_says_what_to_write(typed, problem):
    with pytest.raises(BadAmount) as refused:
        parse_amount(typed)
    assert refused.value.problem is problem
    assert refused.value.message.startswith(("Escriba", "El valor"))


def test_money_reads_as_each_language_writes_it():
    assert format_money(Decimal("1234.5")) == "USD\u00a01.234,50"
    assert format_money(1234567, "qu") == "USD\u00a01.234.567,00"
    assert format_money(Decimal("1234.505"), "en") == "USD\u00a01,234.51"
    assert format_money(Decimal("-12")) == "USD\u00a0\u221212,00"


def test_numbers_keep_or_round_their_decimals():
    assert format_number(1234567) == "1.234.567"
    assert format_number(0.61) == "0,61"
    assert format_number(Decimal("0.6129"), decimals=2) == "0,61"
    assert format_number(2.5, "en", decimals=0) == "3"
    assert format_number(Decimal("1E+3")) == "1.000"
    assert format_number(-1234.5, "en") == "\u22121,234.5"
    assert format_number(Decimal("-0.001"), decimals=2) == "0,00"


def test_percentages_come_from_shares():
    assert format_percent(Decimal("0.68")) == "68\u00a0%"
    assert format_percent(0.685) == "68,5\u00a0%"
    assert format_percent(1, "en") == "100%"
    assert format_percent(Decimal(2) / 3, "es", decimals=2) == "66,67\u00a0%"
    assert format_percent(0) == "0\u00a0%"


def test_dates_read_as_each_language_writes_them():
    day = date(2026, 3, 4)
    assert format_date(day) == "4 de marzo de 2026"
    assert format_date(day, "en") == "4 March 2026"
    assert format_date(day, "qu") == "4 pawkar killa 2026"


def test_every_month_has_its_own_name_in_every_language():
    for lang in ("es", "en", "qu"):
        assert len({format_date(date(2026, month, 1), lang) for month in range(1, 13)}) == 12


def test_a_moment_is_told_by_the_clocks_of_the_place():
    moment = datetime(2026, 3, 5, 5, 30, tzinfo=UTC)
    assert format_moment(moment) == "5 de marzo de 2026, 00:30"
    assert format_moment(moment, "en", GALAPAGOS) == "4 March 2026, 23:30"
