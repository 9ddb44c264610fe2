"""What is kept of the questions."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from minga.foundation.search.counting import count, forget
from minga.foundation.search.models import SearchCount
from minga.foundation.search.queries import questions
from minga.kernel.clock import today

pytestmark = pytest.mark.django_db


def test_a_question_is_counted_by_its_folded_words():
    for typed in ("Cédula", "¿cedula?", "CEDULA"):
        assert count(typed, 3)
    row = SearchCount.objects.get()
    assert (row.words, row.times, row.found, row.day) == ("cedula", 3, 3, today())


@pytest.mark.parametrize(
    "typed", ["mi cédula 1712345678", "099 123 4567", "17-12-34", "ana@example.org", "a @ b", "", "¿?"]
)
def test_what_may_name_a_person_is_not_kept(typed):
    assert not count(typed, 0)
    assert not SearchCount.objects.exists()


def test_only_what_several_asked_is_shown():
    for _again in range(3):
        count("cosa inexistente", 0)
        count("cédula", 7)
    count("juan pérez", 0)
    assert [(each.words, each.times, each.found) for each in questions()] == [
        ("cedula", 3, 7),
        ("cosa inexistente", 3, 0),
    ]
    assert [each.words for each in questions(unanswered=True)] == ["cosa inexistente"]


def test_old_counts_go_and_rare_ones_sooner():
    def remember(words: str, days: int, times: int) -> None:
        SearchCount.objects.create(day=today() - timedelta(days=days), words=words, times=times, found=0)

    remember("vieja", 400, 50)
    remember("rara", 40, 1)
    remember("frecuente", 40, 5)
    remember("reciente", 5, 1)
    assert forget() == 2
    assert set(SearchCount.objects.values_list("words", flat=True)) == {"frecuente", "reciente"}


def test_a_day_has_one_row_for_a_question():
    SearchCount.objects.create(day=today(), words="cedula", found=0)
    with pytest.raises(IntegrityError):
        SearchCount.objects.create(day=today(), words="cedula", found=0)
