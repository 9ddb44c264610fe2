"""The workplace for measuring: which addresses are asked, and which works are announced."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.probing import Guard
from minga.kernel.actors import Actor
from minga.kernel.clock import now, today
from minga.kernel.errors import Conflict, Forbidden
from minga.kernel.text import N_
from minga.modules.cloud.actions import monitoring as actions
from minga.modules.cloud.actions.powers import is_provider, sees_all
from minga.modules.cloud.forms.monitoring import MaintenanceForm, MonitorForm
from minga.modules.cloud.models import Maintenance, Monitor
from minga.modules.cloud.models.monitoring import Interval, MonitorKind, MonitorState, Window
from minga.modules.cloud.models.service import ServiceState
from minga.modules.cloud.queries import monitoring as queries
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
    version_of,
    worker,
)
from minga.ui.http import Page, page

SECTION, WORKS = "cloud:monitors", "cloud:maintenances"


def _reader(request: HttpRequest) -> Actor:
    """Addresses of the State's own machines are for the provider, the steward and auditors."""
    actor = worker(request)
    if not sees_all(actor):
        raise Forbidden()
    return actor


@page(queries=6)
def listing(request: HttpRequest) -> HttpResponse:
    """All monitors with what they found last."""
    actor = _reader(request)
    state = request.GET.get("estado", "")
    chosen = state if state in MonitorState.values else ""
    found = queries.monitors().filter(state=chosen) if chosen else queries.monitors()
    context = {
        "page": Page.of(request, found, size=50),
        "state": chosen,
        "states": MonitorState.choices,
        "today": today(),
        "networks": Guard.configured().networks,
        "may_decide": actions.may_decide(actor),
    }
    return render_work(request, "cloud/monitoring_monitors.html", SECTION, context)


@page(queries=14)
def create(request: HttpRequest) -> HttpResponse:
    """Begin to measure an address."""
    actor = _decider(request)
    form = _form(request, initial={"service": request.GET.get("servicio", "")})
    if request.method == "POST" and form.is_valid():
        monitor = tried(form, lambda: actions.start_monitor(_text(form.cleaned_data), actor=actor))
        if monitor is not None:
            messages.success(request, _("Se empezó a medir. La primera medición estará en un minuto."))
            return redirect("cloud:monitor", monitor.id)
    context = {"form": form, "networks": Guard.configured().networks}
    return render_work(request, "cloud/monitoring_form.html", SECTION, context, status=refused(form))


@page(queries=14)
def edit(request: HttpRequest, id: UUID) -> HttpResponse:
    """Measure something else, or otherwise."""
    actor = _decider(request)
    monitor = queries.monitor(id)
    if monitor.state == MonitorState.RETIRED:
        raise Conflict(_("Un monitor retirado ya no se cambia: empiece otro."))
    form = _form(request, initial={**vars(monitor), "service": monitor.service.code})
    version = version_of(request) if request.method == "POST" else monitor.version
    if request.method == "POST" and form.is_valid():
        text = _text(form.cleaned_data)
        if tried(form, lambda: actions.change_monitor(id, text, version=version, actor=actor)):
            messages.success(request, _("Se guardó el monitor."))
            return redirect("cloud:monitor", id)
    context = {
        "form": form,
        "monitor": monitor,
        "version": monitor.version if form.non_field_errors() else version,
        "networks": Guard.configured().networks,
    }
    return render_work(request, "cloud/monitoring_form.html", SECTION, context, status=refused(form))


def _decider(request: HttpRequest) -> Actor:
    actor = worker(request)
    if not actions.may_decide(actor):
        raise Forbidden()
    return actor


def _form(request: HttpRequest, initial: dict[str, Any]) -> MonitorForm:
    offered = offered_choices(list(services.public_services().filter(state=ServiceState.OFFERED)))
    return MonitorForm(posted(request), initial=initial, services=offered)


def _text(data: dict[str, Any]) -> actions.MonitorText:
    return actions.MonitorText(
        **data
        | {
            "service": services.public_service(data["service"]),
            "kind": MonitorKind(data["kind"]),
            "interval_minutes": Interval(data["interval_minutes"]),
            "window": Window(data["window"]),
        }
    )


