"""The numbers that name people and taxpayers in Ecuador: cédula and RUC.

Rules: a cédula is 10 digits, province 01-24 or 30 (registered abroad), and a tenth digit by modulus 10 with
weights 2,1,2,1,2,1,2,1,2. A RUC is 13 digits: the cédula and an establishment (people), or a number with a
modulus-11 check digit in the ninth (public bodies, third digit 6) or tenth place (companies, third digit 9).
Where sources disagree (province 50, third digit 6, RUCs issued without a check digit) the number is accepted
with a warning: software must not shut a person out over a rule that nobody has confirmed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015]+")
_CEDULA_WEIGHTS = (2, 1, 2, 1, 2, 1, 2, 1, 2)
_PUBLIC_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_COMPANY_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2)
_ABROAD = "30"
_UNCONFIRMED_PROVINCE = "50"
_SYNTHETIC_PREFIX = "305"


class IdProblem(StrEnum):
    """What is wrong, or only unusual, in a cédula or a RUC."""

    EMPTY = "empty"
    NOT_DIGITS = "not_digits"
    LENGTH = "length"
    PROVINCE = "province"
    THIRD_DIGIT = "third_digit"
    ESTABLISHMENT = "establishment"
    CHECK_DIGIT = "check_digit"


class TaxpayerKind(StrEnum):
    """Whose RUC it is, as its third digit tells."""

    NATURAL = "natural"
    PUBLIC = "publica"
    COMPANY = "juridica"


@dataclass(frozen=True)
class Verdict:
    """What a number turned out to be.

    `ok` tells whether it may be used, `normalised` holds its digits alone (empty when not ok), `problem` why
    it may not, `warnings` what to ask the person to look at again, and `kind` whose RUC it is.
    """

    ok: bool
    normalised: str = ""
    problem: IdProblem | None = None
    warnings: tuple[IdProblem, ...] = ()
    kind: TaxpayerKind | None = None


def check_cedula(text: str) -> Verdict:
    """Judge a cédula as typed (spaces, dots and hyphens are let through); a wrong check digit refuses it."""
    number, problem = _digits(text, length=10)
    if problem:
        return Verdict(ok=False, problem=problem)
    if not _cedula_digit_fits(number):
        return Verdict(ok=False, problem=IdProblem.CHECK_DIGIT)
    return Verdict(ok=True, normalised=number, warnings=_cedula_warnings(number))


def check_ruc(text: str) -> Verdict:
    """Judge a RUC as typed and tell its kind; check digits and branches other than 001 only warn."""
    number, problem = _digits(text, length=13)
    if problem:
        return Verdict(ok=False, problem=problem)
    kind = _kind(number)
    establishment = number[9:] if kind is TaxpayerKind.PUBLIC else number[10:]
    if not int(establishment):
        return Verdict(ok=False, problem=IdProblem.ESTABLISHMENT)
    warnings = list(_cedula_warnings(number)) if kind is TaxpayerKind.NATURAL else _province_warnings(number)
    if not _fits(number, kind):
        warnings.append(IdProblem.CHECK_DIGIT)
    if int(establishment) != 1:
        warnings.append(IdProblem.ESTABLISHMENT)
    return Verdict(ok=True, normalised=number, warnings=tuple(warnings), kind=kind)


def synthetic_cedula(number: int) -> str:
    """The cédula of the `number`-th invented person (0 to 999 999), with a right check digit.

    All begin with 305: a serial above five million among those registered abroad, far beyond any ever issued.
    Raises ValueError outside the range.
    """
    if not 0 <= number <= 999_999:
        raise ValueError("synthetic cédulas are numbered from 0 to 999 999")
    body = f"{_SYNTHETIC_PREFIX}{number:06d}"
    return body + _cedula_digit(body)


def synthetic_ruc(number: int, kind: TaxpayerKind) -> str:
    """The RUC of the `number`-th invented taxpayer of a kind (0 to 9 999), in the range of province 30.

    One digit of each serial is spent on reaching a modulus-11 check digit that exists. Raises ValueError
    outside the range.
    """
    if not 0 <= number <= 9_999:
        raise ValueError("synthetic RUCs are numbered from 0 to 9 999")
    if kind is TaxpayerKind.NATURAL:
        return f"{synthetic_cedula(number)}001"
    public = kind is TaxpayerKind.PUBLIC
    weights = _PUBLIC_WEIGHTS if public else _COMPANY_WEIGHTS
    stem = f"{_ABROAD}6{number:04d}" if public else f"{_ABROAD}9{number:05d}"
    body = next(stem + filler for filler in "0123456789" if _modulus_11(stem + filler, weights) != "10")
    return body + _modulus_11(body, weights) + ("0001" if public else "001")


def is_synthetic(number: str) -> bool:
    """Whether a normalised cédula or RUC belongs to the invented people and bodies of a demonstration.

    Province 30 is no place where a public body or a company could be registered.
    """
    return number.startswith(_SYNTHETIC_PREFIX if len(number) == 10 else (_SYNTHETIC_PREFIX, "306", "309"))


def _digits(text: str, *, length: int) -> tuple[str, IdProblem | None]:
    number = _SEPARATORS.sub("", text)
    problem = None
    if not number:
        problem = IdProblem.EMPTY
    elif not re.fullmatch("[0-9]+", number):
        problem = IdProblem.NOT_DIGITS
    elif len(number) != length:
        problem = IdProblem.LENGTH
    elif not ("01" <= number[:2] <= "24" or number[:2] in {_ABROAD, _UNCONFIRMED_PROVINCE}):
        problem = IdProblem.PROVINCE
    elif number[2] not in ("0123456" if length == 10 else "01234569"):
        problem = IdProblem.THIRD_DIGIT
    return number, problem


def _kind(ruc: str) -> TaxpayerKind:
    """By the third digit; where two readings exist, the one whose check digit fits."""
    if ruc[2] < "6":
        return TaxpayerKind.NATURAL
    usual, other = (
        (TaxpayerKind.PUBLIC, TaxpayerKind.NATURAL)
        if ruc[2] == "6"
        else (TaxpayerKind.COMPANY, TaxpayerKind.PUBLIC)
    )
    return other if not _fits(ruc, usual) and _fits(ruc, other) else usual


def _fits(ruc: str, kind: TaxpayerKind) -> bool:
    if kind is TaxpayerKind.NATURAL:
        return _cedula_digit_fits(ruc[:10])
    if kind is TaxpayerKind.PUBLIC:
        return _modulus_11(ruc[:8], _PUBLIC_WEIGHTS) == ruc[8]
    return _modulus_11(ruc[:9], _COMPANY_WEIGHTS) == ruc[9]


def _cedula_digit_fits(number: str) -> bool:
    return _cedula_digit(number[:9]) == number[9]


def _cedula_digit(body: str) -> str:
    products = (int(digit) * weight for digit, weight in zip(body, _CEDULA_WEIGHTS, strict=True))
    return str(-sum(product - 9 if product > 9 else product for product in products) % 10)


def _modulus_11(body: str, weights: tuple[int, ...]) -> str:
    """The check digit, or "10" for a body that can have none."""
    return str(-sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11)


def _province_warnings(number: str) -> list[IdProblem]:
    return [IdProblem.PROVINCE] if number[:2] == _UNCONFIRMED_PROVINCE else []


def _cedula_warnings(number: str) -> tuple[IdProblem, ...]:
    return (*_province_warnings(number), *([IdProblem.THIRD_DIGIT] if number[2] == "6" else []))
