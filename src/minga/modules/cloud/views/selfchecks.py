"""The self-check: one question a page, saved as it goes, with a result that can be printed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.kernel.actors import Actor
from minga.kernel.errors import Conflict, Forbidden
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.cloud.actions import selfchecks as actions
from minga.modules.cloud.actions.powers import WRITERS, checking_institutions, writes_for
from minga.modules.cloud.forms.selfchecks import AnswerForm, PurchaseForm, StartForm
from minga.modules.cloud.models import SelfCheck
from minga.modules.cloud.models.selfcheck import SelfCheckState, Verdict
from minga.modules.cloud.queries import guidelines
from minga.modules.cloud.queries import selfchecks as queries
from minga.modules.cloud.views.common import (
    Step,
    Steps,
    open_steps,
    own_institutions,
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

SECTION = "cloud:selfchecks"


@page(queries=6)
def listing(request: HttpRequest) -> HttpResponse:
    """The checks of the official's institutions."""
    actor = worker(request)
    found = queries.selfchecks(institutions=checking_institutions(actor))
    context = {
        "page": Page.of(request, found, size=30),
        "may_write": bool(writes_for(actor)),
        "guideline": guidelines.in_force(),
    }
    return render_work(request, "cloud/selfchecks.html", SECTION, context)


@page(queries=8)
def create(request: HttpRequest) -> HttpResponse:
    """Say what is to be bought, and begin."""
    actor = worker(request)
    actor.require(*WRITERS)
    form = StartForm(posted(request), institutions=own_institutions(actor))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        check = actions.start_selfcheck(
            subject=data["subject"], institution=directory.institution(data["institution"]), actor=actor
        )
        return redirect("cloud:selfcheck_question", check.id, 1)
    return render_work(request, "cloud/selfcheck_form.html", SECTION, {"form": form}, status=refused(form))


@page(queries=10)
def question(request: HttpRequest, id: UUID, place: int) -> HttpResponse:
    """One question of the check; each answer is kept at once."""
    actor, check = _readable(request, id)
    _require_open(check, actor)
    line = _line(check, place)
    form = _answer_form(request, line)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        verdict = Verdict(data["verdict"])
        if tried(
            form,
            lambda: actions.answer_question(id, place, verdict=verdict, note=data["note"], actor=actor),
        ):
            return redirect(_after(check, place, revising="revisar" in request.GET))
    context = {
        "check": check,
        "line": line,
        "form": form,
        "total": check.guideline.questions.count(),
        "back": reverse("cloud:selfcheck_question", args=[id, place - 1]) if place > 1 else reverse(SECTION),
    }
    return render_work(request, "cloud/selfcheck_question.html", SECTION, context, status=refused(form))


def _line(check: SelfCheck, place: int) -> queries.Line:
    found = queries.question_at(check, place)
    return queries.Line(place, found, check.answers.filter(question=found).first())


def _answer_form(request: HttpRequest, line: queries.Line) -> AnswerForm:
    initial = {"verdict": line.answer.verdict, "note": line.answer.note} if line.answer else {}
    return AnswerForm(posted(request), initial=initial, question=line.question.text, help=line.question.help)


def _after(check: SelfCheck, place: int, *, revising: bool) -> str:
    """The next question; after the last one, or when an answer was only revised, the check of all answers."""
    if revising or place >= check.guideline.questions.count():
        return reverse("cloud:selfcheck", args=[check.id])
    return reverse("cloud:selfcheck_question", args=[check.id, place + 1])


@page(queries=8)
def detail(request: HttpRequest, id: UUID) -> HttpResponse:
    """All answers: to check and finish, or the result with what is missing and what to do."""
    actor, check = _readable(request, id)
    context = {
        "check": check,
        "result": queries.result(check),
        "finished": check.state == SelfCheckState.FINISHED,
        "steps": open_steps(STEPS, check, actor),
        "may_write": _writes(actor, check),
    }
    return render_work(request, "cloud/selfcheck.html", SECTION, context)


@page(queries=12)
def step(request: HttpRequest, id: UUID, name: str) -> HttpResponse:
    """Ask about finishing, discarding or linking a check, and do it."""
    found = step_named(STEPS, name)
    _actor, check = _readable(request, id)
    back = reverse("cloud:selfcheck", args=[id])
    return take(request, found, check, section=SECTION, back=back, gone=reverse(SECTION))


def _readable(request: HttpRequest, id: UUID) -> tuple[Actor, SelfCheck]:
    actor = worker(request)
    check = queries.selfcheck(id)
    read = checking_institutions(actor)
    if read is not None and check.institution_id not in read:
        raise Forbidden()
    return actor, check


def _require_open(check: SelfCheck, actor: Actor) -> None:
    if not _writes(actor, check):
        raise Forbidden()
    if check.state != SelfCheckState.OPEN:
        raise Conflict(_("Esta autoevaluación ya terminó: sus respuestas no se pueden cambiar."))


def _writes(actor: Actor, check: SelfCheck) -> bool:
    return actor.holds(*WRITERS, institution=Reference.of("institution", check.institution_id))


def _is(state: SelfCheckState) -> Any:
    return lambda check: check.state == state


STEPS: Steps = {
    "terminar": Step(
        title=N_("Terminar y ver el resultado"),
        explanation=N_(
            "Las respuestas ya no se podrán cambiar. El resultado queda guardado para su institución."
        ),
        button=N_("Terminar"),
        done=N_("La autoevaluación terminó. Este es su resultado."),
        allowed=_writes,
        possible=_is(SelfCheckState.OPEN),
        act=lambda it, data, version, actor: actions.finish_selfcheck(it.id, actor=actor),
    ),
    "compra": Step(
        title=N_("Vincular la compra"),
        explanation=N_("Así se sabe qué proceso de compra se revisó con estos lineamientos."),
        button=N_("Guardar"),
        done=N_("Se guardó el código de la compra."),
        allowed=_writes,
        possible=_is(SelfCheckState.FINISHED),
        form=PurchaseForm,
        act=lambda it, data, version, actor: actions.link_purchase(it.id, actor=actor, **data),
    ),
    "descartar": Step(
        title=N_("Descartar la autoevaluación"),
        explanation=N_("Se borran las respuestas guardadas hasta ahora."),
        button=N_("Descartar"),
        done=N_("Se descartó la autoevaluación."),
        allowed=_writes,
        possible=_is(SelfCheckState.OPEN),
        warning=True,
        leaves=True,
        act=lambda it, data, version, actor: actions.discard_selfcheck(it.id, actor=actor),
    ),
}
