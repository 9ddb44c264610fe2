"""The register as readers see it: the list on a day, and everything about one institution."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import and_
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minga.foundation.composed import composed_once
from minga.kernel.clock import today
from minga.kernel.errors import NotFound
from minga.kernel.text import slug, sort_key
from minga.modules.directory.models import (
    FormerCode,
    Institution,
    InstitutionFunction,
    InstitutionName,
    InstitutionType,
    Membership,
    PriorityGroup,
    Register,
    Sector,
    Status,
    Succession,
    SuccessionKind,
)
from minga.modules.directory.queries.summaries import covering, titled

_ROW = (
    "id",
    "code",
    "name",
    "acronym",
    "type",
    "function",
    "sector__name",
    "valid_from",
    "valid_until",
    "status",
)
_MAX_WORDS = 8
_Values = QuerySet[Any, tuple[Any, ...]]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which institutions to list: those that exist on `day` (None: ever) and fit everything else given."""

    day: date | None = None
    text: str = ""
    type: str = ""
    function: str = ""
    sector: str = ""
    status: str = ""
    place: str = ""
    parent: str = ""
    ids: Collection[UUID] | None = None


class InstitutionRow(NamedTuple):
    """A line of the list, in words; a tuple, because lists are long."""

    id: UUID
    code: str
    name: str
    acronym: str
    type: str
    function: str
    sector: str
    valid_from: date | None
    valid_until: date | None
    status: str


@dataclass(frozen=True)
class Link:
    """Another institution or a place: its code, and what it is called."""

    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class DatedName:
    """What the institution was called in a time."""

    name: str
    acronym: str
    since: date | None
    until: date | None
    norm: str
    verified: bool

    @property
    def title(self) -> str:
        """The name with its acronym in brackets."""
        return titled(self.name, self.acronym)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """Work passed from or to another institution (None when nobody took it)."""

    other: Link | None
    code: str
    kind: str
    day: date | None
    norm: str
    verified: bool


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Time spent in a register."""

    register: str
    title: str
    since: date
    until: date | None
    norm: str
    verified: bool


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Everything the register holds on one institution."""

    institution: Institution
    title: str
    type: str
    function: str
    sector: str
    parent: Link | None
    place: Link | None
    groups: tuple[Link, ...]
    names: tuple[DatedName, ...]
    predecessors: tuple[Passage, ...]
    successors: tuple[Passage, ...]
    dependents: tuple[Link, ...]
    stays: tuple[Stay, ...]

    def exists_on(self, day: date) -> bool:
        """Whether the institution exists that day; an unknown date leaves its side open."""
        since, until = self.institution.valid_from, self.institution.valid_until
        return (since is None or since <= day) and (until is None or day < until)


def matching(filters: Filters) -> Q:
    """The condition that the institutions which fit keep."""
    exact = {
        "type": filters.type,
        "function": filters.function,
        "sector_id": filters.sector,
        "status": filters.status,
        "place_id": filters.place,
        "parent__code": filters.parent,
    }
    fits = Q(**{name: value for name, value in exact.items() if value})
    if filters.day is not None:
        fits &= covering(filters.day)
    if filters.ids is not None:
        fits &= Q(id__in=filters.ids)
    return fits & _matches(filters.text) if filters.text else fits


def listing(*, filters: Filters, order: str = "sort_key") -> QuerySet[Institution, tuple[Any, ...]]:
    """The institutions that fit, as a queryset of values for `rows_of`, to be counted and cut into pages."""
    return Institution.objects.filter(matching(filters)).order_by(order, "id").values_list(*_ROW)


def rows_of(items: Iterable[tuple[Any, ...]], day: date | None) -> list[InstitutionRow]:
    """The listed values in words, each institution under the name it had on `day`."""
    speaking = get_language()
    types, functions = _words(InstitutionType, speaking), _words(InstitutionFunction, speaking)
    sectors: dict[str | None, str] = {None: ""}
    names = names_then(day)
    rows = []
    for key, code, name, acronym, type_, function, sector, *rest in items:
        called = names.get(key, (name, acronym)) if names else (name, acronym)
        if sector not in sectors:
            sectors[sector] = _(sector)
        words = (types[type_], functions[function], sectors[sector])
        rows.append(InstitutionRow._make((key, code, *called, *words, *rest)))
    return rows


def sector_choices() -> list[tuple[str, str]]:
    """(code, name) of each sector in the reader's language, in its order."""
    named = [(code, _(name)) for code, name in Sector.objects.values_list("code", "name")]
    return sorted(named, key=lambda sector: sort_key(sector[1]))


def present_code(former: str) -> str:
    """The code of the institution that was once called `former` in addresses; NotFound when none was."""
    code = FormerCode.objects.filter(code=former).values_list("institution__code", flat=True).first()
    if code is None:
        raise NotFound(_("No hay ninguna institución con esa dirección. Búsquela por su nombre en la lista."))
    return str(code)


