"""The workplace for incidents: told by who uses a service, handled and explained by the provider."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.kernel.actors import Actor
from minga.kernel.errors import Forbidden, NotFound
from minga.kernel.text import N_
from minga.modules.cloud.actions import incidents as actions
from minga.modules.cloud.actions.powers import is_provider, seen_institutions, writes_for
from minga.modules.cloud.forms.monitoring import CauseForm, IncidentForm, NewsForm, RestoredForm, moment
from minga.modules.cloud.models import Incident
from minga.modules.cloud.models.incidents import IncidentCause, IncidentSource, IncidentState
from minga.modules.cloud.models.monitoring import MonitorState
from minga.modules.cloud.queries import incidents as queries
from minga.modules.cloud.queries import services
from minga.modules.cloud.views.common import (
    Step,
    Steps,
    offered_choices,
    open_steps,
    posted,
    refused,
    render_work,
    step_named,
    take,
    tried,
    worker,
)
from minga.modules.directory import contracts as directory
from minga.ui.http import Page, page

SECTION = "cloud:incidents_work"


@page(queries=6)
def listing(request: HttpRequest) -> HttpResponse:
    """The incidents that concern the official, the latest first."""
    actor = worker(request)
    state = request.GET.get("estado", "")
    chosen = state if state in IncidentState.values else ""
    found = queries.seen_by(seen_institutions(actor), state=chosen)
    context = {
        "page": Page.of(request, found, size=30),
        "state": chosen,
        "states": IncidentState.choices,
        "may_tell": bool(writes_for(actor)),
    }
    return render_work(request, "cloud/monitoring_incidents_work.html", SECTION, context)


@page(queries=16)
def create(request: HttpRequest) -> HttpResponse:
    """Tell that a service fails: to the provider or, as the provider, to everybody."""
    actor = worker(request)
    by_provider = is_provider(actor)
    if not writes_for(actor):
        raise Forbidden()
    choices = _choices(actor, by_provider)
    asked = request.GET.get("servicio", "")
    chosen = next((value for value, _title in choices if value.rpartition("/")[2] == asked), "")
    form = IncidentForm(posted(request), initial={"service": chosen}, services=choices, public=by_provider)
    if request.method == "POST" and form.is_valid():
        told = tried(form, lambda: _tell(form.cleaned_data, actor, by_provider))
        if told is not None:
            messages.success(request, _("Se informó la incidencia."))
            return redirect("cloud:incident_work", told.id)
    context = {"form": form, "by_provider": by_provider, "choices": choices}
    return render_work(request, "cloud/monitoring_tell.html", SECTION, context, status=refused(form))


def _choices(actor: Actor, by_provider: bool) -> list[tuple[str, str]]:
    """For an institution, only what it uses; the choice also says which of its institutions tells."""
    if by_provider:
        return offered_choices(list(services.public_services()))
    found = []
    for code, institution in sorted(directory.institutions(writes_for(actor)).items()):
        for entry in queries.used_services([institution.id]):
            found.append((f"{code}/{entry.code}", f"{entry.title} ({institution.title})"))
    return found


def _tell(data: dict[str, Any], actor: Actor, by_provider: bool) -> Incident:
    institution, _slash, code = data["service"].rpartition("/")
    service = services.public_service(code)
    began_at = moment(data["at_day"], data["at_time"])
    if by_provider:
        return actions.announce_incident(service, began_at=began_at, text=data["text"], actor=actor)
    return actions.report_incident(
        service,
        institution=directory.institution(institution),
        began_at=began_at,
        text=data["text"],
        actor=actor,
    )


@page(queries=8)
def detail(request: HttpRequest, id: UUID) -> HttpResponse:
    """An incident at work: everything that was told, and what can be done."""
    actor = worker(request)
    incident = _seen(id, actor)
    context = {
        "incident": incident,
        "notes": list(incident.notes.all()),
        "may_read": actions.may_read(incident, actor),
        "steps": open_steps(STEPS, incident, actor),
    }
    return render_work(request, "cloud/monitoring_incident_work.html", SECTION, context)


def _seen(id: UUID, actor: Actor) -> Incident:
    own = seen_institutions(actor)
    found = queries.seen_by(own).filter(id=id).first()
    if found is None:
        raise NotFound(_("No hay una incidencia con esa dirección."))
    return found


@page(queries=14)
def step(request: HttpRequest, id: UUID, name: str) -> HttpResponse:
    """Ask about a step of an incident, and take it."""
    found = step_named(STEPS, name)
    back = reverse("cloud:incident_work", args=[id])
    return take(request, found, _seen(id, worker(request)), section=SECTION, back=back)


def _provider(actor: Actor, _incident: Incident) -> bool:
    return is_provider(actor)


def _in(*states: IncidentState) -> Any:
    return lambda incident: incident.state in states


def _told(incident: Incident) -> bool:
    return incident.live and incident.source != IncidentSource.PROBE


def _closed_by_hand(incident: Incident) -> bool:
    measured = incident.monitor is not None and incident.monitor.state == MonitorState.ACTIVE
    return incident.state == IncidentState.OPEN and not measured


def _close(incident: Incident, data: dict[str, Any], version: int, actor: Actor) -> Incident:
    ended_at = moment(data["at_day"], data["at_time"])
    return actions.close_incident(
        incident.id, ended_at=ended_at, text=data["text"], version=version, actor=actor
    )


STEPS: Steps = {
    "confirmar": Step(
        title=N_("Confirmar el problema"),
        explanation=N_("Diga a todos qué se sabe. Las palabras de la institución no se publican."),
        button=N_("Confirmar"),
        done=N_("Se confirmó la incidencia."),
        allowed=_provider,
        possible=_in(IncidentState.REPORTED),
        form=NewsForm,
        act=lambda it, data, version, actor: actions.confirm_incident(
            it.id, **data, version=version, actor=actor
        ),
    ),
    "novedad": Step(
        title=N_("Contar cómo avanza"),
        button=N_("Publicar"),
        done=N_("Se publicó."),
        allowed=_provider,
        possible=_in(IncidentState.OPEN),
        form=NewsForm,
        act=lambda it, data, version, actor: actions.tell_news(it.id, text=data["text"], actor=actor),
    ),
    "cerrar": Step(
        title=N_("Informar que el servicio volvió"),
        button=N_("Cerrar la incidencia"),
        done=N_("Se cerró la incidencia. Explique después su causa."),
        allowed=_provider,
        possible=_closed_by_hand,
        form=RestoredForm,
        act=_close,
    ),
    "causa": Step(
        title=N_("Explicar la causa"),
        explanation=N_("Quienes usan el servicio leerán por qué falló y qué se hará."),
        button=N_("Publicar la causa"),
        done=N_("Se publicó la causa."),
        allowed=_provider,
        possible=_in(IncidentState.OPEN, IncidentState.CLOSED),
        form=CauseForm,
        act=lambda it, data, version, actor: actions.explain_incident(
            it.id, cause=IncidentCause(data["cause"]), text=data["text"], version=version, actor=actor
        ),
    ),
    "descartar": Step(
        title=N_("Descartar"),
        explanation=N_("Solo si el servicio no falló. El motivo será público."),
        button=N_("Descartar"),
        done=N_("Se descartó la incidencia."),
        allowed=_provider,
        possible=_told,
        form=NewsForm,
        warning=True,
        act=lambda it, data, version, actor: actions.dismiss_incident(
            it.id, **data, version=version, actor=actor
        ),
    ),
}