@page(queries=7)
def detail(request: HttpRequest, id: UUID) -> HttpResponse:
    """A monitor: what it asks, what it found, and what can be done with it."""
    actor = _reader(request)
    monitor = queries.monitor(id)
    context = {
        "monitor": monitor,
        "recent": queries.recent(monitor),
        "today": today(),
        "steps": open_steps(MONITOR_STEPS, monitor, actor),
        "may_edit": actions.may_decide(actor) and monitor.state != MonitorState.RETIRED,
    }
    return render_work(request, "cloud/monitoring_monitor.html", SECTION, context)


@page(queries=10)
def step(request: HttpRequest, id: UUID, name: str) -> HttpResponse:
    """Ask about a step of a monitor, and take it."""
    found = step_named(MONITOR_STEPS, name)
    back = reverse("cloud:monitor", args=[id])
    return take(request, found, queries.monitor(id), section=SECTION, back=back)


def _in(*states: MonitorState) -> Any:
    return lambda monitor: monitor.state in states


def _decides(actor: Actor, _monitor: Monitor) -> bool:
    return actions.may_decide(actor)


MONITOR_STEPS: Steps = {
    "pausar": Step(
        title=N_("Pausar la medición"),
        explanation=N_("El tiempo hasta que se reanude quedará sin datos, y la página pública lo mostrará."),
        button=N_("Pausar"),
        done=N_("Se pausó la medición."),
        allowed=_decides,
        possible=_in(MonitorState.ACTIVE),
        act=lambda it, data, version, actor: actions.pause_monitor(it.id, version=version, actor=actor),
    ),
    "reanudar": Step(
        title=N_("Reanudar la medición"),
        button=N_("Reanudar"),
        done=N_("Se reanudó la medición."),
        allowed=_decides,
        possible=_in(MonitorState.PAUSED),
        act=lambda it, data, version, actor: actions.resume_monitor(it.id, version=version, actor=actor),
    ),
    "retirar": Step(
        title=N_("Retirar el monitor"),
        explanation=N_("Ya no medirá. Lo que midió seguirá a la vista de todos."),
        button=N_("Retirar"),
        done=N_("Se retiró el monitor."),
        allowed=_decides,
        possible=_in(MonitorState.ACTIVE, MonitorState.PAUSED),
        warning=True,
        act=lambda it, data, version, actor: actions.retire_monitor(it.id, version=version, actor=actor),
    ),
}


@page(queries=6)
def maintenances(request: HttpRequest) -> HttpResponse:
    """Announced works, the latest first."""
    actor = _reader(request)
    context = {
        "page": Page.of(request, queries.maintenances(), size=30),
        "now": now(),
        "may_announce": is_provider(actor),
    }
    return render_work(request, "cloud/monitoring_works.html", WORKS, context)


@page(queries=12)
def announce(request: HttpRequest) -> HttpResponse:
    """Announce works before they begin."""
    actor = worker(request)
    if not is_provider(actor):
        raise Forbidden()
    offered = offered_choices(list(services.public_services()))
    form = MaintenanceForm(
        posted(request), initial={"service": request.GET.get("servicio", "")}, services=offered
    )
    if request.method == "POST" and form.is_valid():
        works = tried(form, lambda: _announce(form, actor))
        if works is not None:
            messages.success(request, _("Se anunció el mantenimiento. Ya es público."))
            return redirect("cloud:maintenances")
    return render_work(request, "cloud/monitoring_announce.html", WORKS, {"form": form}, status=refused(form))


def _announce(form: MaintenanceForm, actor: Actor) -> Maintenance:
    begins_at, ends_at = form.moments()
    return actions.announce_maintenance(
        services.public_service(form.cleaned_data["service"]),
        begins_at=begins_at,
        ends_at=ends_at,
        text=form.cleaned_data["text"],
        actor=actor,
    )


@page(queries=10)
def maintenance_step(request: HttpRequest, id: UUID, name: str) -> HttpResponse:
    """Call announced works off."""
    found = step_named(WORKS_STEPS, name)
    back = reverse("cloud:maintenances")
    return take(request, found, queries.maintenance(id), section=WORKS, back=back)


WORKS_STEPS: Steps = {
    "cancelar": Step(
        title=N_("Cancelar el mantenimiento"),
        explanation=N_("Seguirá a la vista como cancelado, y las mediciones de ese tiempo contarán."),
        button=N_("Cancelar el mantenimiento"),
        done=N_("Se canceló el mantenimiento."),
        allowed=lambda actor, works: is_provider(actor),
        possible=lambda works: works.cancelled_at is None and works.begins_at > now(),
        warning=True,
        act=lambda it, data, version, actor: actions.cancel_maintenance(it.id, version=version, actor=actor),
    ),
}
