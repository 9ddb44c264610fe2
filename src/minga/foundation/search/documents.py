"""What goes into the index and what comes out of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from minga.kernel.references import Reference

_KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True, kw_only=True)
class Document:
    """Something a person can find: its words count most in `title`, then `institution`, then `keywords`.

    `body` only widens what is found. `institution` is the full name, with the acronym if there is one.
    `weight` multiplies the score (1 is usual). `url` is an address of this site. Raises ValueError for a kind
    that is not a plain word, an address elsewhere, an empty title or a weight that is not positive.
    """

    kind: str
    reference: Reference
    title: str
    url: str
    body: str = ""
    institution: str = ""
    keywords: Sequence[str] = ()
    language: str = "es"
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise ValueError(f"not a kind of document: {self.kind[:40]!r}")
        if not self.url.startswith("/") or self.url.startswith("//"):
            raise ValueError(f"not an address of this site: {self.url[:80]!r}")
        if not self.title.strip():
            raise ValueError("a document needs a title")
        if not 0 < self.weight < float("inf"):
            raise ValueError("a document's weight is a positive number")


@dataclass(frozen=True)
class Fragment:
    """A piece of text to show, `marked` when it holds a word that was searched. Plain text, not HTML."""

    text: str
    marked: bool = False


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A document that was found. `snippet` is a piece of its body around the searched words, or empty."""

    title: str
    url: str
    kind: str
    reference: Reference
    institution: str
    score: float
    heading: tuple[Fragment, ...]
    """the title in pieces, to mark the searched words"""
    snippet: tuple[Fragment, ...]


@dataclass(frozen=True, kw_only=True)
class Results:
    """One page of what a question found, best first.

    `corrected` is the question with its misspelt words mended ("" when nothing was), already applied.
    `counts` says how many of each kind there are, whichever kinds were asked for; `total` only counts those.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    corrected: str = ""
    seconds: float = 0.0
    counts: Mapping[str, int] = field(default_factory=dict)
    page: int = 1
    size: int = 10


@dataclass(frozen=True)
class Suggestion:
    """A title that begins as somebody is typing, and where it leads."""

    title: str
    url: str
    kind: str
