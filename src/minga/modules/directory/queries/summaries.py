"""Institutions as other rooms see them: plain frozen data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minga.foundation.composed import composed_once
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.directory.models import Institution, InstitutionName

_SUMMARY = ("id", "code", "name", "acronym", "type", "function", "sector_id", "synthetic")


@dataclass(frozen=True)
class InstitutionSummary:
    """What other rooms show of an institution; `type`, `function` and `sector` are codes."""

    id: UUID
    reference: Reference
    code: str
    name: str
    acronym: str
    type: str
    function: str
    sector: str | None
    synthetic: bool

    @property
    def title(self) -> str:
        """The name with its acronym in brackets."""
        return titled(self.name, self.acronym)


def titled(name: str, acronym: str) -> str:
    """An institution's name with its acronym in brackets, where it has one."""
    return f"{name} ({acronym})" if acronym else name


def covering(day: date) -> Q:
    """Rows whose time includes the day; an unknown date leaves its side open."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_until__isnull=True) | Q(valid_until__gt=day))


def institution(code: str, *, on: date | None = None) -> InstitutionSummary:
    """The institution with this code now, or as it was called `on` a day.

    A code it had before also finds it. Raises NotFound for an unknown code, and with `on` for an institution
    that did not exist on that day.
    """
    known = Institution.objects.filter(Q(code=code) | Q(former_codes__code=code)).distinct()
    row = (known if on is None else known.on(on)).values(*_SUMMARY).first()
    if row is None:
        raise NotFound(_("No hay ninguna institución con el código «%(code)s».") % {"code": code[:64]})
    return _summary(row) if on is None else _as_called(row, on)


def institution_by_id(id: UUID) -> InstitutionSummary:
    """The institution with this key; NotFound when there is none."""
    found = _with_id(id)
    if not found:
        raise NotFound(_("Esa institución no existe."))
    return _summary(dict(zip(_SUMMARY, found[0], strict=True)))


@composed_once
def _with_id(id: UUID) -> QuerySet[Institution, tuple[Any, ...]]:
    return Institution.objects.filter(pk=id).order_by().values_list(*_SUMMARY)


def institutions(codes: Collection[str]) -> dict[str, InstitutionSummary]:
    """The institutions with these codes, by code, in one query; unknown codes are left out."""
    rows = Institution.objects.filter(code__in=codes).values(*_SUMMARY)
    return {row["code"]: _summary(row) for row in rows}


_HEIRS = """
    WITH RECURSIVE heir AS (
        SELECT code AS asked, id, ARRAY[]::uuid[] AS before FROM directory_institution WHERE code = ANY(%(codes)s)
        UNION ALL
        SELECT asked, successor.id, before || closed.id
        FROM heir JOIN directory_institution closed ON closed.id = heir.id AND closed.valid_until <= %(on)s
        CROSS JOIN LATERAL (
            SELECT min(successor_id::text)::uuid AS id FROM directory_succession
            WHERE predecessor_id = closed.id AND successor_id IS NOT NULL
                AND (kind <> 'escinde' OR date >= closed.valid_until)
            HAVING count(*) = 1
        ) successor
        WHERE successor.id <> ALL(before || closed.id)
    )
    SELECT asked, before, institution.id, code, name, acronym, type, function, sector_id, synthetic
    FROM heir JOIN directory_institution institution USING (id)
    WHERE (valid_from IS NULL OR valid_from <= %(on)s) AND (valid_until IS NULL OR valid_until > %(on)s)
"""
# A part that left an institution while it lived on took nothing of what was asked of it.


@dataclass(frozen=True)
class Answering:
    """Who answers for what was asked of an institution, and the institutions that it took over from on the way."""

    institution: InstitutionSummary
    before: tuple[UUID, ...]


def answering_for(codes: Collection[str], *, on: date) -> dict[str, Answering]:
    """Who answers on a day for what was asked of each institution: itself, or whoever took over when it closed.

    By the code asked for, in one query. Follows passages to one single successor; a code is left out when it is
    unknown, or when nobody (or several at once) took over.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HEIRS, {"codes": list(codes), "on": on})
        rows = cursor.fetchall()
    return {
        asked: Answering(_summary(dict(zip(_SUMMARY, values, strict=True))), tuple(before))
        for asked, before, *values in rows
    }


def choices(on: date) -> list[tuple[str, str]]:
    """(code, "Name (ACRONYM)") of all institutions that exist on a day, in Spanish order: for a select."""
    rows = Institution.objects.on(on).order_by("sort_key", "id").values_list("code", "name", "acronym")
    return [(code, titled(name, acronym)) for code, name, acronym in rows]


def _summary(row: Mapping[str, Any]) -> InstitutionSummary:
    values = dict(row)
    values["sector"] = values.pop("sector_id")
    return InstitutionSummary(reference=Reference.of("institution", row["id"]), **values)


def _as_called(row: Mapping[str, Any], day: date) -> InstitutionSummary:
    name = (
        InstitutionName.objects.filter(covering(day), institution_id=row["id"])
        .values("name", "acronym")
        .first()
    )
    return _summary({**row, **(name or {})})
