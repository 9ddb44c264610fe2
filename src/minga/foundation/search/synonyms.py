"""What a group of synonyms becomes for PostgreSQL: the stems that call it and the query that it adds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from minga.foundation.search.reading import folded, plain

_STEMS = """
    SELECT coalesce(string_agg(stem, ' ' ORDER BY number), '') FROM (
        SELECT array_to_string(tsvector_to_array(to_tsvector('es_ua', word)), '') AS stem, number
        FROM unnest(string_to_array(%s, ' ')) WITH ORDINALITY AS w(word, number)
    ) AS stems WHERE stem <> ''
"""
_QUERY = "SELECT plainto_tsquery('es_ua', %s)::text, plainto_tsquery('spanish', %s)::text"


@dataclass(frozen=True)
class Understood:
    """How PostgreSQL reads a group; an empty stem is of a text without any telling word."""

    stems: tuple[str, ...]
    expansion: str


def understand(asked: Sequence[str], means: Sequence[str]) -> Understood:
    """Read a group with the analyzers of the running PostgreSQL (their stems differ between versions)."""
    stems = tuple(_ask(_STEMS, [folded(each)])[0] for each in asked)
    queries = [query for each in means for query in _ask(_QUERY, [folded(each), plain(each)])]
    return Understood(stems, " | ".join(f"({query})" for query in dict.fromkeys(queries) if query))


def understand_again() -> None:
    """Read every group again: after PostgreSQL was upgraded, its stems may be others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, asked, means FROM search_synonym_group ORDER BY id FOR UPDATE")
        for number, asked, means in cursor.fetchall():
            read = understand(asked, means)
            cursor.execute(
                "UPDATE search_synonym_group SET stems = %s, expansion = %s WHERE id = %s",
                [list(read.stems), read.expansion, number],
            )


def _ask(sql: str, values: Iterable[str]) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        row: tuple[str, ...] = cursor.fetchone()
        return row
