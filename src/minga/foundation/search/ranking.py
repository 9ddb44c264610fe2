"""Finding documents, best first.

Each word of a question looks for itself (or for the word it was mended to) and for what its synonyms mean. A
document's score is the sum over the words it has of rarity × place: rarity is ln(1 + (N - n + 0.5)/(n + 0.5)),
with n of the N documents having the word (the idf of Okapi BM25); place says where it stands. The sum is lowered
for long titles and raised when every word is met. No word is demanded, for natural questions hold words that no
title has; but a document that only shares common words with a question that has rarer ones is left out. Bodies
settle the order among the best, and give more where titles give little.
"""

import json
import math
import re
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from minga.foundation.search.documents import Hit, Results
from minga.foundation.search.highlighting import Highlighter
from minga.foundation.search.question import Term, ask
from minga.kernel.references import Reference

MOST_PER_PAGE = 100
MOST_PAGES = 1000
COMMON = 1 / 20
"""share of the documents above which a word is common"""
BODY_READ = 2000
"""characters of a body in which words to mark are looked for"""
_NUMBERS = {"enough": 100, "window": 30, "body_read": BODY_READ}
"""with `enough` documents found, bodies are not asked for more; in the first `window`, bodies settle the order"""

_COUNT = """
    SELECT (SELECT count(*) FROM search_document), array_agg(
        (SELECT count(*) FROM search_document d WHERE d.vector @@ a.wide) ORDER BY a.number)
    FROM unnest(%s::tsquery[]) WITH ORDINALITY AS a(wide, number)
"""
_FIND = """
    WITH asked AS (
        SELECT * FROM unnest(%(own)s::tsquery[], %(own_in_title)s::tsquery[], %(wide)s::tsquery[],
            %(wide_in_title)s::tsquery[], %(rarity)s::float8[]) AS a(own, own_in_title, wide, wide_in_title, rarity)
    ), titled AS MATERIALIZED (
        SELECT d.id, d.kind, d.weight * s.sum / (1 + 0.03::float8 * d.title_words)
            * CASE WHEN s.words = %(words)s THEN 1.2 ELSE 1 END::float8 AS score
        FROM search_document d CROSS JOIN LATERAL (
            SELECT count(*) AS words, sum(a.rarity * CASE
                WHEN d.vector @@ a.own_in_title THEN 1.0
                WHEN d.vector @@ a.wide_in_title THEN 0.75
                WHEN d.vector @@ a.own THEN 0.4
                ELSE 0.3 END::float8) AS sum
            FROM asked a WHERE d.vector @@ a.wide
        ) AS s
        WHERE d.vector @@ %(telling)s::tsquery
    ), scored AS MATERIALIZED (
        SELECT id, kind, score FROM titled
        UNION ALL
        SELECT d.id, d.kind, 0.01::float8 * d.weight
        FROM unnest(%(every)s::tsquery[]) AS every JOIN search_document d ON d.body_vector @@ every
        WHERE (SELECT count(*) FROM titled) < %(enough)s
            AND NOT EXISTS (SELECT 1 FROM titled t WHERE t.id = d.id)
    ), counts AS (
        SELECT coalesce(jsonb_object_agg(kind, n), '{}')::text AS counts
        FROM (SELECT kind, count(*) AS n FROM scored GROUP BY kind) AS per_kind
    ), ordered AS MATERIALIZED (
        SELECT id, score, row_number() OVER (ORDER BY score DESC, id) > %(window)s AS far
        FROM scored WHERE %(every_kind)s OR kind = ANY(%(kinds)s)
    ), inside AS (
        SELECT near.id, 0.05::float8 * sum(a.rarity) AS more
        FROM (SELECT id FROM ordered WHERE NOT far LIMIT %(window)s) AS near CROSS JOIN asked a
            JOIN search_document d ON d.id = near.id AND d.body_vector @@ a.wide GROUP BY near.id
    ), best AS (
        SELECT id, far, score + coalesce(more, 0) AS score FROM ordered LEFT JOIN inside USING (id)
        ORDER BY far, score + coalesce(more, 0) DESC, id LIMIT %(size)s OFFSET %(skipped)s
    )
    SELECT counts, d.title, d.url, d.kind, d.reference, d.institution, left(d.body, %(body_read)s), b.score
    FROM counts LEFT JOIN (best b JOIN search_document d USING (id)) ON true
    ORDER BY b.far, b.score DESC, b.id
"""


@dataclass(frozen=True)
class _Plan:
    """The words of a question with their rarities, and the query that a title must meet to be listed."""

    terms: list[Term]
    rarities: list[float]
    telling: str


def search(text: str, *, kinds: Collection[str] = (), page: int = 1, size: int = 10) -> Results:
    """What a question finds, best first; of the given kinds, or of all. Any text is a harmless question.

    At most five database queries, none for a text without words. A page after the last is empty.
    """
    started = time.perf_counter()
    page, size = min(max(page, 1), MOST_PAGES), min(max(size, 1), MOST_PER_PAGE)
    question = ask(text)
    counts: dict[str, int] = {}
    hits: tuple[Hit, ...] = ()
    if question.terms:
        counts, rows = _find(_plan(question.terms), kinds, page, size)
        hits = _hits(question.terms, rows)
    return Results(
        hits=hits,
        total=sum(count for kind, count in counts.items() if not kinds or kind in kinds),
        corrected=question.corrected,
        seconds=time.perf_counter() - started,
        counts=counts,
        page=page,
        size=size,
    )


def _plan(terms: list[Term]) -> _Plan:
    """Weigh the words: by those that are neither common nor absent titles are listed, or else by all."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [[term.wide for term in terms]])
        whole, having = cursor.fetchone()
    telling = [term for term, n in zip(terms, having, strict=True) if 0 < n <= whole * COMMON]
    return _Plan(
        terms=terms,
        rarities=[math.log(1 + (whole - n + 0.5) / (n + 0.5)) for n in having],
        telling=" | ".join(f"({term.wide})" for term in telling or terms),
    )


def _find(
    plan: _Plan, kinds: Collection[str], page: int, size: int
) -> tuple[dict[str, int], list[tuple[Any, ...]]]:
    """How many of each kind there are, and the rows of one page."""
    own = [term.query for term in plan.terms]
    wide = [term.wide for term in plan.terms]
    values: dict[str, Any] = {
        "own": own,
        "own_in_title": [_in_title(query) for query in own],
        "wide": wide,
        "wide_in_title": [_in_title(query) for query in wide],
        "rarity": plan.rarities,
        "telling": plan.telling,
        "every": [" & ".join(f"({query})" for query in wide)],
        "words": len(wide),
        "every_kind": not kinds,
        "kinds": list(kinds),
        "size": size,
        "skipped": (page - 1) * size,
        **_NUMBERS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND, values)
        rows = cursor.fetchall()
    return json.loads(rows[0][0]), [row[1:] for row in rows if row[1] is not None]


def _in_title(query: str) -> str:
    """The same query for words of weight A only; `query` is PostgreSQL's own text of a tsquery."""
    return re.sub(r"'(\w+)'", r"'\1':A", query)


def _hits(terms: list[Term], rows: list[tuple[Any, ...]]) -> tuple[Hit, ...]:
    marker = Highlighter(terms, [text for row in rows for text in (row[0], row[5])])
    return tuple(
        Hit(
            title=title,
            url=url,
            kind=kind,
            reference=Reference(reference),
            institution=institution,
            score=score,
            heading=marker.mark(title),
            snippet=marker.snippet(body),
        )
        for title, url, kind, reference, institution, body, score in rows
    )
