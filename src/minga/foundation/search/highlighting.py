"""Marking the searched words in what was found, as pieces of plain text: the page escapes them."""

import re
import unicodedata
from collections.abc import Iterable

from django.db import connection

from minga.foundation.search.documents import Fragment
from minga.foundation.search.question import Term
from minga.kernel.text import fold

SNIPPET = 240
"""characters, about two lines"""
LEAD = 60
"""characters kept before the first marked word"""
_LEXEME = re.compile(r"'(\w+)'")
_SHORTEST_ROOT = 3
_ACCENTED = {"a": "[aáàâä]", "e": "[eéèêë]", "i": "[iíìîï]", "o": "[oóòôö]", "u": "[uúùûü]", "n": "[nñ]"}

_MATCHING = """
    SELECT word FROM unnest(%s::text[]) AS word
    WHERE (to_tsvector('spanish', word) || to_tsvector('es_ua', word)) @@ %s::tsquery
"""


def _pattern(choices: Iterable[str], ending: str = "") -> re.Pattern[str]:
    """Finds whole words that are one of these (or begin so, with an `ending`) in any case; without any, nothing."""
    either = "|".join(sorted(choices)) or r"(?!)"
    return re.compile(rf"(?<![^\W_])((?:{either}){ending})(?![^\W_])", re.IGNORECASE)


def _root(lexeme: str) -> str:
    """How a word with this stem begins, its accents any: stems differ from words at the end, replaced at times."""
    root = fold(lexeme)[: max(_SHORTEST_ROOT, len(lexeme) - 2)]
    return "".join(_ACCENTED.get(letter, re.escape(letter)) for letter in root)


class Highlighter:
    """Knows which words of some texts answer a question; one query for all the texts of a page."""

    def __init__(self, terms: Iterable[Term], texts: Iterable[str]) -> None:
        lexemes = {lexeme for term in terms for lexeme in _LEXEME.findall(term.wide)}
        promising = _pattern({_root(lexeme) for lexeme in lexemes}, r"[^\W_]*")
        every = unicodedata.normalize("NFC", "\n".join(texts))
        candidates = sorted({word.lower() for word in promising.findall(every)})
        self._marked = _pattern(map(re.escape, self._matching(candidates, lexemes) if candidates else []))

    def mark(self, text: str) -> tuple[Fragment, ...]:
        """The whole text in pieces, the searched words marked."""
        pieces = self._marked.split(unicodedata.normalize("NFC", text))
        return tuple(Fragment(piece, marked=place % 2 == 1) for place, piece in enumerate(pieces) if piece)

    def snippet(self, text: str) -> tuple[Fragment, ...]:
        """About two lines of the text around its first searched word; its beginning when it has none."""
        line = unicodedata.normalize("NFC", " ".join(text.split()))
        found = self._marked.search(line)
        first = found.start() if found else 0
        start = 0 if first <= LEAD else line.rfind(" ", 0, first - LEAD) + 1
        end = len(line) if len(line) - start <= SNIPPET else line.rfind(" ", start, start + SNIPPET)
        end = end if end > start else min(len(line), start + SNIPPET)
        return self.mark(f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}")

    @staticmethod
    def _matching(candidates: list[str], lexemes: set[str]) -> list[str]:
        query = " | ".join(f"'{lexeme}'" for lexeme in sorted(lexemes))
        with connection.cursor() as cursor:
            cursor.execute(_MATCHING, [candidates, query])
            return [row[0] for row in cursor.fetchall()]
