"""The register a new instance starts with, read from the room's own data; safe to run again.

Places and classifications follow the data of each release. Institutions are only added: what a steward has
changed since stays as it is. Search learns of all this when its index is rebuilt, after the seeds of all rooms.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.errors import Invalid
from minga.kernel.text import sort_key
from minga.modules.directory.actions.details import Details, Lookups, model_values, settle
from minga.modules.directory.actions.lifecycle import registered
from minga.modules.directory.actions.populations import declare
from minga.modules.directory.models import (
    Institution,
    InstitutionFunction,
    InstitutionName,
    InstitutionType,
    Membership,
    Place,
    PriorityGroup,
    Register,
    Sector,
    Succession,
)

DATA = Path(__file__).resolve().parent.parent / "data"
REGISTERS_START = date(2018, 1, 1)
"""The plan's first day: a membership whose beginning nobody has verified is stated from here on."""

SEED = Actor.system("seed")
_LEVELS = {
    "provincial": InstitutionType.PROVINCIAL_GAD,
    "municipal": InstitutionType.MUNICIPAL_GAD,
    "parroquial": InstitutionType.PARISH_GAD,
    "regimen_especial": InstitutionType.SPECIAL_REGIME,
}
Row = dict[str, str]


@dataclass
class Newcomer:
    """An institution of the data that the register lacks, with what belongs to it."""

    code: str
    details: Details
    names: Sequence[Row] = ()
    memberships: list[tuple[Register, date, date | None]] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        """The same key on every instance, so that references can be compared between them."""
        return uuid5(NAMESPACE_URL, f"urn:minga:institution:{self.code}")


def load_territory() -> str:
    """Bring in provinces, cantons and parishes (INEC's division)."""
    rows = [
        Place(
            code=row["code"],
            level=row["level"],
            name=row["name"],
            also_known_as=row["also_known_as"],
            seat=row["seat"],
            sort_key=sort_key(row["name"]),
            parent_id=row["parent"] or None,
            valid_from=_day(row["valid_from"]),
            valid_until=_day(row["valid_until"]),
            status=row["status"],
        )
        for row in _rows("territory.csv")
    ]
    with transaction.atomic():
        new = len(rows) - Place.objects.filter(pk__in=[row.pk for row in rows]).count()
        _follow(Place, rows)
    return _("%(total)s lugares, %(new)s nuevos") % {"total": len(rows), "new": new}


def load_classifications() -> str:
    """Bring in sectors and priority groups."""
    sectors = [
        Sector(
            code=row["code"],
            name=row["title"],
            in_plan=row["in_plan"] == "1",
            sort_key=sort_key(row["title"]),
        )
        for row in _rows("sectors.csv")
    ]
    groups = [
        PriorityGroup(code=row["code"], name=row["title"], sort_key=sort_key(row["title"]))
        for row in _rows("priority_groups.csv")
    ]
    with transaction.atomic():
        _follow(Sector, sectors)
        _follow(PriorityGroup, groups)
    counts = {"sectors": len(sectors), "groups": len(groups)}
    return _("%(sectors)s sectores y %(groups)s grupos prioritarios") % counts


def load_institutions() -> str:
    """Bring in the institutions that the register lacks, with names, successions and memberships."""
    names: dict[str, list[Row]] = defaultdict(list)
    for row in _rows("names.csv"):
        names[row["code"]].append(row)
    with transaction.atomic():
        new = _admit([_institution(row, names[row["code"]]) for row in _rows("institutions.csv")])
        _note_successions(new)
    return _("%(new)s instituciones nuevas") % {"new": len(new)}


def load_local_governments() -> str:
    """Bring in the decentralised governments (GAD) that the register lacks; their dates are their territory's."""
    places = Place.objects.in_bulk()
    with transaction.atomic():
        new = _admit([_local_government(row, places) for row in _rows("local_governments.csv")])
    return _("%(new)s gobiernos autónomos nuevos") % {"new": len(new)}


def _rows(name: str) -> Iterator[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _follow(model: Any, rows: Sequence[Any]) -> None:
    """Insert the rows, and bring those already there up to date."""
    names = [item.attname for item in model._meta.concrete_fields if not item.primary_key]
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=names, batch_size=1000
    )


