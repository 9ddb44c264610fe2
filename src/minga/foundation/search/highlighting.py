"""Marking the searched words in what was found, as pieces of plain text: the page escapes them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.db import connection

from minga.foundation.search.documents import Fragment
from minga.foundation.search.question import Term
from minga.kernel.text import fold

SNIPPET = 240
"""characters, about two lines"""
LEAD = 60
"""characters kept before the first marked word"""
_WORD = re.compile(r"[^\W_]+")
_LEXEME = re.compile(r"'(\w+)'")
_SHORTEST_ROOT = 3
_UNACCENTED = str.maketrans("áàâäãéèêëíìîïóòôöõúùûüñç", "aaaaaeeeeiiiiooooouuuunc")

_MATCHING = """
    SELECT word FROM unnest(%s::text[]) AS word
    WHERE (to_tsvector('spanish', word) || to_tsvector('es_ua', word)) @@ %s::tsquery
"""


class Highlighter:
    """Knows which words of some texts answer a question; one query for all the texts of a page."""

    def __init__(self, terms: Iterable[Term], texts: Iterable[str]) -> None:
        lexemes = {lexeme for term in terms for lexeme in _LEXEME.findall(term.wide)}
        # A stem differs from its words at the end only; two letters less, because some endings are replaced.
        roots = tuple({fold(lexeme)[: max(_SHORTEST_ROOT, len(lexeme) - 2)] for lexeme in lexemes})
        present = set(_WORD.findall(unicodedata.normalize("NFC", "\n".join(texts)).lower()))
        candidates = [word for word in present if word.translate(_UNACCENTED).startswith(roots)]
        self._marked = self._matching(candidates, lexemes) if candidates else frozenset()

    def mark(self, text: str) -> tuple[Fragment, ...]:
        """The whole text in pieces, the searched words marked."""
        text = unicodedata.normalize("NFC", text)
        pieces: list[Fragment] = []
        done = 0
        for word in self._answering(text):
            if word.start() > done:
                pieces.append(Fragment(text[done : word.start()]))
            pieces.append(Fragment(word.group(), marked=True))
            done = word.end()
        if done < len(text):
            pieces.append(Fragment(text[done:]))
        return tuple(pieces)

    def snippet(self, text: str) -> tuple[Fragment, ...]:
        """About two lines of the text around its first searched word; its beginning when it has none."""
        line = unicodedata.normalize("NFC", " ".join(text.split()))
        first = next((word.start() for word in self._answering(line)), 0)
        start = 0 if first <= LEAD else line.rfind(" ", 0, first - LEAD) + 1
        end = len(line) if len(line) - start <= SNIPPET else line.rfind(" ", start, start + SNIPPET)
        end = end if end > start else min(len(line), start + SNIPPET)
        return self.mark(f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}")

    def _answering(self, text: str) -> Iterator[re.Match[str]]:
        return (word for word in _WORD.finditer(text) if word.group().lower() in self._marked)

    @staticmethod
    def _matching(candidates: list[str], lexemes: set[str]) -> frozenset[str]:
        query = " | ".join(f"'{lexeme}'" for lexeme in sorted(lexemes))
        with connection.cursor() as cursor:
            cursor.execute(_MATCHING, [candidates, query])
            return frozenset(row[0] for row in cursor.fetchall())
