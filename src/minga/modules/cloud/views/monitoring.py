"""How the services work, in public: availability against what was promised, response time, incidents, works."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minga.foundation.probing import Guard
from minga.kernel.clock import now, today
from minga.kernel.errors import NotFound
from minga.modules.cloud.models.incidents import IncidentState
from minga.modules.cloud.queries import incidents, monitoring, quality
from minga.modules.cloud.queries.monitoring import ServiceQuality
from minga.modules.cloud.queries.quality import Quality
from minga.ui import formats
from minga.ui.charts import LineChart, Point
from minga.ui.http import Page, csv_response, page, render


@page(queries=8, cache=60)
def overview(request: HttpRequest) -> HttpResponse:
    """Every service that is measured: whether it works now, and how its month goes."""
    month = quality.month_of(today())
    context = {
        "services": monitoring.overview(month),
        "month": month,
        "probing": bool(Guard.configured().networks),
    }
    return render(request, "cloud/monitoring_overview.html", context)


@page(queries=8, cache=60)
def overview_csv(request: HttpRequest) -> HttpResponse:
    """The same month of all services, to download."""
    month = quality.month_of(today())
    rows = [
        [
            f"{month:%Y-%m}",
            entry.service.title,
            *_cells(entry.month),
            entry.promise.availability if entry.promise else None,
            _yes(entry),
        ]
        for entry in monitoring.overview(month)
    ]
    header = [_("Mes"), _("Servicio"), *_heads(), _("Disponibilidad prometida (%)"), _("Inventado")]
    return csv_response("calidad-nube", header, rows)


@page(queries=9, cache=60)
def service(request: HttpRequest, code: str) -> HttpResponse:
    """The quality of one service in one month, and its months so far."""
    known = monitoring.service_quality(code)
    months = known.months
    month = _month(request, months)
    days = {day: value for day, value in known.days.items() if quality.month_of(day) == month}
    last = quality.end_of_month(month)
    context = {
        "service": known.service,
        "synthetic": known.synthetic,
        "monitors": [(entry, known.of_monitor(entry, month)) for entry in known.monitors],
        "month": month,
        "months": [(when, its, known.promise(when)) for when, its in months.items()],
        "promise": known.promise(month),
        "quality": months.get(month, Quality()),
        "up": monitoring.up_now(known.monitors),
        "charts": _charts(known, month, days) if days else [],
        "incidents": incidents.during(known.service, first=month, until=_next(last)),
        "works": monitoring.works_shown(known.service),
        "today": today(),
        "now": now(),
        "probing": bool(Guard.configured().networks),
    }
    return render(request, "cloud/monitoring_service.html", context)


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _month(request: HttpRequest, months: Mapping[date, Quality]) -> date:
    """The month that `?mes=2026-03` asks for; the present one otherwise."""
    asked = request.GET.get("mes", "")
    if not asked:
        return quality.month_of(today())
    found = [month for month in months if f"{month:%Y-%m}" == asked]
    if not found:
        raise NotFound(_("De ese mes no hay mediciones. Elija uno de la lista."))
    return found[0]


def _charts(known: ServiceQuality, month: date, days: Mapping[date, Quality]) -> list[LineChart]:
    whole, words = quality.total(days), formats.month(month)
    source = _("Mediciones propias de Minga")
    down = LineChart(
        id="sin-servicio",
        title=_down_title(whole, words),
        summary=ngettext(
            "De %(measured)s minutos medidos fuera de mantenimientos anunciados, falló %(down)s minuto.",
            "De %(measured)s minutos medidos fuera de mantenimientos anunciados, falló %(down)s minutos.",
            whole.minutes_down or 0,
        )
        % {
            "measured": formats.number(whole.measured - whole.planned),
            "down": formats.number(whole.minutes_down),
        },
        points=[
            Point(day, value.minutes_down if value.measured > value.planned else None)
            for day, value in sorted(days.items())
        ],
        unit=_("minutos sin servicio"),
        reached=_("Minutos sin servicio cada día"),
        source=source,
    )
    promise = known.promise(month)
    target = promise.response_ms if promise else None
    slow = LineChart(
        id="tiempo-de-respuesta",
        title=_slow_title(whole, target),
        summary=_("La mitad tardó %(median)s ms o menos, y 95 de cada 100 tardaron %(p95)s ms o menos.")
        % {"median": formats.number(whole.median), "p95": formats.number(whole.p95)}
        if whole.times
        else _("No hay respuestas que contar."),
        points=[Point(day, value.p95) for day, value in sorted(days.items())],
        target_path=[Point(day, target) for day in sorted(days)] if target else (),
        unit="ms",
        reached=_("95 de cada 100 respuestas tardaron esto o menos"),
        expected=_("Lo prometido"),
        source=source,
    )
    return [down, slow]


def _down_title(whole: Quality, month: str) -> str:
    if whole.availability is None:
        return _("No hay mediciones de %(month)s") % {"month": month}
    if not whole.minutes_down:
        return _("No falló en %(month)s, en lo que se pudo medir") % {"month": month}
    minutes = whole.minutes_down
    return ngettext(
        "Falló %(minutes)s minuto en %(month)s", "Falló %(minutes)s minutos en %(month)s", minutes
    ) % {
        "minutes": formats.number(minutes),
        "month": month,
    }


def _slow_title(whole: Quality, target: int | None) -> str:
    if whole.p95 is None:
        return _("No hay tiempos de respuesta")
    if target is None:
        return _("Casi siempre responde en %(p95)s ms o menos") % {"p95": formats.number(whole.p95)}
    if whole.p95 <= target:
        return _("Casi siempre responde en el tiempo prometido")
    return _("Tarda más de lo prometido")


@page(queries=6, cache=60)
def service_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Every day of one service in the last thirteen months, to download."""
    known = monitoring.service_quality(code)
    rows = [
        [f"{day:%Y-%m-%d}", known.service.title, *_cells(value), value.median, value.p95, _yes(known)]
        for day, value in known.days.items()
    ]
    header = [
        _("Día"),
        _("Servicio"),
        *_heads(),
        _("Mediana de la respuesta (ms)"),
        _("Percentil 95 de la respuesta (ms)"),
        _("Inventado"),
    ]
    return csv_response(f"calidad-{known.service.code}", header, rows)


