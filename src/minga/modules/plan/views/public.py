"""The plan in public: from the whole down to the single act behind a number."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from minga.foundation.files.serving import file_response
from minga.kernel.errors import Invalid
from minga.kernel.indicators import definition
from minga.modules.directory import contracts as directory
from minga.modules.plan import queries
from minga.modules.plan.forms import MomentForm
from minga.modules.plan.models.structure import Kind, Strategy, plan
from minga.modules.plan.views import charts, words
from minga.ui.http import Page, csv_response, kept_fragment, page, render

_COMMON: dict[str, Any] = {
    "shown": words.shown,
    "kind_name": words.kind_name,
    "field_name": words.field_name,
    "field_value": words.field_value,
}


@page(queries=1, cache=60)
def overview(request: HttpRequest) -> HttpResponse:
    """The whole plan: its three programmes, and where each indicator stands."""
    readings = queries.readings()
    measured = sum(reading.published is not None for reading in readings.values())
    context = {"plan": plan(), "readings": readings, "measured": measured, "doubts": plan().doubts["plan"]}
    return render(request, "plan/overview.html", _COMMON | context)


@page(queries=1, cache=60)
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """One programme: its goal, its strategies and their indicators."""
    found = queries.programme(code)
    context = {"programme": found, "readings": queries.readings(), "doubts": plan().doubts.get(code, ())}
    return render(request, "plan/programme.html", _COMMON | context)


@page(queries=3, cache=60)
def strategy(request: HttpRequest, code: str) -> HttpResponse:
    """One strategy: who carries it out, through which initiatives, measured how."""
    found = queries.strategy(code)
    context = {
        "strategy": found,
        "programme": queries.programme(found.programme),
        "readings": queries.readings(found.indicators),
        "in_force": queries.norms_in_force(),
        "executors": _named(found.executors),
        "collaborators": _named(found.collaborators),
        "doubts": plan().doubts.get(code, ()),
    }
    return render(request, "plan/strategy.html", _COMMON | context)


@page(queries=10, cache=60)
def initiative(request: HttpRequest, code: str) -> HttpResponse:
    """One initiative: what it delivers, how far each institution is, and the norms registered for it."""
    found = queries.initiative(code)
    parent = queries.strategy(found.strategy)
    parts = queries.parts(initiatives=[code])
    figures, coverage = queries.initiative_figures(parts)
    context = {
        "initiative": found,
        "strategy": parent,
        "programme": queries.programme(parent.programme),
        "readings": queries.readings(parent.indicators),
        "asks_for_norm": found.kind is Kind.NORM,
        "norms": queries.norms_of(code),
        "parts": parts,
        "figures": figures,
        "coverage": coverage,
        "doubts": plan().doubts.get(code, ()),
    }
    return render(request, "plan/initiative.html", _COMMON | context)


@page(queries=8)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator opened up: value, course, method, and everyone behind the number."""
    queries.indicator_entry(code)
    form = MomentForm(request.GET if "fecha" in request.GET or "fecha_dia" in request.GET else None)
    on = form.cleaned_data["fecha"] if form.is_bound and form.is_valid() else None
    detail = queries.indicator_detail(code=code, on=on)
    context = {
        "detail": detail,
        "entry": detail.entry,
        "page": Page.of(request, queries.lines_of(detail), size=25),
        "form": form,
        "moment_form": _moment_form(form, code),
        "on": on,
        "reasons": words.reasons(),
        "chart": charts.course(detail),
        "evidence": words.evidence_words(detail.evidence) if detail.evidence else "",
        "publications": list(queries.publications_of(code, limit=10)),
    }
    return render(request, "plan/indicator.html", _COMMON | context)


