"""What the pages of the workplace share: where one is, for whom one acts, and steps that are asked about first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.files.storing import store
from minga.kernel.actors import Actor, Role
from minga.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from minga.kernel.text import N_
from minga.modules.cloud.actions.adoptions import Evidence
from minga.modules.cloud.actions.powers import READERS, may_declare, sees_all, writes_for
from minga.modules.cloud.forms.common import PlainForm
from minga.modules.directory import contracts as directory
from minga.ui.http import EDIT_FIELD, actor_of, render, show_invalid

PDF = "application/pdf"

_SECTIONS: tuple[tuple[str, str, Callable[[Actor], bool]], ...] = (
    (N_("Contratos"), "cloud:adoptions", lambda actor: True),
    (N_("Servicios"), "cloud:services", sees_all),
    (N_("Incidencias"), "cloud:incidents_work", lambda actor: True),
    (N_("Mediciones"), "cloud:monitors", sees_all),
    (N_("Mantenimientos"), "cloud:maintenances", sees_all),
    (N_("Satisfacción"), "cloud:ratings", lambda actor: True),
    (N_("Mejoras"), "cloud:improvements_work", lambda actor: True),
    (N_("Propuestas"), "cloud:proposals_work", lambda actor: True),
    (N_("Autoevaluaciones"), "cloud:selfchecks", lambda actor: True),
    (N_("Costos"), "cloud:costs_work", may_declare),
    (N_("Lineamientos"), "cloud:guidelines_work", lambda actor: actor.holds(Role.STEWARD)),
)
"""The parts of the room's workplace: title, address, and who has something to do there."""


def worker(request: HttpRequest) -> Actor:
    """The official who asks; Forbidden for anybody without business in the room's workplace."""
    actor = actor_of(request)
    actor.require(*READERS)
    return actor


def render_work(
    request: HttpRequest, template: str, section: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the workplace, with the room's other parts above it."""
    actor = actor_of(request)
    sections = [
        {"title": _(title), "href": reverse(name), "current": name == section}
        for title, name, open_to in _SECTIONS
        if open_to(actor)
    ]
    return render(request, template, {"sections": sections, **context}, status=status)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; None when the page is only read."""
    return request.POST if request.method == "POST" else None


def refused(*found: forms.BaseForm | None) -> int:
    """The status of a page with these forms: 422 when one of them was refused."""
    return 422 if any(form is not None and form.errors for form in found) else 200


def own_institutions(actor: Actor) -> list[tuple[str, str]]:
    """(code, title) of the institutions that the official writes for, by title."""
    known = directory.institutions(writes_for(actor))
    return sorted(((code, entry.title) for code, entry in known.items()), key=lambda choice: choice[1])


def version_of(request: HttpRequest) -> int:
    """The version that the official had on screen; 0 when the form does not say."""
    typed = request.POST.get(EDIT_FIELD, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def attached(form: forms.Form, actor: Actor) -> Evidence:
    """The PDF that came with a form, kept; nothing when none did. Raises Invalid at the field."""
    upload = form.cleaned_data["evidence"]
    if upload is None:
        return Evidence()
    try:
        stored = store(upload, actor=actor, allowed=[PDF])
    except (Invalid, Unavailable) as error:
        raise Invalid(error.message, {"evidence": [error.message]}) from error
    return Evidence(file=stored, name=stored.name)


def tried(form: forms.BaseForm, act: Callable[[], Any]) -> Any:
    """What an action gives; None when it refused, and then the form says why and keeps what was typed."""
    try:
        return act()
    except Invalid as error:
        show_invalid(form, error)
    except Conflict as error:
        form.add_error(None, error.message)
    return None


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that can be done with a thing: asked about on a page of its own, then done."""

    title: str
    button: str
    done: str
    """what the person is told afterwards"""
    allowed: Callable[[Actor, Any], bool]
    """whether this person ever does it with this thing"""
    possible: Callable[[Any], bool]
    """whether the thing is in a state for it"""
    act: Callable[[Any, dict[str, Any], int, Actor], Any]
    """(thing, what was filled in, version on screen, actor)"""
    explanation: str = ""
    form: type[forms.Form] = PlainForm
    warning: bool = False
    leaves: bool = False
    """whether the thing is gone afterwards"""


Steps = Mapping[str, Step]


def open_steps(steps: Steps, thing: Any, actor: Actor) -> list[tuple[str, Step]]:
    """The steps that this official can take with the thing now, with their part of the address."""
    return [
        (name, step) for name, step in steps.items() if step.possible(thing) and step.allowed(actor, thing)
    ]


def take(
    request: HttpRequest,
    step: Step,
    thing: Any,
    *,
    section: str,
    back: str,
    gone: str = "",
    form_arguments: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Ask about a step and, once confirmed, take it; `back` shows the thing, `gone` the list it was in."""
    actor = actor_of(request)
    if not step.allowed(actor, thing):
        raise Forbidden()
    form = step.form(posted(request), **(form_arguments or {}))
    if request.method == "POST" and form.is_valid():
        version = version_of(request)
        if tried(form, lambda: step.act(thing, form.cleaned_data, version, actor) or True):
            messages.success(request, _(step.done))
            return redirect(gone if step.leaves else back)
    elif request.method != "POST" and not step.possible(thing):
        raise Conflict(_("Eso ya no se puede hacer: otra persona cambió esto antes."))
    context = {"step": step, "thing": thing, "form": form, "back": back}
    return render_work(request, "cloud/step.html", section, context, status=refused(form))


def step_named(steps: Steps, name: str) -> Step:
    """The step with this part of the address; NotFound otherwise."""
    if name not in steps:
        raise NotFound(_("Esa página no existe."))
    return steps[name]


def offered_choices(services: Sequence[Any]) -> list[tuple[str, str]]:
    """(code, title) of services, for a select."""
    return [(entry.code, entry.title) for entry in services]
