"""Spanish text: how it is ordered, folded for comparison, put in an address and cleaned on arrival."""

import re
import unicodedata
from enum import StrEnum

from minga.kernel.errors import Invalid

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile("[0-9]+")
_LONGEST_LENGTH = 99


class TextProblem(StrEnum):
    """Why a text cannot be kept."""

    CONTROL = "control"
    BIDI = "bidi"


class BadText(Invalid):
    """A text holds characters that no reader sees and that could deceive one; `problem` says which kind."""

    def __init__(self, problem: TextProblem, message: str) -> None:
        super().__init__(message)
        self.problem = problem


def N_(message: str) -> str:
    """Mark a Spanish message for Babel, to be translated where it is shown; returns it unchanged."""
    return message


def fold(text: str, *, keep_enie: bool = False) -> str:
    """The text without case and accents, so that two spellings of one word compare equal.

    `keep_enie` leaves ñ apart from n (año is not ano). In NFC; folding again changes nothing.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(
        mark
        for index, mark in enumerate(decomposed)
        if not unicodedata.combining(mark)
        or (keep_enie and mark == "\u0303" and index > 0 and decomposed[index - 1] == "n")
    )
    return unicodedata.normalize("NFC", kept)


def sort_key(text: str) -> str:
    """A key whose plain byte order (collation C) is the Spanish alphabetical order of the texts.

    á sorts as a, ñ after every other n, case and punctuation do not count, numbers go by value (Zona 2
    before Zona 10) and before letters; runs of 99 digits or more come after shorter ones, as text.
    Equal keys need a tie-break by id.
    """
    words = _NOT_WORD.sub(" ", fold(text, keep_enie=True)).strip()
    return _DIGITS.sub(_number_key, words.replace("ñ", "n~"))


def _number_key(match: re.Match[str]) -> str:
    digits = match.group().lstrip("0")
    return f"{min(len(digits), _LONGEST_LENGTH):02d}{digits}"


def slug(text: str, *, max_length: int = 80) -> str:
    """The text as part of an address: a-z, 0-9 and hyphens; ñ becomes n. Cut between words where it can be.

    Empty when no letter or digit can be written so: the caller needs something else then.
    """
    words = re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")
    if len(words) <= max_length:
        return words
    cut = words[: max_length + 1].rfind("-")
    return words[: cut if cut > 0 else max_length]


def clean_line(text: str) -> str:
    """One line as a person meant it: NFC, inner spaces single, no invisible characters, trimmed.

    Raises BadText for control characters (NUL, escape...) and for those that turn the writing around.
    """
    return " ".join(_checked(text).split())


def clean_text(text: str) -> str:
    """Several lines as a person meant them: each like `clean_line`, at most one empty line between two."""
    lines = (" ".join(line.split()) for line in _LINE_END.sub("\n", _checked(text)).split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _checked(text: str) -> str:
    if _CONTROL.search(text):
        raise BadText(
            TextProblem.CONTROL,
            N_("El texto tiene caracteres de control que no se pueden guardar. Escríbalo sin copiarlo."),
        )
    if _BIDI.search(text):
        raise BadText(
            TextProblem.BIDI,
            N_("El texto tiene marcas ocultas que cambian la dirección de lectura. Escríbalo sin copiarlo."),
        )
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
