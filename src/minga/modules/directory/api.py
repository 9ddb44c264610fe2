"""The directory for programs: institutions on any day, the registers they belong to, and the territory."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db.models import TextChoices
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Router

from minga.foundation.api.paging import Paging, cut_sequence
from minga.foundation.api.shapes import Addresses, Coded, Listing, Titled
from minga.kernel.clock import today
from minga.kernel.errors import NotFound
from minga.kernel.text import N_
from minga.modules.directory import queries, schemas
from minga.modules.directory.indicators import POPULATIONS, members
from minga.modules.directory.models import (
    InstitutionFunction,
    InstitutionType,
    PlaceLevel,
    Register,
    Status,
)
from minga.modules.directory.queries import Filters
from minga.ui.http import page

router = Router()


@router.get(
    "/institutions",
    response=Listing[schemas.Institution],
    operation_id="listInstitutions",
    summary=N_("Las instituciones del Estado que existen un día"),
    tags=["institutions"],
)
@page(queries=4)
def list_institutions(
    request: HttpRequest, asked: Query[schemas.InstitutionFilters], paging: Query[Paging]
) -> Listing[schemas.Institution]:
    """Institutions of the State that exist on a day.

    In Spanish alphabetical order, each under the name it had that day.
    """
    day = asked.on or today()
    filters = Filters(
        day=day,
        text=asked.q or "",
        type=asked.type or "",
        function=asked.function or "",
        sector=asked.sector or "",
        status=asked.status or "",
        place=asked.place or "",
        parent=asked.parent or "",
        ids=members(asked.member_of, on=day) if asked.member_of else None,
    )
    found = queries.entries(filters=filters, page=paging)
    return Listing[schemas.Institution].of(request, found, _institutions(request, found.items), on=day)


@router.get(
    "/institutions/{code}",
    response=schemas.InstitutionDetail,
    operation_id="getInstitution",
    summary=N_("Una institución, con sus nombres, sus antecesoras y sus registros"),
    tags=["institutions"],
)
@page(queries=11)
def get_institution(
    request: HttpRequest, code: schemas.InstitutionCode, asked: Query[schemas.OnDay]
) -> schemas.InstitutionDetail:
    """An institution with everything the register holds on it.

    A code that it had before finds it too. Not found on a day when it did not exist.
    """
    try:
        profile = queries.profile(code)
    except NotFound:
        profile = queries.profile(queries.present_code(code))
    if asked.on and not profile.exists_on(asked.on):
        raise NotFound(_("Ese día la institución no existía."))
    return _detail(Addresses.of(request), profile, asked.on or today())


@router.get(
    "/registers",
    response=Listing[schemas.Population],
    operation_id="listRegisters",
    summary=N_("Los registros de instituciones que sirven de base a los porcentajes del plan"),
    tags=["institutions"],
)
@page(queries=3)
def list_registers(
    request: HttpRequest, asked: Query[schemas.OnDay], paging: Query[Paging]
) -> Listing[schemas.Population]:
    """Registers that shares of the plan are divided by, with how many belong to each on a day.

    Who they are: `/institutions?member_of=`.
    """
    day, to = asked.on or today(), Addresses.of(request)
    found = cut_sequence(sorted(POPULATIONS), key=str, name="directory.registers", page=paging)
    items = [
        schemas.Population(
            code=Register(code),
            title=str(Register(code).label),
            on=day,
            members=len(members(code, on=day)),
            links={
                "members": f"{to.api('institutions')}?member_of={code}&on={day}",
                "html": to.page(f"{reverse('directory:population')}?registro={code}&fecha={day}"),
            },
        )
        for code in found.items
    ]
    return Listing[schemas.Population].of(request, found, items, on=day)


@router.get(
    "/sectors",
    response=Listing[schemas.Sector],
    operation_id="listSectors",
    summary=N_("Los sectores en que se agrupan las instituciones"),
    tags=["institutions"],
)
@page(queries=1)
def list_sectors(request: HttpRequest, paging: Query[Paging]) -> Listing[schemas.Sector]:
    """Sectors of public policy that group institutions, by code."""
    to = Addresses.of(request)
    found = cut_sequence(queries.sectors(), key=lambda row: row[0], name="directory.sectors", page=paging)
    items = [
        schemas.Sector(
            code=code,
            name=name,
            in_plan=in_plan,
            links={"institutions": f"{to.api('institutions')}?sector={code}"},
        )
        for code, name, in_plan in found.items
    ]
    return Listing[schemas.Sector].of(request, found, items)


@router.get(
    "/places",
    response=Listing[schemas.Place],
    operation_id="listPlaces",
    summary=N_("Las provincias, los cantones y las parroquias"),
    tags=["territory"],
)
@page(queries=2)
def list_places(
    request: HttpRequest, asked: Query[schemas.PlaceFilters], paging: Query[Paging]
) -> Listing[schemas.Place]:
    """Provinces, cantons and parishes that exist on a day, by INEC code."""
    day = asked.on or today()
    found = queries.place_entries(
        on=day,
        page=paging,
        level=asked.level or "",
        parent=asked.parent or "",
        text=asked.q or "",
    )
    to = Addresses.of(request)
    return Listing[schemas.Place].of(request, found, [_place(to, entry) for entry in found.items], on=day)


@router.get(
    "/places/{code}",
    response=schemas.PlaceDetail,
    operation_id="getPlace",
    summary=N_("Un lugar: a qué pertenece y quién lo gobierna"),
    tags=["territory"],
)
@page(queries=3)
def get_place(
    request: HttpRequest, code: schemas.PlaceCode, asked: Query[schemas.OnDay]
) -> schemas.PlaceDetail:
    """A place with what it is part of and who governs it and its parts."""
    profile = queries.place_profile(code, on=asked.on or today())
    to, place = Addresses.of(request), profile.place
    shown = _place(
        to,
        queries.PlaceEntry(
            place.code,
            place.level,
            place.name,
            place.also_known_as,
            place.seat,
            place.parent_id,
            place.valid_from,
            place.valid_until,
            place.status,
        ),
    )
    return schemas.PlaceDetail(
        **dict(shown),
        ancestors=[_titled(to, "places", link) for link in profile.ancestors],
        parts=len(profile.parts),
        governments=[_titled(to, "institutions", link) for link in profile.governments],
    )


def _institutions(request: HttpRequest, entries: Iterable[queries.Entry]) -> list[schemas.Institution]:
    to = Addresses.of(request)
    here, pages = to.api("institutions"), to.page(reverse("directory:institutions"))
    language = get_language()
    return [
        schemas.Institution(
            urn=f"urn:minga:institution:{entry.id}",
            code=entry.code,
            name=entry.name,
            acronym=entry.acronym,
            type=_coded(InstitutionType, entry.type, language),
            function=_coded(InstitutionFunction, entry.function, language),
            sector=_sector(entry.sector, entry.sector_name, language),
            parent=entry.parent,
            place=entry.place,
            valid_from=entry.valid_from,
            valid_until=entry.valid_until,
            verified=entry.status == Status.CONFIRMED,
            synthetic=entry.synthetic,
            links={"self": f"{here}/{entry.code}", "html": f"{pages}{entry.code}/"},
        )
        for entry in entries
    ]


def _detail(to: Addresses, profile: queries.Profile, day: date) -> schemas.InstitutionDetail:
    kept = profile.institution
    called = next((name for name in profile.names if _covers(name, day)), kept)
    links = {
        "self": to.api("institutions", kept.code),
        "html": to.page(reverse("directory:institution", args=[kept.code])),
    }
    if profile.parent:
        links["parent"] = to.api("institutions", profile.parent.code)
    if profile.place:
        links["place"] = to.api("places", profile.place.code)
    return schemas.InstitutionDetail(
        urn=kept.reference,
        code=kept.code,
        name=called.name,
        acronym=called.acronym,
        type=_coded(InstitutionType, kept.type, get_language()),
        function=_coded(InstitutionFunction, kept.function, get_language()),
        sector=Coded(code=kept.sector_id, name=profile.sector) if kept.sector_id else None,
        parent=profile.parent.code if profile.parent else None,
        place=kept.place_id,
        synthetic=kept.synthetic,
        verified=kept.status == Status.CONFIRMED,
        **{name: getattr(kept, name) for name in _AS_KEPT},
        priority_groups=[Coded(code=group.code, name=group.title) for group in profile.groups],
        names=[_name(name) for name in profile.names],
        predecessors=[_passage(to, passage) for passage in profile.predecessors],
        successors=[_passage(to, passage) for passage in profile.successors],
        registers=[_stay(stay) for stay in profile.stays],
        dependents=[_titled(to, "institutions", link) for link in profile.dependents],
        links=links,
    )


_AS_KEPT = (
    "valid_from",
    "valid_until",
    "created_by",
    "closed_by",
    "source",
    "ruc",
    "gobec_id",
    "websites",
    "email",
    "phone",
    "address",
)


def _covers(name: queries.DatedName, day: date) -> bool:
    return (name.since is None or name.since <= day) and (name.until is None or day < name.until)


def _name(name: queries.DatedName) -> schemas.DatedName:
    return schemas.DatedName(
        name=name.name,
        acronym=name.acronym,
        valid_from=name.since,
        valid_until=name.until,
        norm=name.norm,
        verified=name.verified,
    )


def _passage(to: Addresses, passage: queries.Passage) -> schemas.Passage:
    return schemas.Passage(
        institution=_titled(to, "institutions", passage.other) if passage.other else None,
        kind=Coded(code=passage.code, name=passage.kind),
        on=passage.day,
        norm=passage.norm,
        verified=passage.verified,
    )


def _stay(stay: queries.Stay) -> schemas.Stay:
    return schemas.Stay(
        code=Register(stay.register),
        title=stay.title,
        valid_from=stay.since,
        valid_until=stay.until,
        norm=stay.norm,
        verified=stay.verified,
    )


def _place(to: Addresses, entry: queries.PlaceEntry) -> schemas.Place:
    links = {
        "self": to.api("places", entry.code),
        "parts": f"{to.api('places')}?parent={entry.code}",
        "html": to.page(reverse("directory:place", args=[entry.code])),
    }
    if entry.parent:
        links["parent"] = to.api("places", entry.parent)
    values = entry._asdict()
    level, status = values.pop("level"), values.pop("status")
    return schemas.Place(
        urn=f"urn:minga:place:{entry.code}",
        level=_coded(PlaceLevel, level, get_language()),
        verified=status == Status.CONFIRMED,
        links=links,
        **values,
    )


def _titled(to: Addresses, kind: str, link: queries.Link) -> Titled:
    return Titled(code=link.code, title=link.title, links={"self": to.api(kind, link.code)})


@cache
def _coded(choices: type[TextChoices], value: str, language: str | None) -> Coded:
    """A value of a closed list in a language, which is the one spoken now; made once."""
    return Coded(code=value, name=str(choices(value).label))


@cache
def _sector(code: str | None, name: str | None, language: str | None) -> Coded | None:
    """A sector in a language, which is the one spoken now; made once, as sectors come with a release."""
    return Coded(code=code, name=_(name)) if code and name else None
