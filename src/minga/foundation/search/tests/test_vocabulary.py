"""The words of the titles."""

import pytest

from minga.foundation.search import vocabulary
from minga.foundation.search.models import SearchDocument, SearchWord
from minga.foundation.search.tests.samples import document, fill

pytestmark = pytest.mark.django_db


def test_a_word_is_kept_folded_with_its_spelling_and_number_of_documents():
    fill(document(1, "Cédula"), document(2, "Cédula y cedula"), document(3, "CEDULA 2020"))
    word = SearchWord.objects.get(word="cedula")
    assert (word.spelling, word.documents) == ("cédula", 3)
    assert not SearchWord.objects.filter(word="2020").exists()


def test_words_that_no_title_has_any_more_go():
    fill(document(1, "Palabra pasajera"))
    SearchDocument.objects.all().delete()
    assert vocabulary.refresh() == 0
    assert not SearchWord.objects.exists()


def test_counting_again_changes_nothing():
    fill()
    before = list(SearchWord.objects.values_list("word", "spelling", "documents"))
    vocabulary.refresh()
    assert list(SearchWord.objects.values_list("word", "spelling", "documents")) == before
