"""The workplace for the guidelines: the steward writes the next version and publishes it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minga.kernel.actors import Actor, Role
from minga.kernel.errors import Conflict, NotFound
from minga.kernel.text import N_
from minga.modules.cloud.actions import guidelines as actions
from minga.modules.cloud.forms.guidelines import GuidelineForm, QuestionForm, SectionForm
from minga.modules.cloud.models import Guideline
from minga.modules.cloud.models.guideline import GuidelineState
from minga.modules.cloud.queries import guidelines as queries
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
)
from minga.ui.http import actor_of, page

SECTION = "cloud:guidelines_work"


@page(queries=5)
def listing(request: HttpRequest) -> HttpResponse:
    """All versions, the draft first."""
    _steward(request)
    versions = list(Guideline.objects.all())
    drafting = any(entry.state == GuidelineState.DRAFT for entry in versions)
    context = {"versions": versions, "drafting": drafting}
    return render_work(request, "cloud/guidelines_work.html", SECTION, context)


@page(queries=12)
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Start the next version from the one in force."""
    draft = actions.draft_guideline(actor=_steward(request))
    messages.success(request, _("Se empezó la versión %(number)s.") % {"number": draft.number})
    return redirect("cloud:guideline_edit", draft.number)


@page(queries=12)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """A draft: its introduction, its chapters and its questions."""
    actor = _steward(request)
    draft = _draft(number)
    initial = {field: getattr(draft, field) for field in ("title", "introduction", "changes")}
    form = GuidelineForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        version = version_of(request)
        if tried(form, lambda: actions.change_guideline(number, form.text(), version=version, actor=actor)):
            messages.success(request, _("Se guardaron los cambios."))
            return redirect("cloud:guideline_edit", number)
    context = {
        "draft": draft,
        "form": form,
        "sections_of": list(draft.sections.all()),
        "questions": list(draft.questions.all()),
        "steps": open_steps(STEPS, draft, actor),
    }
    return render_work(request, "cloud/guideline_edit.html", SECTION, context, status=refused(form))


@page(queries=10)
def section(request: HttpRequest, number: int, id: int = 0) -> HttpResponse:
    """Add a chapter, or rewrite one."""
    draft, row = _draft(number), None
    if id:
        row = _part(draft.sections.filter(id=id).first())
    form = SectionForm(posted(request), initial=_initial(draft.sections, row, ("title", "text", "position")))

    def write(version: int, actor: Actor) -> Any:
        return actions.write_section(number, form.written(), section=id or None, version=version, actor=actor)

    return _part_page(request, draft, form, row, write, _("Sección"), "cloud:section_remove")


@page(queries=10)
def question(request: HttpRequest, number: int, id: int = 0) -> HttpResponse:
    """Add a question, or rewrite one."""
    draft, row = _draft(number), None
    if id:
        row = _part(draft.questions.filter(id=id).first())
    fields = ("text", "help", "remedy", "basis", "critical", "weight", "position")
    form = QuestionForm(posted(request), initial=_initial(draft.questions, row, fields))

    def write(version: int, actor: Actor) -> Any:
        return actions.write_question(
            number, form.written(), question=id or None, version=version, actor=actor
        )

    return _part_page(request, draft, form, row, write, _("Pregunta"), "cloud:question_remove")


def _part_page(
    request: HttpRequest, draft: Guideline, form: forms.Form, row: Any, write: Any, title: str, remove: str
) -> HttpResponse:
    actor = _steward(request)
    if request.method == "POST" and form.is_valid():
        version = version_of(request)
        if tried(form, lambda: write(version, actor)):
            messages.success(request, _("Se guardaron los cambios."))
            return redirect("cloud:guideline_edit", draft.number)
    context = {"draft": draft, "form": form, "row": row, "title": title, "remove": remove}
    return render_work(request, "cloud/guideline_part.html", SECTION, context, status=refused(form))


@page(queries=10)
@require_POST
def section_remove(request: HttpRequest, number: int, id: int) -> HttpResponse:
    """Take a chapter out of a draft."""
    actions.remove_section(number, id, version=version_of(request), actor=_steward(request))
    messages.success(request, _("Se quitó la sección."))
    return redirect("cloud:guideline_edit", number)


@page(queries=10)
@require_POST
def question_remove(request: HttpRequest, number: int, id: int) -> HttpResponse:
    """Take a question out of a draft."""
    actions.remove_question(number, id, version=version_of(request), actor=_steward(request))
    messages.success(request, _("Se quitó la pregunta."))
    return redirect("cloud:guideline_edit", number)


@page(queries=16)
def step(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Ask about publishing or discarding a draft, and do it."""
    _steward(request)
    found = step_named(STEPS, name)
    draft = _draft(number)
    return take(
        request,
        found,
        draft,
        section=SECTION,
        back=reverse("cloud:guideline_edit", args=[number]),
        gone=reverse(SECTION),
    )


def _steward(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    actor.require(Role.STEWARD)
    return actor


def _draft(number: int) -> Guideline:
    found = queries.any_version(number)
    if found.state != GuidelineState.DRAFT:
        raise Conflict(_("Una versión publicada no se puede cambiar. Empiece otra."))
    return found


def _part(row: Any) -> Any:
    if row is None:
        raise NotFound(_("Esa parte ya no está en el borrador."))
    return row


def _initial(rows: Any, row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    """What the part says now; a new one goes to the end."""
    if row is not None:
        return {field: getattr(row, field) for field in fields}
    last = rows.last()
    return {"position": last.position + 1 if last else 1}


def _by_steward(actor: Actor, _draft: Guideline) -> bool:
    return actor.holds(Role.STEWARD)


def _is_draft(draft: Guideline) -> bool:
    return draft.state == GuidelineState.DRAFT


STEPS: Steps = {
    "publicar": Step(
        title=N_("Publicar esta versión"),
        explanation=N_(
            "Desde hoy rige y no se podrá cambiar. Las autoevaluaciones que ya empezaron siguen con su versión."
        ),
        button=N_("Publicar"),
        done=N_("La versión quedó publicada."),
        allowed=_by_steward,
        possible=_is_draft,
        leaves=True,
        act=lambda it, data, version, actor: actions.publish_guideline(
            it.number, version=version, actor=actor
        ),
    ),
    "descartar": Step(
        title=N_("Descartar el borrador"),
        explanation=N_("El borrador se borra. La versión vigente sigue igual."),
        button=N_("Descartar"),
        done=N_("Se descartó el borrador."),
        allowed=_by_steward,
        possible=_is_draft,
        warning=True,
        leaves=True,
        act=lambda it, data, version, actor: actions.discard_guideline(
            it.number, version=version, actor=actor
        ),
    ),
}
