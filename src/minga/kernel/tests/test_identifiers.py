import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ec import ci, ruc

from minga.kernel.identifiers import (
    IdProblem,
    TaxpayerKind,
    check_cedula,
    check_ruc,
    is_synthetic,
    synthetic_cedula,
    synthetic_ruc,
)

provinces = st.sampled_from(["01", "09", "17", "24", "30", "50", "00", "25", "31", "99"])
tens = st.tuples(provinces, st.from_regex("[0-9]{8}", fullmatch=True)).map("".join)
ruc_suffixes = st.sampled_from(["000", "001", "002", "999"])
thirteens = st.one_of(
    st.tuples(tens, ruc_suffixes).map("".join),
    st.tuples(provinces, st.sampled_from("69"), st.from_regex("[0-9]{10}", fullmatch=True)).map("".join),
    st.tuples(provinces, st.sampled_from("69"), st.from_regex("[0-9]{6}", fullmatch=True)).map(
        lambda parts: "".join(parts) + "0001"
    ),
)


@given(tens)
def test_a_cedula_is_accepted_exactly_when_the_oracle_accepts_it(number):
    assert check_cedula(number).ok == ci.is_valid(number)


@given(thirteens)
def test_a_ruc_passes_without_a_check_digit_warning_exactly_when_the_oracle_accepts_it(number):
    verdict = check_ruc(number)
    assert (verdict.ok and IdProblem.CHECK_DIGIT not in verdict.warnings) == ruc.is_valid(number)


@given(st.text(max_size=20))
def test_no_text_breaks_the_checks(text):
    for verdict in (check_cedula(text), check_ruc(text)):
        assert verdict.ok == bool(verdict.normalised)
        assert verdict.ok == (verdict.problem is None)


@given(st.integers(0, 999_999))
def test_synthetic_cedulas_are_valid_distinct_and_recognised(number):
    cedula = synthetic_cedula(number)
    assert check_cedula(cedula).ok
    assert not check_cedula(cedula).warnings
    assert ci.is_valid(cedula)
    assert is_synthetic(cedula)
    assert int(cedula[3:9]) == number


@given(st.integers(0, 9_999), st.sampled_from(TaxpayerKind))
def test_synthetic_rucs_are_valid_of_their_kind_and_recognised(number, kind):
    verdict = check_ruc(synthetic_ruc(number, kind))
    assert verdict.ok
    assert verdict.kind is kind
    assert not verdict.warnings
    assert ruc.is_valid(verdict.normalised)
    assert is_synthetic(verdict.normalised)


def test_synthetic_rucs_of_a_kind_are_all_different():
    for kind in TaxpayerKind:
        assert len({synthetic_ruc(number, kind) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_synthetic_numbers_end_somewhere(number):
    with pytest.raises(ValueError, match="numbered"):
        synthetic_cedula(number)
    with pytest.raises(ValueError, match="numbered"):
        synthetic_ruc(number, TaxpayerKind.NATURAL)


@pytest.mark.parametrize("typed", ["171430710-3", "171 430 710 3 ", "171.430.710\u20133", "171\u00a04307103"])
def test_separators_are_let_through(typed):
    assert check_cedula(typed).normalised == "1714307103"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", IdProblem.EMPTY),
        (" - ", IdProblem.EMPTY),
        ("17143071O3", IdProblem.NOT_DIGITS),
        ("١٧١٤٣٠٧١٠٣", IdProblem.NOT_DIGITS),
        ("714307103", IdProblem.LENGTH),
        ("2514307103", IdProblem.PROVINCE),
        ("1774307103", IdProblem.THIRD_DIGIT),
        ("1714307104", IdProblem.CHECK_DIGIT),
    ],
)
def test_a_refused_cedula_says_why(typed, problem):
    assert check_cedula(typed).problem is problem


@pytest.mark.parametrize(
    ("typed", "kind", "warnings"),
    [
        ("1792060346001", TaxpayerKind.COMPANY, ()),
        ("1768152560001", TaxpayerKind.PUBLIC, ()),
        ("1714307103001", TaxpayerKind.NATURAL, ()),
        ("1714307103002", TaxpayerKind.NATURAL, (IdProblem.ESTABLISHMENT,)),
        ("1763154690001", TaxpayerKind.PUBLIC, (IdProblem.CHECK_DIGIT,)),
        ("1792060347001", TaxpayerKind.COMPANY, (IdProblem.CHECK_DIGIT,)),
    ],
)
def test_a_ruc_tells_its_kind_and_what_to_look_at_again(typed, kind, warnings):
    verdict = check_ruc(typed)
    assert (verdict.ok, verdict.kind, verdict.warnings) == (True, kind, warnings)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("1792060346000", IdProblem.ESTABLISHMENT),
        ("1782060346001", IdProblem.THIRD_DIGIT),
        ("179206034601", IdProblem.LENGTH),
    ],
)
def test_a_refused_ruc_says_why(typed, problem):
    assert check_ruc(typed).problem is problem
