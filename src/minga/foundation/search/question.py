"""Reading a question: its words, what a misspelt one meant, where the accents go, and what else to look for."""

from dataclasses import dataclass, field

from django.db import connection

from minga.foundation.search.reading import folded, question_words

LONGEST_SYNONYM = 4
SHORTEST_MENDED = 5

_READ = """
    WITH asked AS (
        SELECT * FROM unnest(%s::text[], %s::text[], %s::boolean[])
            WITH ORDINALITY AS a(typed, word, mendable, number)
    ), seen AS (
        SELECT a.*, to_tsvector('es_ua', a.word) AS stems, w.spelling,
            NOT a.mendable OR w.word IS NOT NULL
            OR EXISTS (SELECT 1 FROM search_document d WHERE d.vector @@ plainto_tsquery('es_ua', a.word))
            OR EXISTS (SELECT 1 FROM search_document d WHERE d.body_vector @@ plainto_tsquery('es_ua', a.word))
            AS known
        FROM asked a LEFT JOIN search_word w ON w.word = a.word
    ), mended AS (
        SELECT s.number, s.typed, coalesce(c.word, s.word) AS word,
            coalesce(c.spelling, s.spelling, s.typed) AS spelling, c.word IS NOT NULL AS corrected
        FROM seen s LEFT JOIN LATERAL (
            SELECT v.word, v.spelling FROM search_word v
            WHERE NOT s.known AND v.word %% s.word AND levenshtein_less_equal(v.word, s.word, 2) <= 2
                AND NOT EXISTS (
                    SELECT 1 FROM search_synonym_group g
                    WHERE g.active AND array_to_string(tsvector_to_array(s.stems), '')
                        = ANY(string_to_array(array_to_string(g.stems, ' '), ' '))
                )
            ORDER BY levenshtein(v.word, s.word), similarity(v.word, s.word) DESC, v.documents DESC, v.word
            LIMIT 1
        ) c ON true
    )
    SELECT typed, spelling, corrected, array_to_string(tsvector_to_array(to_tsvector('es_ua', word)), ''),
        (plainto_tsquery('es_ua', word) || plainto_tsquery('spanish', spelling))::text
    FROM mended ORDER BY number
"""

_SYNONYMS = "SELECT stems, expansion FROM search_synonym_group WHERE active AND stems && %s ORDER BY id"


@dataclass
class Term:
    """A word of a question: as typed, as most spell what it meant, its stem and what it looks for.

    `query` and `synonyms` are texts of PostgreSQL's type tsquery.
    """

    typed: str
    spelling: str
    corrected: bool
    stem: str
    query: str
    synonyms: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The word as typed, or as it was mended."""
        return self.spelling if self.corrected else self.typed

    @property
    def wide(self) -> str:
        """What the word looks for, its synonyms included."""
        return " | ".join(f"({query})" for query in dict.fromkeys((self.query, *self.synonyms)))


@dataclass(frozen=True)
class Question:
    """What was understood: the words that say something (no stop words), and the whole text if it was mended."""

    terms: list[Term]
    corrected: str = ""


def ask(text: str) -> Question:
    """Read a question: at most two database queries, none when it holds no word."""
    every = _read(text)
    terms = [term for term in every if term.stem and term.query]
    if terms:
        _add_synonyms(terms)
    mended = any(term.corrected for term in every)
    return Question(terms, " ".join(term.shown for term in every) if mended else "")


def _read(text: str) -> list[Term]:
    typed = question_words(text)
    if not typed:
        return []
    plain = [folded(word) for word in typed]
    mendable = [len(word) >= SHORTEST_MENDED and word.isalpha() for word in plain]
    with connection.cursor() as cursor:
        cursor.execute(_READ, [typed, plain, mendable])
        return [Term(*row) for row in cursor.fetchall()]


def _add_synonyms(terms: list[Term]) -> None:
    """Give each term what the stewards say people mean by it, alone or with its neighbours."""
    runs: dict[str, list[Term]] = {}
    for first in range(len(terms)):
        for last in range(first + 1, min(first + LONGEST_SYNONYM, len(terms)) + 1):
            runs.setdefault(" ".join(term.stem for term in terms[first:last]), []).extend(terms[first:last])
    with connection.cursor() as cursor:
        cursor.execute(_SYNONYMS, [list(runs)])
        for stems, expansion in cursor.fetchall():
            for stem in stems:
                for term in runs.get(stem, ()):
                    term.synonyms.append(expansion)
