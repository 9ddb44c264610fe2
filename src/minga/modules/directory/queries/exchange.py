"""The register and the territory as other programs read them: in pages, with codes, on any day."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minga.foundation.api.paging import Cut, Paging, Question, cut_rows
from minga.kernel.text import sort_key
from minga.modules.directory.models import Institution, Place, Sector
from minga.modules.directory.queries.register import Filters, matching, names_then

_KEYS = ("sort_key", "id")
_ENTRY = (
    *_KEYS,
    "code",
    "name",
    "acronym",
    "type",
    "function",
    "sector_id",
    "sector__name",
    "parent__code",
    "place_id",
    "valid_from",
    "valid_until",
    "status",
    "synthetic",
)
_PLACE = (
    "code",
    "level",
    "name",
    "also_known_as",
    "seat",
    "parent_id",
    "valid_from",
    "valid_until",
    "status",
)


class Entry(NamedTuple):
    """An institution in the register, with codes for what it belongs to."""

    sort_key: str
    id: UUID
    code: str
    name: str
    acronym: str
    type: str
    function: str
    sector: str | None
    sector_name: str | None
    parent: str | None
    place: str | None
    valid_from: date | None
    valid_until: date | None
    status: str
    synthetic: bool


class PlaceEntry(NamedTuple):
    """A place, with the code of what it belongs to."""

    code: str
    level: str
    name: str
    also_known_as: str
    seat: str
    parent: str | None
    valid_from: date | None
    valid_until: date | None
    status: str


@cache
def _entries() -> QuerySet[Institution, tuple[Any, ...]]:
    """All institutions as values: finding their columns takes longer than reading fifty of them, so it is done once."""
    return Institution.objects.values_list(*_ENTRY)


def entries(*, filters: Filters, page: Paging) -> Cut[Entry]:
    """A page of the institutions that fit, in Spanish order, each under the name it had on the filters' day.

    Two queries, and one more for a day that has passed.
    """
    asked = filters if filters.ids is None else replace(filters, ids=tuple(filters.ids))
    question = Question(Institution, asked, lambda: _entries().filter(matching(asked)))
    found = cut_rows(question, keys=_KEYS, page=page)
    then = names_then(filters.day)
    items = [Entry._make(row) for row in found.items]
    if then:
        items = [
            entry._replace(name=then[entry.id][0], acronym=then[entry.id][1]) if entry.id in then else entry
            for entry in items
        ]
    return Cut(items=items, before=found.before, after=found.after, total=found.total)


def place_entries(
    *, on: date, page: Paging, level: str = "", parent: str = "", text: str = ""
) -> Cut[PlaceEntry]:
    """A page of the places that exist on a day and fit, by code; two queries."""
    exact = {name: value for name, value in (("level", level), ("parent_id", parent)) if value}
    found = Place.objects.on(on).filter(**exact)
    for word in text.split():
        found = found.filter(sort_key__contains=sort_key(word))
    cut = cut_rows(found.values_list(*_PLACE), keys=("code",), page=page)
    return Cut([PlaceEntry._make(row) for row in cut.items], cut.before, cut.after, cut.total)


def sectors() -> list[tuple[str, str, bool]]:
    """(code, name in the reader's language, whether the plan names it) of each sector, by code."""
    rows = Sector.objects.order_by("code").values_list("code", "name", "in_plan")
    return [(code, _(name), in_plan) for code, name, in_plan in rows]