def _heads() -> list[str]:
    return [
        _("Minutos por medir"),
        _("Minutos medidos"),
        _("Minutos en que funcionó"),
        _("Minutos de mantenimiento anunciado"),
        _("Disponibilidad sin mantenimientos (%)"),
        _("Disponibilidad con mantenimientos (%)"),
        _("Cobertura de la medición (%)"),
    ]


def _cells(known: Quality) -> list[Any]:
    return [
        known.expected,
        known.measured,
        known.up,
        known.planned,
        known.availability,
        known.availability_with_works,
        known.coverage,
    ]


def _yes(known: Any) -> str:
    return _("sí") if known.synthetic else _("no")


@page(queries=3, cache=60)
def incident_list(request: HttpRequest) -> HttpResponse:
    """All incidents, the latest first."""
    state = request.GET.get("estado", "")
    chosen = state if state in IncidentState.values else ""
    context = {
        "page": Page.of(request, incidents.incidents(state=chosen), size=50),
        "state": chosen,
        "states": IncidentState.choices,
    }
    return render(request, "cloud/monitoring_incidents.html", context)


@page(queries=4, cache=60)
def incident(request: HttpRequest, id: UUID) -> HttpResponse:
    """One incident: what happened, since when, why, and everything that was told of it."""
    found = incidents.incident(id)
    context = {"incident": found, "notes": list(found.notes.all())}
    return render(request, "cloud/monitoring_incident.html", context)