@page(queries=3)
def indicator_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Everyone behind an indicator, as CSV."""
    detail = queries.indicator_detail(code=code, on=_day(request))
    header = ["sujeto", "nombre", "cuenta", "motivo", "hecho", "ocurrido", "conocido_hasta_posicion"]
    reasons = words.reasons()
    rows = [
        [
            line.member.subject,
            line.label.title,
            "si" if line.member.counts else "no",
            reasons[line.state],
            line.member.position or "",
            line.member.occurred_at.isoformat() if line.member.occurred_at else "",
            detail.as_of.position,
        ]
        for line in queries.lines_of(detail)
    ]
    return csv_response(f"indicador-{code}", header, rows)


@page(queries=5)
def indicator_json(request: HttpRequest, code: str) -> HttpResponse:
    """An indicator with its method and everyone behind it, as JSON."""
    detail = queries.indicator_detail(code=code, on=_day(request))
    outcome = detail.outcome
    body = {
        **_entry_json(detail.entry),
        "day": detail.as_of.day,
        "position": detail.as_of.position,
        "value": outcome.value if outcome else None,
        "numerator": len(outcome.counting) if outcome else None,
        "denominator": len(outcome.members) if outcome else None,
        "definition": definition(detail.declaration) if detail.declaration else None,
        "doubts": detail.doubts,
        "subjects": [
            {
                "subject": line.member.subject,
                "label": line.label.title,
                "counts": line.member.counts,
                "fact": line.member.fact,
                "position": line.member.position,
                "occurred_at": line.member.occurred_at,
            }
            for line in queries.lines_of(detail)
        ],
    }
    return JsonResponse(body)


@page(queries=1, cache=60)
def indicators_csv(request: HttpRequest) -> HttpResponse:
    """All indicators with baseline, target and latest value, as CSV."""
    header = [
        "codigo",
        "estrategia",
        "indicador",
        "unidad",
        "linea_base",
        "meta",
        "valor",
        "fecha",
        "posicion",
    ]
    rows = []
    for reading in queries.readings().values():
        entry, published = reading.entry, reading.published
        last = [published.value, published.day.isoformat(), published.position] if published else ["", "", ""]
        rows.append(
            [entry.code, entry.strategy, entry.title, entry.unit, entry.baseline, entry.target, *last]
        )
    return csv_response("indicadores", header, rows)


@page(queries=1, cache=60)
def plan_json(request: HttpRequest) -> HttpResponse:
    """The whole plan with the latest values, as JSON."""
    readings = queries.readings()
    programmes = [
        {
            "code": programme.code,
            "title": programme.title,
            "goal": programme.goal,
            "strategies": [_strategy_json(entry, readings) for entry in programme.strategies],
        }
        for programme in plan().programmes
    ]
    vision = _reading_json(readings[plan().vision.code])
    return JsonResponse(
        {"start": plan().start, "end": plan().end, "vision": vision, "programmes": programmes}
    )


@page(queries=8)
def act(request: HttpRequest, position: int) -> HttpResponse:
    """One fact behind an indicator."""
    return render(request, "plan/act.html", _COMMON | {"act": queries.act(position)})


@page(queries=3)
def norm(request: HttpRequest, norm_id: UUID) -> HttpResponse:
    """A registered norm."""
    found = queries.public_norm(norm_id)
    context = {"norm": found, "initiative": queries.initiative(found.initiative)}
    return render(request, "plan/norm.html", context)


@page(queries=3)
def norm_document(request: HttpRequest, norm_id: UUID) -> HttpResponseBase:
    """The document of a registered norm."""
    found = queries.public_norm(norm_id)
    assert found.document is not None, "a registered norm has its document (database constraint)"
    return file_response(found.document, filename=found.document_name)


def _moment_form(form: MomentForm, code: str) -> SafeString:
    """The form that asks for a day; the empty one is kept, since drawing it costs more than the indicator."""

    def context() -> dict[str, Any]:
        return {"form": form, "address": reverse("plan:indicator", args=[code])}

    if form.is_bound:
        return mark_safe(render_to_string("plan/moment_form.html", context()))  # noqa: S308 - a template's output
    return kept_fragment("plan/moment_form.html", code, context)


def _named(acronyms: tuple[str, ...]) -> list[tuple[str, str]]:
    """For each name in the plan: what to show and the address of its page, empty when it has none."""
    codes = plan().institutions
    known = directory.institutions([codes[name] for name in acronyms if name in codes])
    named = []
    for name in acronyms:
        found = known.get(codes.get(name, ""))
        named.append(
            (found.title, reverse("directory:institution", args=[found.code])) if found else (name, "")
        )
    return named


def _day(request: HttpRequest) -> date | None:
    form = MomentForm(request.GET)
    if not form.is_valid():
        raise Invalid(" ".join(str(error) for error in form.errors["fecha"]))
    day: date | None = form.cleaned_data["fecha"]
    return day


def _entry_json(entry: Any) -> dict[str, Any]:
    return {
        "code": entry.code,
        "strategy": entry.strategy or None,
        "title": entry.title,
        "unit": entry.unit,
        "baseline": entry.baseline,
        "target": entry.target,
    }


def _reading_json(reading: queries.Reading) -> dict[str, Any]:
    published = reading.published
    return {
        **_entry_json(reading.entry),
        "value": reading.value,
        "day": published.day if published else None,
        "position": published.position if published else None,
    }


def _strategy_json(entry: Strategy, readings: dict[str, queries.Reading]) -> dict[str, Any]:
    return {
        "code": entry.code,
        "title": entry.title,
        "executors": entry.executors,
        "collaborators": entry.collaborators,
        "beneficiaries": entry.beneficiaries,
        "initiatives": [
            {"code": item.code, "kind": item.kind, "title": item.title} for item in entry.initiatives
        ],
        "indicators": [_reading_json(readings[item.code]) for item in entry.indicators],
    }
