"""How texts become words, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.search import reading


@given(st.text())
def test_a_word_is_letters_and_digits_in_lower_case_whatever_the_text(text):
    for word in reading.words(text):
        assert word.isalnum() or any(mark.isalnum() for mark in word)
        assert word == word.lower()
        assert 0 < len(word) <= reading.LONGEST_WORD
        assert not set(word) & set("'\"\\&|!():*<>\0 \t\n")


@given(st.text(max_size=3000))
def test_a_question_is_cut_to_what_a_person_would_ask(text):
    words = reading.question_words(text)
    assert len(words) <= reading.MOST_WORDS
    assert len(words) == len(set(words))


def test_punctuation_of_spanish_never_sticks_to_a_word():
    assert reading.words("¿Dónde está «Árbol»—o Ñandú?") == ["dónde", "está", "árbol", "o", "ñandú"]


def test_words_around_what_is_looked_for_go_unless_they_are_all_there_is():
    assert reading.question_words("Quiero hacer un trámite de cédula") == ["un", "de", "cédula"]
    assert reading.question_words("trámites") == ["trámites"]
