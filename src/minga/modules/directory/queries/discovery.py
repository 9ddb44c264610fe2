"""How the register's things are found and called elsewhere: search documents and labels of references."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.search import Document
from minga.kernel.cards import Label, Panel
from minga.kernel.clock import today
from minga.kernel.references import Reference
from minga.modules.directory.models import (
    Institution,
    InstitutionFunction,
    InstitutionType,
    Place,
    PlaceLevel,
)
from minga.modules.directory.queries.summaries import titled
from minga.modules.directory.queries.territory import place_counts
from minga.ui.formats import number

_FOUND = {PlaceLevel.PROVINCE: 1.0, PlaceLevel.CANTON: 0.9}
"""Levels that search lists, and how much their documents weigh."""

_LABELS = "SELECT id, code, name, acronym FROM directory_institution WHERE id = ANY(%s)"


def home_panel() -> Panel:
    """What the first page tells of the register: how many institutions and places exist today."""
    places = place_counts(on=today())
    territory = reverse("directory:territory")
    return Panel(
        _("El Estado, registrado"),
        [
            (
                _("Instituciones"),
                number(Institution.objects.on(today()).count()),
                reverse("directory:institutions"),
            ),
            (_("Provincias"), number(places.get(PlaceLevel.PROVINCE, 0)), territory),
            (_("Cantones"), number(places.get(PlaceLevel.CANTON, 0)), territory),
            (_("Parroquias"), number(places.get(PlaceLevel.PARISH, 0)), territory),
        ],
    )


def institution_documents() -> Iterator[Document]:
    """What search knows of every institution."""
    rows = Institution.objects.select_related("sector", "place").prefetch_related("names", "former_codes")
    yield from map(document, rows)


def document(institution: Institution) -> Document:
    """What search knows of one institution: present and former names, acronyms, what it is and where."""
    former = [name for name in institution.names.all() if name.name != institution.name]
    what = [
        str(InstitutionType(institution.type).label),
        str(InstitutionFunction(institution.function).label),
    ]
    what += [related.name for related in (institution.sector, institution.place) if related]
    codes = [institution.code, *(row.code for row in institution.former_codes.all())]
    return Document(
        kind="institution",
        reference=institution.reference,
        title=titled(institution.name, institution.acronym),
        url=reverse("directory:institution", args=[institution.code]),
        keywords=(*codes, *(titled(name.name, name.acronym) for name in former)),
        body=". ".join(what),
        weight=0.5 if institution.valid_until else 1.0,
    )


def place_documents() -> Iterator[Document]:
    """What search knows of provinces and cantons; a parish's name leads to its canton."""
    places = list(Place.objects.order_by("code"))
    names = {place.code: place.name for place in places}
    parishes: dict[str | None, list[str]] = defaultdict(list)
    for place in places:
        if place.level == PlaceLevel.PARISH:
            parishes[place.parent_id].append(place.name)
    for place in places:
        if place.level in _FOUND:
            yield Document(
                kind="place",
                reference=place.reference,
                title=place.name,
                url=reverse("directory:place", args=[place.code]),
                keywords=tuple(filter(None, (place.also_known_as, place.seat))),
                body=" · ".join(
                    [
                        str(PlaceLevel(place.level).label),
                        names.get(place.parent_id or "", ""),
                        *parishes[place.code],
                    ]
                ),
                weight=_FOUND[PlaceLevel(place.level)],
            )


def institution_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """The title and page of each institution that is known.

    Asks with one array instead of Django's `IN`, and makes one address instead of each: an indicator names
    hundreds at once.
    """
    asked = {key: item for item in references if (key := _key(item))}
    pages = reverse("directory:institutions")
    with connection.cursor() as cursor:
        cursor.execute(_LABELS, [list(asked)])
        return {
            asked[key]: Label(titled(name, acronym), f"{pages}{code}/")
            for key, code, name, acronym in cursor.fetchall()
        }


def place_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """The name and page of each place that is known."""
    rows = Place.objects.filter(pk__in=[item.id for item in references])
    return {
        Reference.of("place", code): Label(name, reverse("directory:place", args=[code]))
        for code, name in rows.values_list("code", "name")
    }


def _key(reference: Reference) -> UUID | None:
    try:
        return UUID(reference.id)
    except ValueError:
        return None
