"""What is thought of the services, what is done about it, and what is still missing: in public."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from minga.kernel.clock import today
from minga.modules.cloud.models.improvement import ImprovementState
from minga.modules.cloud.models.proposal import ProposalState
from minga.modules.cloud.models.service import ServiceState
from minga.modules.cloud.queries import improvements as actions
from minga.modules.cloud.queries import proposals as ideas
from minga.modules.cloud.queries import ratings, services
from minga.ui.http import Page, csv_response, page, render


@page(queries=2, cache=60)
def satisfaction(request: HttpRequest) -> HttpResponse:
    """The averages of the last twelve closed months, the newest first."""
    context = {
        "months": _by_month(),
        "fewest": ratings.FEWEST,
        "open_month": ratings.month_to_rate(today()),
    }
    return render(request, "cloud/satisfaction.html", context)


def _by_month() -> list[tuple[Any, list[dict[str, Any]]]]:
    names = {entry.id: entry for entry in services.public_services()}
    months: dict[Any, list[dict[str, Any]]] = {}
    for average in ratings.averages(since=ratings.a_year_before(today())):
        if average.service in names:
            entry = {"service": names[average.service], "average": average}
            months.setdefault(average.month, []).append(entry)
    return list(months.items())


@page(queries=2, cache=60)
def satisfaction_csv(request: HttpRequest) -> HttpResponse:
    """The averages, to download; empty where fewer than five answered."""
    header = [
        _("Mes"),
        _("Servicio"),
        _("Respuestas"),
        _("En general"),
        _("Atención"),
        _("Funcionamiento"),
        _("Inventado"),
    ]
    rows = [
        [
            f"{month:%Y-%m}",
            entry["service"].title,
            entry["average"].answers,
            entry["average"].overall,
            entry["average"].support,
            entry["average"].reliability,
            _("sí") if entry["average"].synthetic else _("no"),
        ]
        for month, entries in _by_month()
        for entry in entries
    ]
    return csv_response("satisfaccion-nube", header, rows)


@page(queries=3, cache=60)
def improvements(request: HttpRequest) -> HttpResponse:
    """All improvement actions, those that are due first on top."""
    state = request.GET.get("estado", "")
    chosen = state if state in ImprovementState.values else ""
    context = {
        "page": Page.of(request, actions.improvements(state=chosen), size=50),
        "state": chosen,
        "states": ImprovementState.choices,
        "overdue": actions.overdue(on=today()).count(),
        "today": today(),
    }
    return render(request, "cloud/improvements.html", context)


@page(queries=1, cache=60)
def improvements_csv(request: HttpRequest) -> HttpResponse:
    """Improvement actions, to download."""
    header = [
        _("Servicio"),
        _("Qué se hará"),
        _("Causa"),
        _("Responde"),
        _("Cargo"),
        _("Hasta"),
        _("Estado"),
        _("Inventado"),
    ]
    rows = [
        [
            action.service.title,
            action.title,
            action.get_cause_display(),
            action.owner.name,
            action.owner_post,
            action.due_on,
            action.get_state_display(),
            _("sí") if action.synthetic else _("no"),
        ]
        for action in actions.improvements()
    ]
    return csv_response("mejoras-nube", header, rows)


@page(queries=2, cache=60)
def improvement(request: HttpRequest, id: UUID) -> HttpResponse:
    """One action: what will be done, by whom, until when, and how it goes."""
    action = actions.improvement(id)
    context = {"action": action, "notes": list(action.notes.all()), "today": today()}
    return render(request, "cloud/improvement.html", context)


@page(queries=2, cache=60)
def proposals(request: HttpRequest) -> HttpResponse:
    """The services that institutions ask for, the most supported first."""
    state = request.GET.get("estado", "")
    chosen = state if state in ProposalState.values else ""
    context = {
        "page": Page.of(request, ideas.proposals(state=chosen), size=50),
        "state": chosen,
        "states": ProposalState.choices,
    }
    return render(request, "cloud/proposals.html", context)


@page(queries=1, cache=60)
def proposals_csv(request: HttpRequest) -> HttpResponse:
    """The proposals with their votes, to download."""
    header = [
        _("Propuesta"),
        _("Tipo"),
        _("Institución"),
        _("Fecha"),
        _("Estado"),
        _("Apoyos"),
        _("La usarían"),
        _("Inventado"),
    ]
    rows = [
        [
            idea.title,
            idea.get_category_display(),
            idea.institution.name,
            idea.proposed_on,
            idea.get_state_display(),
            idea.supporters,
            idea.would_use,
            _("sí") if idea.synthetic else _("no"),
        ]
        for idea in ideas.proposals()
    ]
    return csv_response("propuestas-nube", header, rows)


@page(queries=2, cache=60)
def proposal(request: HttpRequest, id: UUID) -> HttpResponse:
    """One proposal, who supports it and what the provider answered."""
    found = ideas.proposal(id)
    context = {
        "proposal": found,
        "votes": list(ideas.votes(id)),
        "today": today(),
        "offered": found.service is not None and found.service.state != ServiceState.DRAFT,
    }
    return render(request, "cloud/proposal.html", context)