def profile(code: str) -> Profile:
    """Everything about the institution with this present code; NotFound when there is none."""
    found = _institution(code)
    if not found:
        raise NotFound(_("No hay ninguna institución con esa dirección. Búsquela por su nombre en la lista."))
    (row,) = found
    institution = Institution.from_db(DEFAULT_DB_ALIAS, _KEPT, row[: len(_KEPT)])
    sector, *others = row[len(_KEPT) :]
    parent, place = others[:3], others[3:]
    took, gave = _passages_of(institution.pk)
    return Profile(
        institution=institution,
        title=titled(institution.name, institution.acronym),
        type=institution.get_type_display(),
        function=institution.get_function_display(),
        sector=_(sector) if sector else "",
        parent=_link(*parent),
        place=Link(*place) if institution.place_id else None,
        groups=tuple(Link(code, _(name)) for code, name in _groups(institution.pk)),
        names=tuple(
            DatedName(
                name=name,
                acronym=acronym,
                since=since,
                until=until or institution.valid_until,
                norm=norm,
                verified=status == Status.CONFIRMED,
            )
            for name, acronym, since, until, norm, status in _names(institution.pk)
        ),
        predecessors=took,
        successors=gave,
        dependents=tuple(
            Link(code, titled(name, acronym)) for code, name, acronym in _dependents(institution.pk)
        ),
        stays=stays_of(institution.pk),
    )


def stays_of(id: UUID) -> tuple[Stay, ...]:
    """Every stay of the institution in a register, by register and date."""
    return tuple(
        Stay(
            register=register,
            title=str(Register(register).label),
            since=since,
            until=until,
            norm=norm,
            verified=status == Status.CONFIRMED,
        )
        for register, since, until, norm, status in _stays(id)
    )


@cache
def _words(choices: type[TextChoices], language: str | None) -> dict[str, str]:
    """Each choice in the language that is spoken now, translated once."""
    return {str(value): str(label) for value, label in choices.choices}


def _matches(text: str) -> Q:
    """Every word in the name (accents and case aside), or in the acronym or the code."""
    words = [word for word in text.split() if sort_key(word)][:_MAX_WORDS]
    return reduce(and_, map(_holds, words), Q()) if words else Q(pk__in=[])


def _holds(word: str) -> Q:
    found = Q(sort_key__contains=sort_key(word)) | Q(acronym__icontains=word)
    return found | Q(code__contains=slug(word)) if slug(word) else found


def names_then(day: date | None) -> dict[UUID, tuple[str, str]]:
    """(name, acronym) of that day of each institution whose name is no longer that one; one query at most."""
    if day is None or day >= today():
        return {}
    rows = InstitutionName.objects.filter(covering(day), valid_until__isnull=False).order_by()
    return {
        key: (name, acronym) for key, name, acronym in rows.values_list("institution_id", "name", "acronym")
    }


def _link(code: str | None, name: str, acronym: str) -> Link | None:
    return Link(code, titled(name, acronym)) if code else None


def _passages_of(id: UUID) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """What the institution took over from others, and what it gave."""
    took: list[Passage] = []
    gave: list[Passage] = []
    for successor_id, kind, day, norm, status, *both in _passages(id):
        took_over = successor_id == id
        passage = Passage(
            other=_link(*both[:3]) if took_over else _link(*both[3:]),
            code=kind,
            kind=str(SuccessionKind(kind).label),
            day=day,
            norm=norm,
            verified=status == Status.CONFIRMED,
        )
        (took if took_over else gave).append(passage)
    return tuple(took), tuple(gave)


_KEPT = tuple(field.attname for field in Institution._meta.concrete_fields)


@composed_once
def _institution(code: str) -> _Values:
    related = ("sector__name", *_called("parent"), "place__code", "place__name")
    return Institution.objects.filter(code=code).order_by().values_list(*_KEPT, *related)


@composed_once
def _passages(id: UUID) -> _Values:
    columns = (
        "successor_id",
        "kind",
        "date",
        "norm",
        "status",
        *_called("predecessor"),
        *_called("successor"),
    )
    return Succession.objects.filter(Q(predecessor_id=id) | Q(successor_id=id)).values_list(*columns)


@composed_once
def _groups(id: UUID) -> _Values:
    return PriorityGroup.objects.filter(institutions__id=id).values_list("code", "name")


@composed_once
def _names(id: UUID) -> _Values:
    columns = ("name", "acronym", "valid_from", "valid_until", "norm", "status")
    return InstitutionName.objects.filter(institution_id=id).values_list(*columns)


@composed_once
def _dependents(id: UUID) -> _Values:
    there = Institution.objects.filter(parent_id=id, valid_until__isnull=True)
    return there.values_list("code", "name", "acronym")


@composed_once
def _stays(id: UUID) -> _Values:
    columns = ("register", "valid_from", "valid_until", "norm", "status")
    return (
        Membership.objects.filter(institution_id=id).order_by("register", "valid_from").values_list(*columns)
    )


def _called(relation: str) -> tuple[str, str, str]:
    return f"{relation}__code", f"{relation}__name", f"{relation}__acronym"
