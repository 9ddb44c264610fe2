"""Putting documents into the index, taking them out, and building it again from what the rooms list."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from minga.foundation.search import synonyms, vocabulary
from minga.foundation.search.documents import Document
from minga.foundation.search.reading import LONGEST_TEXT, folded, plain
from minga.kernel import cards
from minga.kernel.references import Reference

BATCH = 500
_BOTH = "to_tsvector('spanish', %({0})s) || to_tsvector('es_ua', %({0})s)"
_VECTOR = " || ".join(
    f"setweight({_BOTH.format(part)}, '{label}')"
    for part, label in (("title_plain", "A"), ("institution_plain", "B"), ("keywords_plain", "C"))
)
_COLUMNS = """reference, kind, url, language, title, institution, keywords, body, weight, title_words,
    vector, body_vector, words, indexed_at"""
_FRESH = ", ".join(f"EXCLUDED.{name.strip()}" for name in _COLUMNS.split(","))
_PUT = f"""
    INSERT INTO search_document ({_COLUMNS})
    VALUES (%(reference)s, %(kind)s, %(url)s, %(language)s, %(title)s, %(institution)s, %(keywords)s,
        %(body)s, %(weight)s, %(title_words)s, {_VECTOR}, {_BOTH.format("body_plain")},
        strip(to_tsvector('simple', %(all_plain)s) || to_tsvector('simple', %(all_folded)s)),
        clock_timestamp())
    ON CONFLICT (reference) DO UPDATE SET ({_COLUMNS}) = ({_FRESH})
"""  # noqa: S608 - made of constants


def index(documents: Iterable[Document]) -> int:
    """Put these documents into the index, in the caller's transaction; says how many.

    A document with a reference that is already there takes the other's place.
    """
    done = 0
    for batch in _batches(documents):
        rows = [_row(each) for each in sorted(batch, key=lambda each: each.reference)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_PUT, rows)
        done += len(rows)
    return done


def remove(references: Iterable[Reference]) -> int:
    """Take these out of the index, in the caller's transaction; says how many were there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_document WHERE reference = ANY(%s)", [[str(each) for each in references]]
        )
        return int(cursor.rowcount)


def rebuild(progress: Callable[[str, int], None] = lambda title, done: None) -> int:
    """Build the whole index again from what the rooms' cards list; says how many documents there are.

    What no room lists any more goes. `progress` hears the title of each source and how many are done.
    People keep searching meanwhile: each source replaces its own documents in one transaction.
    """
    sources = cards.each(lambda room: room.search)
    total = 0
    for source in sources:
        with transaction.atomic():
            started = _moment()
            done = 0
            for batch in _batches(source.documents()):
                done += index(batch)
                progress(source.title, done)
            _forget("kind = %s AND indexed_at < %s", source.kind, started)
        total += done
    _forget("kind <> ALL(%s)", [source.kind for source in sources])
    vocabulary.refresh()
    with transaction.atomic():
        synonyms.understand_again()
    return total


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    remaining = iter(documents)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _row(document: Document) -> dict[str, Any]:
    title, institution, body = (
        _storable(text) for text in (document.title, document.institution, document.body)
    )
    keywords = [_storable(each) for each in document.keywords]
    everything = " ".join([title, institution, *keywords])
    title_plain = plain(title)
    return {
        "reference": str(document.reference),
        "kind": document.kind,
        "url": document.url,
        "language": document.language,
        "title": title,
        "institution": institution,
        "keywords": keywords,
        "body": body,
        "weight": document.weight,
        "title_plain": title_plain,
        "title_words": min(len(title_plain.split()), 1000),
        "institution_plain": plain(institution),
        "keywords_plain": plain(" ".join(keywords)),
        "body_plain": plain(body),
        "all_plain": plain(everything),
        "all_folded": folded(everything),
    }


def _storable(text: str) -> str:
    """PostgreSQL keeps no NUL, and a text longer than this would outgrow its vector."""
    return text.replace("\0", " ")[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")


def _moment() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment


def _forget(condition: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_document WHERE {condition}", values)  # noqa: S608 - our own constant