def _institution(row: Row, names: Sequence[Row]) -> Newcomer:
    newcomer = Newcomer(
        code=row["code"],
        names=names,
        details=Details(
            name=row["name"],
            acronym=row["acronym"],
            type=row["type"],
            function=row["function"],
            sector=row["sector"],
            parent=row["parent"],
            priority_groups=tuple(row["priority_groups"].split(";")),
            ruc=row["ruc"],
            websites=tuple(row["website"].split(";")),
            gobec_id=row["gobec_id"],
            valid_from=_day(row["valid_from"]),
            valid_until=_day(row["valid_until"]),
            created_by=row["created_by"],
            source=row["source"],
            status=row["status"],
        ),
    )
    since = _day(row["apc_from"])
    if since:
        newcomer.memberships.append((Register.APC, since, _day(row["apc_until"])))
    return newcomer


def _local_government(row: Row, places: dict[str, Place]) -> Newcomer:
    place = places[row["territory"]]
    newcomer = Newcomer(
        code=row["code"],
        details=Details(
            name=row["name"],
            acronym=row["acronym"],
            type=_LEVELS[row["level"]],
            function=InstitutionFunction.LOCAL,
            place=place.code,
            websites=tuple(row["website"].split(";")),
            valid_from=place.valid_from,
            valid_until=place.valid_until,
            source=row["source"],
            status=row["status"],
        ),
    )
    since = max(place.valid_from or REGISTERS_START, REGISTERS_START)
    if row["level"] == "municipal" and (place.valid_until is None or place.valid_until > since):
        newcomer.memberships.append((Register.MUNICIPAL_GADS, since, place.valid_until))
    return newcomer


def _admit(candidates: Sequence[Newcomer]) -> dict[str, Newcomer]:
    """Enter those that the register lacks, all at once."""
    lookups = Lookups.read()
    known = {*lookups.ids, *lookups.former_codes}
    new = {candidate.code: candidate for candidate in candidates if candidate.code not in known}
    lookups.ids.update({candidate.code: candidate.id for candidate in new.values()})
    settled = {code: _settled(candidate, lookups) for code, candidate in new.items()}
    institutions = [
        Institution(id=new[code].id, code=code, **model_values(details, lookups))
        for code, details in settled.items()
    ]
    Institution.objects.bulk_create(institutions)
    InstitutionName.objects.bulk_create(name for each in new.values() for name in _names(each))
    Institution.priority_groups.through.objects.bulk_create(
        Institution.priority_groups.through(institution_id=new[code].id, prioritygroup_id=group)
        for code, details in settled.items()
        for group in details.priority_groups
    )
    Membership.objects.bulk_create(
        Membership(
            institution_id=each.id,
            register=register,
            valid_from=since,
            valid_until=until,
            status=each.details.status,
        )
        for each in new.values()
        for register, since, until in each.memberships
    )
    _tell(institutions, new, settled)
    return new


def _settled(newcomer: Newcomer, lookups: Lookups) -> Details:
    try:
        return settle(newcomer.details, lookups, of=newcomer.id)
    except Invalid as error:
        raise Invalid(f"{newcomer.code}: {error.fields}", error.fields) from error


def _names(newcomer: Newcomer) -> Iterator[InstitutionName]:
    details = newcomer.details
    whole = {
        "name": details.name,
        "acronym": details.acronym,
        "from": details.valid_from.isoformat() if details.valid_from else "",
        "until": "",
        "norm": details.created_by,
        "status": details.status,
    }
    for row in newcomer.names or (whole,):
        yield InstitutionName(
            institution_id=newcomer.id,
            name=row["name"],
            acronym=row["acronym"],
            valid_from=_day(row["from"]),
            valid_until=_day(row["until"]),
            norm=row["norm"],
            status=row["status"],
        )


def _tell(institutions: Iterable[Institution], new: dict[str, Newcomer], settled: dict[str, Details]) -> None:
    for institution in institutions:
        record(
            registered(institution),
            actor=SEED,
            subject=institution.reference,
            institution=institution.reference,
        )
        for register, since, until in new[institution.code].memberships:
            declare(institution, register, ((since, until),), actor=SEED)
            if register == Register.APC and settled[institution.code].priority_groups:
                declare(institution, Register.PRIORITY_APC, ((since, until),), actor=SEED)


def _note_successions(new: dict[str, Newcomer]) -> None:
    ids = dict(Institution.objects.order_by().values_list("code", "id"))
    Succession.objects.bulk_create(
        [
            Succession(
                predecessor_id=ids[row["predecessor"]],
                successor_id=ids[row["successor"]] if row["successor"] else None,
                kind=row["kind"],
                date=_day(row["date"]),
                norm=row["norm"],
                status=row["status"],
            )
            for row in _rows("successions.csv")
            if row["predecessor"] in new or row["successor"] in new
        ],
        ignore_conflicts=True,
    )
