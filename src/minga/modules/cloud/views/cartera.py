"""The workplace for the cartera: the provider writes, offers, prices and retires its services."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minga.kernel.actors import Actor
from minga.kernel.clock import today
from minga.kernel.errors import Forbidden
from minga.kernel.text import N_
from minga.modules.cloud.actions import services as actions
from minga.modules.cloud.actions.powers import SIGNERS, is_provider, require_provider, sees_all
from minga.modules.cloud.forms.services import PriceForm, ServiceForm
from minga.modules.cloud.models import Service
from minga.modules.cloud.models.service import ServiceState
from minga.modules.cloud.queries import adoptions, services
from minga.modules.cloud.views.common import (
    Step,
    Steps,
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
from minga.ui.http import actor_of, page

SECTION = "cloud:services"
_FIELDS = (
    "title",
    "category",
    "summary",
    "audience",
    "how_to_ask",
    "availability_target",
    "response_target_ms",
)


@page(queries=6)
def listing(request: HttpRequest) -> HttpResponse:
    """All services by family, drafts included, with how many institutions use each."""
    actor = _reader(request)
    context = {
        "families": services.by_family(services.cartera()),
        "users": adoptions.users_by_service(),
        "may_write": is_provider(actor),
    }
    return render_work(request, "cloud/services_work.html", SECTION, context)


@page(queries=12)
def create(request: HttpRequest) -> HttpResponse:
    """Start a service that nobody sees yet."""
    actor = actor_of(request)
    require_provider(actor)
    form = ServiceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        service = tried(form, lambda: actions.draft_service(form.text(), actor=actor))
        if service is not None:
            messages.success(request, _("Se guardó el borrador del servicio."))
            return redirect("cloud:service_edit", service.code)
    return render_work(request, "cloud/service_form.html", SECTION, {"form": form}, status=refused(form))


@page(queries=14)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """A service at work: its text, its prices, and what can be done with it."""
    actor = _reader(request)
    service = services.service(code)
    form = _form(request, service) if is_provider(actor) else None
    if form is not None and request.method == "POST" and form.is_valid():
        version = version_of(request)
        changed = tried(form, lambda: actions.change_service(code, form.text(), version=version, actor=actor))
        if changed is not None:
            messages.success(request, _("Se guardaron los cambios."))
            return redirect("cloud:service_edit", code)
    context = {
        "service": service,
        "form": form,
        "tariffs": services.tariffs(service, on=today()),
        "steps": open_steps(STEPS, service, actor),
        "may_price": is_provider(actor, *SIGNERS),
    }
    return render_work(request, "cloud/service_edit.html", SECTION, context, status=refused(form))


def _form(request: HttpRequest, service: Service) -> ServiceForm:
    initial = {field: getattr(service, field) for field in _FIELDS}
    return ServiceForm(posted(request), initial=initial)


@page(queries=14)
def step(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Ask about a step in the life of a service, and take it."""
    found = step_named(STEPS, name)
    service = services.service(code)
    back = reverse("cloud:service_edit", args=[code])
    return take(request, found, service, section=SECTION, back=back, gone=reverse(SECTION))


@page(queries=12)
def price(request: HttpRequest, code: str) -> HttpResponse:
    """Say what one unit of a service costs from a day on."""
    actor = actor_of(request)
    require_provider(actor, *SIGNERS)
    service = services.service(code)
    form = PriceForm(posted(request), initial=_last_price(request, service))
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: actions.set_price(code, form.text(), actor=actor))
        if made is not None:
            messages.success(request, _("Se guardó el precio."))
            return redirect("cloud:service_edit", code)
    context = {"form": form, "service": service}
    return render_work(request, "cloud/price_form.html", SECTION, context, status=refused(form))


def _last_price(request: HttpRequest, service: Service) -> dict[str, Any]:
    """What a new price of an existing concept (`?concepto=`) has in common with the last one."""
    concept = request.GET.get("concepto", "")
    last = service.prices.filter(concept=concept).order_by("-valid_from").first() if concept else None
    if last is None:
        return {}
    return {"concept": last.concept, "unit": last.unit, "period": last.period}


@page(queries=10)
@require_POST
def price_withdraw(request: HttpRequest, code: str, id: UUID) -> HttpResponse:
    """Take back a price that was published by mistake."""
    actions.withdraw_price(code, id, actor=actor_of(request))
    messages.success(request, _("Se retiró el precio."))
    return redirect("cloud:service_edit", code)


def _reader(request: HttpRequest) -> Actor:
    """Those who see drafts: the provider, the steward, auditors."""
    actor = worker(request)
    if not sees_all(actor):
        raise Forbidden()
    return actor


def _signs(actor: Actor, _service: Service) -> bool:
    return is_provider(actor, *SIGNERS)


STEPS: Steps = {
    "ofrecer": Step(
        title=N_("Ofrecer el servicio"),
        explanation=N_(
            "Desde hoy será público y las instituciones podrán pedirlo. Guarde antes sus cambios."
        ),
        button=N_("Ofrecer"),
        done=N_("El servicio ya se ofrece."),
        allowed=_signs,
        possible=lambda it: it.state != ServiceState.OFFERED,
        act=lambda it, data, version, actor: actions.offer_service(it.code, version=version, actor=actor),
    ),
    "retirar": Step(
        title=N_("Dejar de ofrecer el servicio"),
        explanation=N_("Nadie más podrá pedirlo. Las instituciones que ya lo usan siguen contando."),
        button=N_("Dejar de ofrecerlo"),
        done=N_("El servicio ya no se ofrece."),
        allowed=_signs,
        possible=lambda it: it.state == ServiceState.OFFERED,
        warning=True,
        act=lambda it, data, version, actor: actions.retire_service(it.code, version=version, actor=actor),
    ),
    "descartar": Step(
        title=N_("Descartar el borrador"),
        explanation=N_("El borrador se borra. No se ha publicado nada de él."),
        button=N_("Descartar"),
        done=N_("Se descartó el borrador."),
        allowed=lambda actor, it: is_provider(actor),
        possible=lambda it: it.state == ServiceState.DRAFT,
        warning=True,
        leaves=True,
        act=lambda it, data, version, actor: actions.discard_service(it.code, version=version, actor=actor),
    ),
}
