"""Dates, numbers, money and shares as a reader of each language expects them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from minga.ui import formats


@pytest.mark.parametrize(
    ("language", "written"),
    [("es", "4 de marzo de 2026"), ("en", "4 March 2026"), ("qu", "4 pawkar killa 2026")],
)
def test_a_date_is_written_in_the_words_of_its_language(language, written):
    with override(language):
        assert formats.day(date(2026, 3, 4)) == written


def test_a_moment_is_dated_by_the_clocks_of_guayaquil():
    late = datetime(2026, 3, 5, 3, 30, tzinfo=UTC)
    with override("es"):
        assert formats.day(late) == "4 de marzo de 2026"
        assert formats.moment(late) == "4 de marzo de 2026, 22:30"


def test_numbers_follow_the_language():
    with override("es"):
        assert formats.number(1234.5) == "1.234,5"
        assert formats.money(Decimal("1234.5")) == "USD\u00a01.234,50"
        assert formats.percent(0.68) == "68\u00a0%"
        assert formats.points(Decimal("68.25")) == "68,3\u00a0%"
    with override("en"):
        assert formats.number(1234.5) == "1,234.5"
        assert formats.points(68) == "68%"


@pytest.mark.parametrize("write", list(formats.FILTERS.values()))
def test_nothing_is_written_for_what_is_not_known(write):
    assert write(None) == ""


@pytest.mark.parametrize(
    ("language", "written"),
    [("es", "marzo de 2026"), ("en", "March 2026"), ("qu", "pawkar killa 2026")],
)
def test_a_month_is_written_in_the_words_of_its_language(language, written):
    with override(language):
        assert formats.month(date(2026, 3, 4)) == written
        assert formats.month(None) == ""
