"""Marking the searched words in what was found, as pieces of plain text: the page escapes them."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.db import connection

from minga.foundation.search.documents import Fragment
from minga.foundation.search.question import Term
from minga.foundation.search.reading import LONGEST_WORD, words
from minga.kernel.text import fold

SNIPPET = 240
"""characters, about two lines"""
LEAD = 60
"""characters kept before the first marked word"""
_WORD = re.compile(r"[^\W_]+")
_LEXEME = re.compile(r"'(\w+)'")
_SHORTEST_ROOT = 3

_MATCHING = """
    SELECT word FROM unnest(%s::text[]) AS word
    WHERE (to_tsvector('spanish', word) || to_tsvector('es_ua', word)) @@ %s::tsquery
"""


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=20_000)
def _written(word: str) -> str:
    """The word as `words` gives it."""
    return unicodedata.normalize("NFKC", word).lower()[:LONGEST_WORD]


class Highlighter:
    """Knows which words of some texts answer a question; one query for all the texts of a page."""

    def __init__(self, terms: Iterable[Term], texts: Iterable[str]) -> None:
        lexemes = {lexeme for term in terms for lexeme in _LEXEME.findall(term.wide)}
        # A stem differs from its words at the end only; two letters less, because some endings are replaced.
        roots = tuple({fold(lexeme)[: max(_SHORTEST_ROOT, len(lexeme) - 2)] for lexeme in lexemes})
        present = {word for text in texts for word in words(text)}
        candidates = [word for word in present if _folded(word).startswith(roots)]
        self._marked = self._matching(candidates, lexemes) if candidates else frozenset()

    def mark(self, text: str) -> tuple[Fragment, ...]:
        """The whole text in pieces, the searched words marked."""
        pieces: list[Fragment] = []
        done = 0
        for found in _WORD.finditer(text):
            if self._answers(found.group()):
                if found.start() > done:
                    pieces.append(Fragment(text[done : found.start()]))
                pieces.append(Fragment(found.group(), marked=True))
                done = found.end()
        if done < len(text):
            pieces.append(Fragment(text[done:]))
        return tuple(pieces)

    def snippet(self, text: str) -> tuple[Fragment, ...]:
        """About two lines of the text around its first searched word; its beginning when it has none."""
        line = " ".join(text.split())
        first = next((found.start() for found in _WORD.finditer(line) if self._answers(found.group())), 0)
        start = 0 if first <= LEAD else line.rfind(" ", 0, first - LEAD) + 1
        end = len(line) if len(line) - start <= SNIPPET else line.rfind(" ", start, start + SNIPPET)
        end = end if end > start else min(len(line), start + SNIPPET)
        return self.mark(f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}")

    def _answers(self, word: str) -> bool:
        return _written(word) in self._marked

    @staticmethod
    def _matching(candidates: list[str], lexemes: set[str]) -> frozenset[str]:
        query = " | ".join(f"'{lexeme}'" for lexeme in sorted(lexemes))
        with connection.cursor() as cursor:
            cursor.execute(_MATCHING, [candidates, query])
            return frozenset(row[0] for row in cursor.fetchall())
