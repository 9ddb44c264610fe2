"""Titles that fit what somebody is typing: its words as beginnings of the title's words, mended if need be."""

from django.db import connection

from minga.foundation.search.documents import Suggestion
from minga.foundation.search.reading import folded, plain
from minga.kernel.text import fold

MOST_WORDS = 8
LONGEST_TYPED = 120
SHORTEST_TYPED = 2
MOST = 20
_CANDIDATES = 60
_SMALL = frozenset(
    {
        "a",
        "al",
        "con",
        "de",
        "del",
        "el",
        "en",
        "la",
        "las",
        "lo",
        "los",
        "o",
        "para",
        "por",
        "que",
        "su",
        "un",
        "una",
        "y",
    }
)

_TITLES = """
    SELECT title, min(url), min(kind) FROM (
        SELECT title, url, kind, weight, title_words, id FROM search_document
        WHERE words @@ %s::tsquery ORDER BY weight DESC, title_words, id LIMIT %s
    ) AS found GROUP BY title ORDER BY max(weight) DESC, min(title_words), min(id)
"""
_MEND = """
    SELECT coalesce(CASE WHEN NOT EXISTS (
        SELECT 1 FROM search_word k WHERE starts_with(k.word, a.word)
    ) THEN (
        SELECT v.word FROM search_word v
        WHERE v.word %% a.word
            AND levenshtein_less_equal(left(v.word, length(a.word)), a.word, 2) <= least(2, length(a.word) / 3)
        ORDER BY levenshtein(left(v.word, length(a.word)), a.word), v.documents DESC, v.word LIMIT 1
    ) END, a.word)
    FROM unnest(%s::text[]) WITH ORDINALITY AS a(word, number) ORDER BY number
"""


def suggest(text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """Titles for what has been typed so far, those that begin with it first; none for a single letter.

    One query; two more when nothing fits and a word had to be mended.
    """
    typed = folded(text[:LONGEST_TYPED])
    if len(typed) < SHORTEST_TYPED:
        return ()
    words = _telling(typed.split()[:MOST_WORDS])
    found = _titles(words)
    if not found:
        mended = _mended(words)
        found = _titles(mended) if mended != words else []
    found.sort(key=lambda each: not fold(plain(each.title)).startswith(typed))
    return tuple(found[: min(max(limit, 1), MOST)])


def _telling(words: list[str]) -> list[str]:
    """Without small words, which a title may write or not; the last one may be the start of another word."""
    return [word for word in words[:-1] if word not in _SMALL] + words[-1:]


def _titles(words: list[str]) -> list[Suggestion]:
    query = " & ".join(f"'{word}':*" for word in words)
    with connection.cursor() as cursor:
        cursor.execute(_TITLES, [query, _CANDIDATES])
        return [Suggestion(*row) for row in cursor.fetchall()]


def _mended(words: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_MEND, [words])
        return [row[0] for row in cursor.fetchall()]
