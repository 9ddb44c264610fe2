"""The register as a table: the columns that leave and enter in CSV files, and the same as JSON."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch

from minga.modules.directory.models import Institution, Membership, PriorityGroup
from minga.modules.directory.queries.register import Filters, listing

COLUMNS = {
    "codigo": "code",
    "nombre": "name",
    "siglas": "acronym",
    "tipo": "type",
    "funcion": "function",
    "sector": "sector",
    "depende_de": "parent",
    "lugar": "place",
    "existe_desde": "valid_from",
    "existe_hasta": "valid_until",
    "norma_creacion": "created_by",
    "norma_cierre": "closed_by",
    "registros": "periods",
    "grupos_prioritarios": "priority_groups",
    "sitios_web": "websites",
    "correo": "email",
    "telefono": "phone",
    "direccion": "address",
    "ruc": "ruc",
    "gobec_id": "gobec_id",
    "fuente": "source",
    "estado": "status",
}
"""Each column's heading, and the detail of an institution that it holds."""

SEPARATOR = "; "
"""Between the values of a cell that holds several."""


def table(*, filters: Filters, order: str = "sort_key") -> Iterator[list[str]]:
    """A row for each institution that fits, in the order of COLUMNS; dates in ISO 8601, other things by code.

    `registros` holds stays as `<register> <from>/<until>`, `until` exclusive and empty while it lasts.
    """
    keys = listing(filters=filters, order=order).values_list("id", flat=True)
    found = with_relations().filter(pk__in=keys).order_by(order, "id")
    for institution in found:
        yield [str(cell) for cell in row(institution).values()]


def row(institution: Institution) -> dict[str, str]:
    """One institution (read `with_relations`) as a row of the table, by column heading."""
    values: dict[str, Any] = {
        "sector": institution.sector_id or "",
        "parent": institution.parent.code if institution.parent else "",
        "place": institution.place_id or "",
        "periods": SEPARATOR.join(map(_stay, institution.memberships.all())),
        "priority_groups": SEPARATOR.join(group.code for group in institution.priority_groups.all()),
        "websites": SEPARATOR.join(institution.websites),
        "valid_from": _iso(institution.valid_from),
        "valid_until": _iso(institution.valid_until),
    }
    return {
        heading: str(values[name]) if name in values else str(getattr(institution, name))
        for heading, name in COLUMNS.items()
    }


def with_relations() -> Any:
    """Institutions with what a row needs of other tables, in four queries however many they are."""
    memberships = Membership.objects.order_by("register", "valid_from")
    return Institution.objects.select_related("parent").prefetch_related(
        Prefetch("memberships", memberships),
        Prefetch("priority_groups", PriorityGroup.objects.order_by("code")),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _stay(membership: Membership) -> str:
    return f"{membership.register} {_iso(membership.valid_from)}/{_iso(membership.valid_until)}"
