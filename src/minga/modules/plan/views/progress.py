"""Progress in public: institutions, roadmaps, reports with their evidence, the calendar and the chart."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from minga.foundation.files.serving import file_response
from minga.kernel.clock import today
from minga.kernel.errors import NotFound
from minga.modules.directory import contracts as directory
from minga.modules.plan import queries
from minga.modules.plan.models.periods import FIRST_YEAR, LAST_YEAR, Quarter, quarters
from minga.modules.plan.models.structure import plan
from minga.modules.plan.queries import Part
from minga.modules.plan.views import words
from minga.ui.http import Page, csv_response, page, render


@page(queries=9, cache=60)
def institutions(request: HttpRequest) -> HttpResponse:
    """Every institution that the plan names: how much it was asked, what it filed, what is late."""
    grouped: dict[str, list[Part]] = {}
    for part in queries.parts():
        grouped.setdefault(part.participant.institution.code, []).append(part)
    rows = sorted(
        ((parts[0].participant.institution, _tally(parts)) for parts in grouped.values()),
        key=lambda row: row[0].name,
    )
    return render(request, "plan/institutions.html", {"rows": rows})


@page(queries=14, cache=60)
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """What the plan asks of one institution, what it reported, what is overdue."""
    found = directory.institution(code)
    parts = queries.parts(institutions=[found.id])
    if not parts:
        raise NotFound(_("El plan no pide nada a esta institución hoy."))
    subjects = [row.reference for part in parts for row in (part.in_force, *part.filed_reports) if row]
    context = {
        "institution": found,
        "parts": parts,
        "tally": _tally(parts),
        "late": [(part, owed) for part in parts for owed in part.obligations if owed.overdue],
        "reports": sorted(
            ((report, part) for part in parts for report in part.filed_reports),
            key=lambda row: row[0].period,
            reverse=True,
        ),
        "history": queries.history(subjects)[:20],
        "owed_words": words.owed,
    }
    return render(request, "plan/institution.html", context)


@page(queries=6, cache=60)
def roadmap(request: HttpRequest, roadmap_id: UUID) -> HttpResponse:
    """One version of a roadmap that holds or has held."""
    found = queries.public_roadmap(roadmap_id)
    context = {
        "roadmap": found,
        "initiative": plan().initiatives[found.initiative],
        "milestones": list(found.milestones.all()),
        "reached": queries.reached_keys(initiative=found.initiative, institution=found.institution_id),
        "versions": list(queries.versions_of(found)),
    }
    return render(request, "plan/roadmap.html", context)


@page(queries=8, cache=60)
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One filed report: what was said, what MINTEL decided, and what proves it."""
    found = queries.public_report(report_id)
    context = {
        "report": found,
        "initiative": plan().initiatives[found.initiative],
        "proofs": queries.proofs_of(found, filed_only=True),
        "history": queries.history([found.reference]),
    }
    return render(request, "plan/report.html", context)


@page(queries=3)
def evidence(request: HttpRequest, evidence_id: UUID) -> HttpResponseBase:
    """A file behind an accepted report."""
    found = queries.public_evidence(evidence_id)
    assert found.file is not None, "the query asks for files only"
    return file_response(found.file, filename=found.file_name, request=request)


@page(queries=10, cache=60)
def agenda(request: HttpRequest) -> HttpResponse:
    """What is due when in one year: milestones, roadmaps and reports."""
    year = _year(request)
    parts, filters = _chosen(request)
    due = queries.calendar_of(parts, year=year)
    context = {
        **_years(year),
        "page": Page.of(request, due, size=60),
        **filters,
    }
    return render(request, "plan/agenda.html", context)


@page(queries=10, cache=60)
def chart(request: HttpRequest) -> HttpResponse:
    """The milestones of the roadmaps in force across the quarters of two years."""
    year = _year(request)
    parts, filters = _chosen(request)
    across = quarters(Quarter(year, 1), Quarter(year + 1, 4))
    context = {
        "across": across,
        **_years(year),
        "page": Page.of(request, queries.bars(parts, across), size=60),
        **filters,
    }
    return render(request, "plan/chart.html", context)


@page(queries=9, cache=60)
def progress_csv(request: HttpRequest) -> HttpResponse:
    """The three figures of every part, as CSV."""
    header = [
        "iniciativa",
        "institucion",
        "papel",
        "informado",
        "trimestre_informado",
        "validado",
        "trimestre_validado",
        "calculado",
        "atrasos",
        "sintetico",
    ]
    rows = [
        [
            part.initiative.code,
            part.participant.institution.code,
            "ejecutor" if part.participant.executes else "colaborador",
            _known(part.figures.reported),
            part.figures.reported_in,
            _known(part.figures.validated),
            part.figures.validated_in,
            _known(part.figures.computed),
            sum(owed.overdue for owed in part.obligations),
            "si" if part.in_force and part.in_force.synthetic else "no",
        ]
        for part in queries.parts()
    ]
    return csv_response("avance-del-plan", header, rows)


@page(queries=9, cache=60)
def milestones_csv(request: HttpRequest) -> HttpResponse:
    """Every milestone of the roadmaps in force, as CSV."""
    header = [
        "iniciativa",
        "institucion",
        "hito",
        "prueba",
        "peso",
        "desde",
        "hasta",
        "cumplido",
        "sintetico",
    ]
    rows = [
        [
            part.initiative.code,
            part.participant.institution.code,
            step.milestone.title,
            step.milestone.proof,
            step.milestone.weight,
            step.milestone.starts_on,
            step.milestone.due_on,
            step.done_on or "",
            "si" if part.in_force and part.in_force.synthetic else "no",
        ]
        for part in queries.parts()
        for step in part.steps
    ]
    return csv_response("hitos-del-plan", header, rows)


def _tally(parts: Iterable[Part]) -> dict[str, int]:
    listed = list(parts)
    owed = [obligation for part in listed for obligation in part.obligations]
    return {
        "initiatives": len(listed),
        "roadmaps": sum(part.in_force is not None for part in listed),
        "reports": sum(len(part.filed_reports) for part in listed),
        "late": sum(entry.overdue for entry in owed),
    }


def _chosen(request: HttpRequest) -> tuple[list[Part], dict[str, Any]]:
    """The parts of the institution that the address names, or all; and what the page's filter shows."""
    asked = request.GET.get("institucion", "")
    parts = queries.parts()
    found = {part.participant.institution.code: part.participant.institution for part in parts}
    own = [part for part in parts if part.participant.institution.code == asked]
    filters = {
        "chosen": asked if own else "",
        "institutions": sorted(found.values(), key=lambda entry: entry.name),
    }
    return own or parts, filters


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("anio", "")
    if not asked:
        return today().year
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        raise NotFound(_("Escriba un año como 2026."))
    if not FIRST_YEAR <= int(asked) <= LAST_YEAR:
        raise NotFound(
            _("El calendario del plan va de %(first)s a %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return int(asked)


def _years(year: int) -> dict[str, int | None]:
    return {
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
    }


def _known(value: int | None) -> int | str:
    return "" if value is None else value
