"""Reading the guidelines: the version in force, older ones, and what changed between two."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.search import Document
from minga.kernel.cards import Label
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.cloud.models import Guideline, Question, Section
from minga.modules.cloud.models.guideline import GuidelineState

_TOKEN = re.compile(r"\S+|\n+")
"""A word, or the end of a paragraph."""


def published() -> QuerySet[Guideline]:
    """Published versions, the newest first."""
    return Guideline.objects.filter(state=GuidelineState.PUBLISHED)


def in_force() -> Guideline | None:
    """The newest published version; None before the first."""
    return published().first()


def version(number: int) -> Guideline:
    """A published version; NotFound otherwise."""
    return _found(published(), number)


def any_version(number: int) -> Guideline:
    """A version, draft or not, for those who write them; NotFound otherwise."""
    return _found(Guideline.objects.all(), number)


def _found(rows: QuerySet[Guideline], number: int) -> Guideline:
    found = rows.filter(number=number).first()
    if found is None:
        raise NotFound(_("No hay una versión de los lineamientos con ese número."))
    return found


@dataclass(frozen=True)
class Piece:
    """Some words of a text: kept, added or removed between two versions."""

    text: str
    mark: str
    """ "", "added" or "removed" """


@dataclass(frozen=True)
class Change:
    """What became of one section or question: `kind` is added, removed or changed."""

    kind: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Changes:
    """All that differs between two versions."""

    old: Guideline
    new: Guideline
    introduction: tuple[Piece, ...]
    sections: tuple[Change, ...]
    questions: tuple[Change, ...]

    @property
    def none(self) -> bool:
        """Whether nothing differs."""
        return not (self.introduction or self.sections or self.questions)


def changes(old: Guideline, new: Guideline) -> Changes:
    """What differs between two versions, word by word (four queries)."""
    differs = old.introduction != new.introduction
    return Changes(
        old,
        new,
        _pieces(old.introduction, new.introduction) if differs else (),
        _changed(old.sections.all(), new.sections.all()),
        _changed(old.questions.all(), new.questions.all()),
    )


def _changed(
    before: Iterable[Section] | Iterable[Question], after: Iterable[Section] | Iterable[Question]
) -> tuple[Change, ...]:
    old = {row.key: row for row in before}
    new = {row.key: row for row in after}
    found = [
        Change("added", str(row), _pieces("", _words(row))) for key, row in new.items() if key not in old
    ]
    for key, row in old.items():
        if key not in new:
            found.append(Change("removed", str(row), _pieces(_words(row), "")))
        elif _words(row) != _words(new[key]):
            found.append(Change("changed", str(new[key]), _pieces(_words(row), _words(new[key]))))
    return tuple(found)


def _words(row: Section | Question) -> str:
    """All that a section or a question says, as one text."""
    if isinstance(row, Section):
        return f"{row.title}\n\n{row.text}"
    weight = _("crítica") if row.critical else _("no crítica")
    details = [row.text, row.help, row.remedy, row.basis, f"{weight}, {_('peso')} {row.weight}"]
    return "\n\n".join(details)


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(" ".join(after[first:last]), ""))
            continue
        if end > start:
            pieces.append(Piece(" ".join(before[start:end]), "removed"))
        if last > first:
            pieces.append(Piece(" ".join(after[first:last]), "added"))
    return tuple(pieces)


def guideline_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call each version on a page (one query)."""
    found = published().filter(number__in=[int(reference.id) for reference in references])
    return {
        entry.reference: Label(
            _("%(title)s, versión %(number)s") % {"title": entry.title, "number": entry.number},
            reverse("cloud:guideline", args=[entry.number]),
        )
        for entry in found
    }


def search_document(entry: Guideline) -> Document:
    """How people find the guidelines in force."""
    sections = " ".join(f"{section.title} {section.text}" for section in entry.sections.all())
    return Document(
        kind="cloud",
        reference=entry.reference,
        title=entry.title,
        body=f"{entry.introduction} {sections}",
        url=reverse("cloud:guidelines"),
    )
