"""The territory as readers see it: provinces, their cantons, their parishes, and who governs them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from minga.kernel.errors import NotFound
from minga.modules.directory.models import Institution, Place, PlaceLevel
from minga.modules.directory.queries.register import Link
from minga.modules.directory.queries.summaries import titled


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in a list, with how many parts it has on the day."""

    code: str
    name: str
    level: str
    parts: int
    verified: bool


@dataclass(frozen=True, kw_only=True)
class PlaceProfile:
    """Everything about one place on a day."""

    place: Place
    level: str
    ancestors: tuple[Link, ...]
    parts: tuple[PlaceRow, ...]
    parts_title: str
    governments: tuple[Link, ...]

    @property
    def verified(self) -> bool:
        """Whether somebody has checked the place's name and dates."""
        return self.place.status == "confirmado"


def provinces(*, on: date) -> list[PlaceRow]:
    """The provinces that exist on a day, in Spanish order, and the zones that no canton has been given."""
    levels = [PlaceLevel.PROVINCE, PlaceLevel.UNDELIMITED]
    return _rows(Q(parent=None, level__in=levels), on)


def place_counts(*, on: date) -> dict[str, int]:
    """How many places of each level exist on a day."""
    rows = Place.objects.on(on).order_by().values_list("level").annotate(total=Count("code"))
    return {str(level): total for level, total in rows}


def place_profile(code: str, *, on: date) -> PlaceProfile:
    """The place with this code, its parts on a day and the governments of both; NotFound for an unknown code."""
    place = Place.objects.select_related("parent__parent").filter(code=code).first()
    if place is None:
        raise NotFound(_("No hay ningún lugar con el código «%(code)s».") % {"code": code[:6]})
    ancestors: list[Link] = []
    above = place.parent
    while above is not None:
        ancestors.insert(0, Link(above.code, above.name))
        above = above.parent
    parts = _rows(Q(parent=place), on)
    return PlaceProfile(
        place=place,
        level=place.get_level_display(),
        ancestors=tuple(ancestors),
        parts=tuple(parts),
        parts_title=_("Parroquias") if place.level == PlaceLevel.CANTON else _("Cantones"),
        governments=_governments(place, on),
    )


def all_places(*, on: date) -> list[tuple[str, str, str, str, str]]:
    """(code, level, name, code of what it belongs to, status) of every place that exists on a day, by code."""
    return list(
        Place.objects.on(on).order_by("code").values_list("code", "level", "name", "parent_id", "status")
    )


def cantons(*, on: date) -> list[tuple[str, str]]:
    """(code, "Cantón (Provincia)") of every canton that exists on a day, in Spanish order."""
    rows = Place.objects.on(on).filter(level=PlaceLevel.CANTON).order_by("sort_key", "code")
    return [
        (code, f"{name} ({above})") for code, name, above in rows.values_list("code", "name", "parent__name")
    ]


def _rows(which: Q, on: date) -> list[PlaceRow]:
    exists = (Q(parts__valid_from=None) | Q(parts__valid_from__lte=on)) & (
        Q(parts__valid_until=None) | Q(parts__valid_until__gt=on)
    )
    found = Place.objects.on(on).filter(which).annotate(total=Count("parts", filter=exists))
    rows = found.order_by("sort_key", "code").values_list("code", "name", "level", "total", "status")
    return [
        PlaceRow(code, name, str(PlaceLevel(level).label), total, status == "confirmado")
        for code, name, level, total, status in rows
    ]


def _governments(place: Place, on: date) -> tuple[Link, ...]:
    rows = (
        Institution.objects.on(on)
        .filter(Q(place=place) | Q(place__parent=place))
        .order_by("place__sort_key", "sort_key", "id")
        .values_list("code", "name", "acronym")
    )
    return tuple(Link(code, titled(name, acronym)) for code, name, acronym in rows)
