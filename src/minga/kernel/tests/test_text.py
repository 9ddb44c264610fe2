import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minga.kernel.text import BadText, TextProblem, clean_line, clean_text, fold, slug, sort_key

spanish = st.text(alphabet=string.ascii_letters + "áéíóúüñÁÉÍÓÚÜÑ 0123456789-.,¿¡", max_size=30)
anything = st.text(max_size=60)
CONTROLS = [chr(code) for code in (*range(9), *range(14, 32), *range(127, 133), *range(134, 160))]


@given(anything, st.booleans())
def test_folding_twice_is_folding_once(text, keep):
    folded = fold(text, keep_enie=keep)
    assert fold(folded, keep_enie=keep) == folded


def test_folding_drops_case_and_accents_and_keeps_the_enie_only_when_asked():
    assert fold("ÑANDÚ Pingüino") == "nandu pinguino"
    assert fold("ÑANDÚ Pingüino", keep_enie=True) == "ñandu pinguino"
    assert fold("n\u0303u", keep_enie=True) == "ñu"


@given(spanish, spanish)
def test_the_order_of_str_is_the_byte_order_of_postgresql_collation_c(one, other):
    keys = sort_key(one), sort_key(other)
    assert (keys[0] < keys[1]) == (keys[0].encode() < keys[1].encode())


@given(anything)
def test_any_key_fits_in_a_database_column(text):
    key = sort_key(text)
    assert "\0" not in key
    key.encode()


@given(spanish)
def test_case_and_accents_do_not_change_the_place_of_a_text(text):
    plain = "".join(
        mark
        for mark in unicodedata.normalize("NFD", text)
        if mark == "\u0303" or not unicodedata.combining(mark)
    )
    assert sort_key(text) == sort_key(text.upper()) == sort_key(plain)


@given(st.integers(0, 10**30), st.integers(0, 10**30), spanish)
def test_numbers_go_by_value(one, other, before):
    def key(number):
        return sort_key(f"{before} {number}")

    assert (key(one) < key(other)) == (one < other)


def spanish_alphabet(word):
    """An oracle for words of lowercase letters: the places of the letters in the 27-letter alphabet."""
    return [("abcdefghijklmnñopqrstuvwxyz").index(letter) for letter in word]


words = st.text(alphabet="abcdefghijklmnñopqrstuvwxyz", max_size=8)


@given(words, words)
def test_letters_follow_the_spanish_alphabet(one, other):
    assert (sort_key(one) < sort_key(other)) == (spanish_alphabet(one) < spanish_alphabet(other))


def test_a_list_of_cantons_comes_out_as_people_expect():
    names = [
        "Ámbato Norte",
        "Cana",
        "Canzal",
        "Caña",
        "Cañar",
        "El Oro",
        "Óña",
        "Zaruma",
        "Zona 2",
        "Zona 10",
    ]
    assert sorted(reversed(names), key=sort_key) == names


def test_runs_of_digits_too_long_to_be_numbers_keep_an_order():
    assert sort_key("9" * 98) < sort_key("1" * 120) < sort_key("2" * 120)


@given(anything, st.integers(1, 40))
def test_a_slug_is_short_safe_and_a_slug_of_itself(text, length):
    result = slug(text, max_length=length)
    assert len(result) <= length
    assert set(result) <= set(string.ascii_lowercase + string.digits + "-")
    assert not result.startswith("-")
    assert not result.endswith("-")
    assert slug(result, max_length=length) == result


def test_a_slug_is_cut_between_words():
    assert slug("Año Nuevo en Rumiñahui", max_length=14) == "ano-nuevo-en"
    assert slug("Año Nuevo en Rumiñahui") == "ano-nuevo-en-ruminahui"
    assert slug("Otorrinolaringología", max_length=5) == "otorr"
    assert slug("¿?") == ""


@given(anything)
def test_a_clean_line_is_clean_or_refused(text):
    try:
        line = clean_line(text)
    except BadText:
        return
    assert clean_line(line) == line
    assert line == line.strip()
    assert "\n" not in line
    assert unicodedata.is_normalized("NFC", line)
    assert not any(unicodedata.category(mark) in {"Cc", "Cs"} for mark in line)


@given(anything)
def test_clean_text_cleaned_again_stays_the_same(text):
    try:
        cleaned = clean_text(text)
    except BadText:
        return
    assert clean_text(cleaned) == cleaned
    assert "\r" not in cleaned


@pytest.mark.parametrize("mark", CONTROLS)
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_control_characters_are_refused(clean, mark):
    with pytest.raises(BadText) as refused:
        clean(f"a{mark}b")
    assert refused.value.problem is TextProblem.CONTROL


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_marks_that_turn_the_writing_around_are_refused(mark):
    with pytest.raises(BadText) as refused:
        clean_line(f"factura{mark}fdp.exe")
    assert refused.value.problem is TextProblem.BIDI
    assert "dirección" in str(refused.value)


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(BadText):
        clean_line("\ud800")


def test_what_a_word_processor_leaves_behind_goes_quietly():
    assert clean_line("\ufeff  Casa\u00a0de\u200b la\t\tcultu\u00adra\r\n") == "Casa de la cultura"
    assert clean_line("Rumin\u0303ahui") == "Rumiñahui"
    assert clean_text("uno  dos\r\n\r\n\r\n\r\ntres\u2028cuatro \n\n") == "uno dos\n\ntres\ncuatro"
