"""The workplace for contracts: the institution registers them, the provider confirms them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.files.serving import file_response
from minga.kernel.actors import Actor
from minga.kernel.errors import Forbidden, NotFound
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.cloud.actions import adoptions as actions
from minga.modules.cloud.actions.powers import (
    SIGNERS,
    WRITERS,
    is_provider,
    require_reader,
    seen_institutions,
    writes_for,
)
from minga.modules.cloud.forms.adoptions import AdoptionForm, EndAnswerForm, EndForm
from minga.modules.cloud.forms.common import ReasonForm
from minga.modules.cloud.models import Adoption
from minga.modules.cloud.models.adoption import AdoptionState, Side
from minga.modules.cloud.queries import adoptions as queries
from minga.modules.cloud.queries import services
from minga.modules.cloud.views.common import (
    Step,
    Steps,
    attached,
    offered_choices,
    open_steps,
    own_institutions,
    refused,
    render_work,
    step_named,
    take,
    tried,
    version_of,
    worker,
)
from minga.modules.directory import contracts as directory
from minga.ui.http import Page, page

SECTION = "cloud:adoptions"
_EDITABLE = (AdoptionState.DRAFT, AdoptionState.OBSERVED)


@page(queries=7)
def listing(request: HttpRequest) -> HttpResponse:
    """The contracts that the official may see, the latest change first."""
    actor = worker(request)
    state = request.GET.get("estado", "")
    chosen = state if state in AdoptionState.values else ""
    found = queries.registrations(
        institutions=seen_institutions(actor), drafts_of=actor.institutions(*WRITERS), state=chosen
    )
    context = {
        "page": Page.of(request, found, size=30),
        "state": chosen,
        "states": AdoptionState.choices,
        "may_write": bool(writes_for(actor)),
    }
    return render_work(request, "cloud/adoptions.html", SECTION, context)


@page(queries=14)
def create(request: HttpRequest) -> HttpResponse:
    """Start to register a contract."""
    actor = worker(request)
    actor.require(*WRITERS)
    form = _form(request, own_institutions(actor))
    if request.method == "POST" and form.is_valid():
        adoption = tried(form, lambda: _draft(form, actor))
        if adoption is not None:
            messages.success(request, _("Se guardó el borrador. Falta presentarlo al proveedor."))
            return redirect("cloud:adoption_edit", adoption.id)
    return render_work(request, "cloud/adoption_form.html", SECTION, {"form": form}, status=refused(form))


def _draft(form: AdoptionForm, actor: Actor) -> Adoption:
    institution = directory.institution(form.cleaned_data["institution"])
    actor.require(*WRITERS, institution=institution.reference)
    return actions.draft_adoption(
        _text(form), institution=institution, evidence=attached(form, actor), actor=actor
    )


@page(queries=16)
def edit(request: HttpRequest, id: UUID) -> HttpResponse:
    """A contract at work: its data, what can be done with it, and all that happened."""
    actor, adoption = _readable(request, id)
    institution = Reference.of("institution", adoption.institution_id)
    editable = adoption.state in _EDITABLE and actor.holds(*WRITERS, institution=institution)
    form = (
        _form(request, [(adoption.institution.code, adoption.institution.name)], adoption)
        if editable
        else None
    )
    if form is not None and request.method == "POST" and form.is_valid():
        changed = tried(form, lambda: _change(form, id, version_of(request), actor))
        if changed is not None:
            messages.success(request, _("Se guardaron los cambios."))
            return redirect("cloud:adoption_edit", id)
    context = {
        "adoption": adoption,
        "form": form,
        "steps": open_steps(STEPS, adoption, actor),
        "events": [_told(event) for event in adoption.events.all()],
    }
    return render_work(request, "cloud/adoption_edit.html", SECTION, context, status=refused(form))


def _change(form: AdoptionForm, id: UUID, version: int, actor: Actor) -> Adoption:
    return actions.change_adoption(
        id, _text(form), version=version, evidence=attached(form, actor), actor=actor
    )


def _told(event: Any) -> dict[str, Any]:
    return {
        "when": event.happened_at,
        "title": event.get_step_display(),
        "by": event.get_side_display(),
        "text": event.reason,
    }


@page(queries=16)
def step(request: HttpRequest, id: UUID, name: str) -> HttpResponse:
    """Ask about a step in the life of a contract, and take it."""
    found = step_named(STEPS, name)
    _actor, adoption = _readable(request, id)
    back = reverse("cloud:adoption_edit", args=[id])
    return take(request, found, adoption, section=SECTION, back=back, gone=reverse(SECTION))


@page(queries=6)
def evidence(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """The paper behind a contract, for its parties and those who watch."""
    _actor, adoption = _readable(request, id)
    if adoption.evidence is None:
        raise NotFound(_("Este registro todavía no tiene un documento."))
    return file_response(adoption.evidence, filename=adoption.evidence_name, request=request)


def _readable(request: HttpRequest, id: UUID) -> tuple[Actor, Adoption]:
    """A contract that the official may see; a draft only for those who write for its institution."""
    actor = worker(request)
    adoption = queries.adoption(id)
    institution = Reference.of("institution", adoption.institution_id)
    require_reader(actor, institution)
    if adoption.state == AdoptionState.DRAFT and not actor.holds(*WRITERS, institution=institution):
        raise Forbidden()
    return actor, adoption


def _form(
    request: HttpRequest, institutions: list[tuple[str, str]], adoption: Adoption | None = None
) -> AdoptionForm:
    initial: dict[str, Any] = {}
    if adoption is not None:
        initial = {field: getattr(adoption, field) for field in ("contract", "starts_on", "expected_end")}
        initial |= {"service": adoption.service.code, "institution": adoption.institution.code}
    posted = request.method == "POST"
    return AdoptionForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial=initial,
        institutions=institutions,
        services=offered_choices(list(services.public_services())),
    )


def _text(form: AdoptionForm) -> actions.AdoptionText:
    data = form.cleaned_data
    return actions.AdoptionText(
        service=services.public_service(data["service"]),
        contract=data["contract"],
        starts_on=data["starts_on"],
        expected_end=data["expected_end"],
    )


def _signs(actor: Actor, adoption: Adoption) -> bool:
    return actor.holds(*SIGNERS, institution=Reference.of("institution", adoption.institution_id))


def _writes(actor: Actor, adoption: Adoption) -> bool:
    return actor.holds(*WRITERS, institution=Reference.of("institution", adoption.institution_id))


def _confirms(actor: Actor, _adoption: Adoption) -> bool:
    return is_provider(actor, *SIGNERS)


def _answers_end(actor: Actor, adoption: Adoption) -> bool:
    """The party that did not ask; while nobody asked, either."""
    provides = is_provider(actor, *SIGNERS)
    if not adoption.end_asked_by:
        return provides or _signs(actor, adoption)
    return provides if adoption.answers_end is Side.PROVIDER else _signs(actor, adoption)


def _withdraws(actor: Actor, adoption: Adoption) -> bool:
    """Before it counts the institution does, afterwards the provider."""
    counted = adoption.state in (AdoptionState.CONFIRMED, AdoptionState.ENDED)
    return _confirms(actor, adoption) if counted else _signs(actor, adoption)


def _is(*states: AdoptionState) -> Any:
    return lambda adoption: adoption.state in states


def _in_use(*, asked: bool) -> Any:
    return lambda use: (
        use.state == AdoptionState.CONFIRMED and bool(use.end_asked_by) is asked and not use.orphaned
    )


STEPS: Steps = {
    "presentar": Step(
        title=N_("Presentar al proveedor"),
        explanation=N_(
            "El proveedor revisa el contrato y confirma que el servicio está en uso. "
            "Mientras lo revisa, los datos no se pueden cambiar."
        ),
        button=N_("Presentar"),
        done=N_("Se presentó. El proveedor lo confirmará o le dirá qué corregir."),
        allowed=_signs,
        possible=_is(*_EDITABLE),
        act=lambda it, data, version, actor: actions.file_adoption(it.id, version=version, actor=actor),
    ),
    "confirmar": Step(
        title=N_("Confirmar el uso"),
        explanation=N_(
            "Confirma que la institución usa el servicio desde la fecha de inicio del contrato. "
            "Desde ese día cuenta en los indicadores del plan."
        ),
        button=N_("Confirmar el uso"),
        done=N_("Se confirmó: la institución ya cuenta entre las que usan este servicio."),
        allowed=_confirms,
        possible=_is(AdoptionState.FILED),
        act=lambda it, data, version, actor: actions.confirm_adoption(it.id, version=version, actor=actor),
    ),
    "observar": Step(
        title=N_("Devolver con una observación"),
        explanation=N_("La institución lo corrige y lo presenta otra vez."),
        button=N_("Devolver"),
        done=N_("Se devolvió a la institución con su observación."),
        allowed=lambda actor, it: is_provider(actor),
        possible=_is(AdoptionState.FILED),
        form=ReasonForm,
        act=lambda it, data, version, actor: actions.observe_adoption(
            it.id, reason=data["reason"], version=version, actor=actor
        ),
    ),
    "responder": Step(
        title=N_("Responder el aviso de término"),
        explanation=N_(
            "La otra parte avisó que el servicio ya no se usa. Mientras no responda, sigue contando."
        ),
        button=N_("Responder"),
        done=N_("Se guardó su respuesta."),
        allowed=_answers_end,
        possible=_in_use(asked=True),
        form=EndAnswerForm,
        act=lambda it, data, version, actor: actions.answer_end(it.id, **data, version=version, actor=actor),
    ),
    "terminar": Step(
        title=N_("Avisar que terminó"),
        explanation=N_(
            "La otra parte debe confirmarlo. Mientras tanto, el servicio sigue contando como en uso."
        ),
        button=N_("Avisar"),
        done=N_("Se avisó a la otra parte, que debe confirmarlo."),
        allowed=_answers_end,
        possible=_in_use(asked=False),
        form=EndForm,
        act=lambda it, data, version, actor: actions.ask_end(it.id, **data, version=version, actor=actor),
    ),
    "cerrar": Step(
        title=N_("Terminar: la institución cerró"),
        explanation=N_("La institución ya no existe, así que nadie más debe confirmarlo."),
        button=N_("Terminar el contrato"),
        done=N_("El contrato terminó."),
        allowed=_confirms,
        possible=lambda use: use.orphaned,
        form=EndForm,
        act=lambda it, data, version, actor: actions.ask_end(it.id, **data, version=version, actor=actor),
    ),
    "anular": Step(
        title=N_("Anular por error"),
        explanation=N_("Se registró lo que no era: nunca habrá contado, y esta historia queda a la vista."),
        button=N_("Anular"),
        done=N_("Se anuló el registro."),
        allowed=_withdraws,
        possible=_is(
            AdoptionState.FILED, AdoptionState.OBSERVED, AdoptionState.CONFIRMED, AdoptionState.ENDED
        ),
        form=ReasonForm,
        warning=True,
        act=lambda it, data, version, actor: actions.withdraw_adoption(
            it.id, reason=data["reason"], version=version, actor=actor
        ),
    ),
    "descartar": Step(
        title=N_("Descartar el borrador"),
        explanation=N_("El borrador se borra. Nadie más lo ha visto."),
        button=N_("Descartar"),
        done=N_("Se descartó el borrador."),
        allowed=_writes,
        possible=_is(AdoptionState.DRAFT),
        warning=True,
        leaves=True,
        act=lambda it, data, version, actor: actions.discard_adoption(it.id, version=version, actor=actor),
    ),
}
