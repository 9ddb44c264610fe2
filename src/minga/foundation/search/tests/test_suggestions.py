"""Titles while somebody types."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minga.foundation.search import suggest
from minga.foundation.search.tests.samples import document, fill
from minga.foundation.search.tests.test_search import HOSTILE

pytestmark = pytest.mark.django_db


def titles(typed: str, **options: int) -> list[str]:
    return [each.title for each in suggest(typed, **options)]


def test_each_word_typed_is_the_beginning_of_a_word_of_the_title():
    fill()
    assert titles("renov lic") == ["Renovación de la licencia de conducir"]
    assert titles("habilitaci") == ["Habilitación de conductores profesionales"]
    assert titles("CÉD") == titles("ced")


def test_small_words_do_not_matter_but_the_last_one_may_go_on():
    fill()
    assert titles("permiso de la fun") == ["Permiso de funcionamiento de establecimientos turísticos"]
    assert len(titles("certificado de")) == 2
    assert titles("certificado de def") == ["Certificado de defunción"]


def test_a_title_that_begins_so_comes_first():
    fill(document(1, "Feria de la papa"), document(2, "Papa nativa en la gran feria nacional"))
    assert titles("papa") == ["Papa nativa en la gran feria nacional", "Feria de la papa"]


def test_a_typo_is_mended_even_in_an_unfinished_word():
    fill()
    assert titles("licens") == ["Renovación de la licencia de conducir"]
    assert titles("sertificado de def") == ["Certificado de defunción"]


def test_one_title_of_many_documents_is_suggested_once():
    fill(*(document(number, "Patente municipal") for number in range(1, 6)))
    assert titles("patente") == ["Patente municipal"]


def test_no_more_than_asked_and_nothing_for_a_single_letter():
    fill()
    assert len(titles("ce", limit=2)) == 2
    assert titles("c") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_beginnings_are_harmless(text):
    fill()
    suggest(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_anything_can_be_typed(text):
    suggest(text)
