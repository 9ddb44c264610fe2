"""The workplace for improvement actions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import Forbidden
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.cloud.actions import improvements as actions
from minga.modules.cloud.actions.powers import WRITERS
from minga.modules.cloud.forms.improvements import ImprovementForm, JudgementForm, PostponeForm, ProgressForm
from minga.modules.cloud.models import Improvement
from minga.modules.cloud.models.improvement import Cause, ImprovementState
from minga.modules.cloud.queries import improvements as queries
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

SECTION = "cloud:improvements_work"


@page(queries=6)
def listing(request: HttpRequest) -> HttpResponse:
    """All actions, those that are due first on top."""
    actor = worker(request)
    state = request.GET.get("estado", "")
    chosen = state if state in ImprovementState.values else ""
    context = {
        "page": Page.of(request, queries.improvements(state=chosen), size=30),
        "state": chosen,
        "states": ImprovementState.choices,
        "today": today(),
        "may_open": actions.may_open(actor),
    }
    return render_work(request, "cloud/improvements_work.html", SECTION, context)


@page(queries=12)
def create(request: HttpRequest) -> HttpResponse:
    """Open an action on a service."""
    actor = worker(request)
    if not actions.may_open(actor):
        raise Forbidden()
    owners = directory.institutions(queries.OWNERS)
    form = ImprovementForm(
        posted(request),
        initial={"service": request.GET.get("servicio", "")},
        services=offered_choices(list(services.public_services())),
        owners=[(code, owners[code].title) for code in queries.OWNERS if code in owners],
    )
    if request.method == "POST" and form.is_valid():
        action = tried(form, lambda: _open(form.cleaned_data, actor))
        if action is not None:
            messages.success(request, _("Se abrió la acción de mejora. Ya es pública."))
            return redirect("cloud:improvement_work", action.id)
    return render_work(request, "cloud/improvement_form.html", SECTION, {"form": form}, status=refused(form))


def _open(data: dict[str, Any], actor: Actor) -> Improvement:
    text = actions.ImprovementText(
        service=services.public_service(data["service"]),
        title=data["title"],
        description=data["description"],
        cause=Cause(data["cause"]),
        owner_post=data["owner_post"],
        due_on=data["due_on"],
    )
    return actions.open_improvement(text, owner=directory.institution(data["owner"]), actor=actor)


@page(queries=7)
def detail(request: HttpRequest, id: UUID) -> HttpResponse:
    """An action with its notes and what the official can do with it."""
    actor = worker(request)
    action = queries.improvement(id)
    context = {
        "action": action,
        "notes": list(action.notes.all()),
        "steps": open_steps(STEPS, action, actor),
        "today": today(),
    }
    return render_work(request, "cloud/improvement_work.html", SECTION, context)


@page(queries=12)
def step(request: HttpRequest, id: UUID, name: str) -> HttpResponse:
    """Ask about a step of an action, and take it."""
    worker(request)
    found = step_named(STEPS, name)
    action = queries.improvement(id)
    back = reverse("cloud:improvement_work", args=[id])
    return take(request, found, action, section=SECTION, back=back)


def _owns(actor: Actor, action: Improvement) -> bool:
    return actor.holds(*WRITERS, institution=Reference.of("institution", action.owner_id))


def _verifies(actor: Actor, _action: Improvement) -> bool:
    return actor.holds(Role.STEWARD)


def _is(state: ImprovementState) -> Any:
    return lambda action: action.state == state


STEPS: Steps = {
    "avance": Step(
        title=N_("Contar un avance"),
        button=N_("Publicar el avance"),
        done=N_("Se publicó el avance."),
        allowed=lambda actor, it: actions.may_follow(it, actor),
        possible=_is(ImprovementState.OPEN),
        form=ProgressForm,
        act=lambda it, data, version, actor: actions.note_progress(it.id, text=data["text"], actor=actor),
    ),
    "hecha": Step(
        title=N_("Informar que está hecha"),
        explanation=N_("El ente rector la verificará."),
        button=N_("Informar"),
        done=N_("Se informó. Falta que el ente rector la verifique."),
        allowed=_owns,
        possible=_is(ImprovementState.OPEN),
        form=ProgressForm,
        act=lambda it, data, version, actor: actions.finish_improvement(
            it.id, text=data["text"], version=version, actor=actor
        ),
    ),
    "plazo": Step(
        title=N_("Dar otra fecha"),
        explanation=N_("La fecha anterior y el motivo quedan a la vista."),
        button=N_("Guardar la fecha"),
        done=N_("La acción tiene una nueva fecha."),
        allowed=_verifies,
        possible=_is(ImprovementState.OPEN),
        form=PostponeForm,
        act=lambda it, data, version, actor: actions.postpone_improvement(
            it.id, due_on=data["due_on"], reason=data["text"], version=version, actor=actor
        ),
    ),
    "verificar": Step(
        title=N_("Verificar"),
        explanation=N_("Compruebe con la institución responsable que la mejora se nota."),
        button=N_("Guardar"),
        done=N_("Se guardó la verificación."),
        allowed=_verifies,
        possible=_is(ImprovementState.DONE),
        form=JudgementForm,
        act=lambda it, data, version, actor: actions.judge_improvement(
            it.id, **data, version=version, actor=actor
        ),
    ),
}
