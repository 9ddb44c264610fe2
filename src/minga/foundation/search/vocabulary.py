"""The words of the titles: what a misspelt word may have meant, and where a word's accents go."""

from django.db import connection, transaction

from minga.kernel.text import fold

_COUNT = "SELECT word, ndoc FROM ts_stat('SELECT words FROM search_document') WHERE word ~ '[^0-9]'"


def refresh() -> int:
    """Count the words of all titles again and keep what changed; says how many words there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search_word'))")
        cursor.execute(_COUNT)
        counted: list[tuple[str, int]] = cursor.fetchall()
        rows = _spellings(counted)
        cursor.execute(
            """
            WITH fresh AS (
                SELECT * FROM unnest(%s::text[], %s::text[], %s::int[]) AS f(word, spelling, documents)
            ), gone AS (
                DELETE FROM search_word w WHERE NOT EXISTS (SELECT 1 FROM fresh f WHERE f.word = w.word)
            )
            INSERT INTO search_word (word, spelling, documents) SELECT word, spelling, documents FROM fresh
            ON CONFLICT (word) DO UPDATE SET spelling = EXCLUDED.spelling, documents = EXCLUDED.documents
            WHERE (search_word.spelling, search_word.documents)
                IS DISTINCT FROM (EXCLUDED.spelling, EXCLUDED.documents)
            """,
            [list(column) for column in zip(*rows, strict=True)] or [[], [], []],
        )
    return len(rows)


def _spellings(counted: list[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """(folded word, its most usual spelling with accents, documents) of every word; ties by the alphabet."""
    documents = {word: count for word, count in counted if word == fold(word)}
    accented: dict[str, tuple[int, str]] = {}
    for word, count in counted:
        key = fold(word)
        if key != word:
            accented[key] = max(accented.get(key, (0, "")), (count, word))
    return [
        (word, accented[word][1] if word in accented else word, count) for word, count in documents.items()
    ]
