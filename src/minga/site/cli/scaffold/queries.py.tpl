"""Reading the ${room} room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from minga.kernel.cards import Label
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.${room}.models import Entry


@dataclass(frozen=True)
class EntrySummary:
    """An entry as pages and other rooms see it."""

    reference: Reference
    code: str
    title: str
    published_on: date


def entries() -> list[EntrySummary]:
    """All entries, newest first (one query)."""
    return [_summary(entry) for entry in Entry.objects.all()]


def entry(*, code: str) -> EntrySummary:
    """The entry with this code; NotFound otherwise."""
    found = Entry.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("No hay una entrada con esa dirección."))
    return _summary(found)


def entry_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call each entry on a page (one query)."""
    found = Entry.objects.filter(code__in=[reference.id for reference in references])
    return {item.reference: Label(item.title) for item in found}


def _summary(found: Entry) -> EntrySummary:
    return EntrySummary(found.reference, found.code, found.title, found.published_on)
