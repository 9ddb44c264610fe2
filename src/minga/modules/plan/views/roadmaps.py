"""The workplace for roadmaps: write milestones, file, and MINTEL's decision."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minga.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from minga.modules.directory import contracts as directory
from minga.modules.plan import actions, queries
from minga.modules.plan.actions import powers
from minga.modules.plan.forms import DecisionForm, MilestoneForm, SummaryForm, milestone_initial
from minga.modules.plan.models import Milestone, Roadmap
from minga.modules.plan.models.periods import REVIEW_TERM
from minga.modules.plan.models.roadmap import WHOLE, WRITABLE, RoadmapState
from minga.modules.plan.models.structure import plan
from minga.modules.plan.views.editing import problems_of, version_read
from minga.ui.http import actor_of, page, render, show_invalid


@page(queries=34)
@require_POST
def start(request: HttpRequest, code: str, institution: str) -> HttpResponse:
    """Start a roadmap, or its next version."""
    try:
        found = actions.start_roadmap(
            initiative=code, institution=directory.institution(institution), actor=actor_of(request)
        )
    except (Conflict, Invalid) as error:
        messages.error(request, error.message or _("No se pudo empezar la hoja de ruta."))
        return redirect("plan:part_work", code, institution)
    return redirect("plan:roadmap_edit", found.id)


@page(queries=24)
def edit(request: HttpRequest, roadmap_id: UUID) -> HttpResponse:
    """A version at work: its text and milestones, or what was filed and what may be done with it."""
    roadmap = _seen(request, roadmap_id)
    form = SummaryForm(request.POST or None, initial={"summary": roadmap.summary})
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_roadmap(
                roadmap_id,
                summary=form.cleaned_data["summary"],
                version=version_read(request),
                actor=actor_of(request),
            )
        except Invalid as error:
            show_invalid(form, error)
        except Conflict as error:
            form.add_error(None, error.message)
            return _page(request, queries.workplace_roadmap(roadmap_id), form=form)
        else:
            messages.success(request, _("Se guardó el texto."))
            return redirect("plan:roadmap_edit", roadmap_id)
    return _page(request, roadmap, form=form, version=version_read(request) if form.is_bound else None)


@page(queries=26)
def milestone_create(request: HttpRequest, roadmap_id: UUID) -> HttpResponse:
    """Add a milestone."""
    return _milestone_page(request, _seen(request, roadmap_id), None)


@page(queries=26)
def milestone_edit(request: HttpRequest, roadmap_id: UUID, key: UUID) -> HttpResponse:
    """Change a milestone."""
    roadmap = _seen(request, roadmap_id)
    found = next((row for row in roadmap.milestones.all() if row.key == key), None)
    if found is None:
        raise NotFound(_("Esta hoja de ruta no tiene ese hito."))
    return _milestone_page(request, roadmap, found)


@page(queries=28)
@require_POST
def milestone_remove(request: HttpRequest, roadmap_id: UUID, key: UUID) -> HttpResponse:
    """Take a milestone out."""
    return _acted(
        request,
        roadmap_id,
        lambda version: actions.remove_milestone(
            roadmap_id, key=key, version=version, actor=actor_of(request)
        ),
        _("Se quitó el hito."),
    )


@page(queries=30)
@require_POST
def submit(request: HttpRequest, roadmap_id: UUID) -> HttpResponse:
    """File the version."""
    return _acted(
        request,
        roadmap_id,
        lambda version: actions.submit_roadmap(roadmap_id, version=version, actor=actor_of(request)),
        _("La hoja de ruta se presentó. MINTEL tiene %(days)s días laborables para revisarla.")
        % {"days": REVIEW_TERM},
    )


@page(queries=24)
@require_POST
def discard(request: HttpRequest, roadmap_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    roadmap = _seen(request, roadmap_id)
    try:
        actions.discard_roadmap(roadmap_id, version=version_read(request), actor=actor_of(request))
    except (Conflict, Invalid) as error:
        return _page(request, queries.workplace_roadmap(roadmap_id), problem=error)
    messages.success(request, _("Se descartó el borrador."))
    return redirect("plan:part_work", roadmap.initiative, roadmap.institution.code)


@page(queries=30)
def review(request: HttpRequest, roadmap_id: UUID) -> HttpResponse:
    """MINTEL's decision on a filed version."""
    actor = actor_of(request)
    actor.require(*powers.REVIEWERS)
    roadmap = queries.workplace_roadmap(roadmap_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["decision"] == "approve":
                actions.approve_roadmap(roadmap_id, version=version_read(request), actor=actor)
                told = _("La hoja de ruta quedó aprobada y es pública.")
            else:
                reason = form.cleaned_data["reason"]
                actions.observe_roadmap(roadmap_id, reason=reason, version=version_read(request), actor=actor)
                told = _("La hoja de ruta volvió a la institución con sus observaciones.")
        except Invalid as error:
            show_invalid(form, error)
        except (Conflict, Forbidden) as error:
            form.add_error(None, error.message)
            roadmap = queries.workplace_roadmap(roadmap_id)
        else:
            messages.success(request, told)
            return redirect("plan:part_work", roadmap.initiative, roadmap.institution.code)
    context = _context(roadmap) | {
        "form": form,
        "waiting": roadmap.state == RoadmapState.SUBMITTED,
        "before": queries.versions_of(roadmap).exclude(id=roadmap.id).first(),
    }
    return render(request, "plan/roadmap_review.html", context, status=422 if form.errors else 200)


def _seen(request: HttpRequest, roadmap_id: UUID) -> Roadmap:
    roadmap = queries.workplace_roadmap(roadmap_id)
    powers.require_sight(actor_of(request), roadmap.institution_id)
    return roadmap


def _context(roadmap: Roadmap) -> dict[str, Any]:
    milestones = list(roadmap.milestones.all())
    return {
        "roadmap": roadmap,
        "initiative": plan().initiatives[roadmap.initiative],
        "milestones": milestones,
        "total": sum(milestone.weight for milestone in milestones),
        "whole": WHOLE,
        "version": roadmap.version,
    }


def _page(
    request: HttpRequest,
    roadmap: Roadmap,
    *,
    form: SummaryForm | None = None,
    version: int | None = None,
    problem: Invalid | Conflict | None = None,
) -> HttpResponse:
    """The version's page; `version` is what a refused form was opened on, so that it still meets a later edit."""
    actor = actor_of(request)
    writable = roadmap.state in WRITABLE and powers.may_prepare(actor, roadmap.institution_id)
    refused = problem is not None or (form is not None and bool(form.errors))
    context = _context(roadmap) | {
        "form": (form or SummaryForm(initial={"summary": roadmap.summary})) if writable else None,
        "may_file": writable and powers.may_file(actor, roadmap.institution_id),
        "may_review": roadmap.state == RoadmapState.SUBMITTED and powers.may_review(actor),
        "problems": problems_of(problem),
        "history": queries.history([roadmap.reference]),
        "version": roadmap.version if version is None else version,
    }
    return render(request, "plan/roadmap_edit.html", context, status=422 if refused else 200)


def _acted(request: HttpRequest, roadmap_id: UUID, act: Callable[[int], object], told: str) -> HttpResponse:
    """Do one thing to a version and come back to its page, saying what happened or what was refused."""
    _seen(request, roadmap_id)
    try:
        act(version_read(request))
    except (Conflict, Invalid) as error:
        return _page(request, queries.workplace_roadmap(roadmap_id), problem=error)
    messages.success(request, told)
    return redirect("plan:roadmap_edit", roadmap_id)


def _milestone_page(request: HttpRequest, roadmap: Roadmap, milestone: Milestone | None) -> HttpResponse:
    actor = actor_of(request)
    if not powers.may_prepare(actor, roadmap.institution_id):
        raise Forbidden()
    form = MilestoneForm(request.POST or None, initial=milestone_initial(milestone) if milestone else {})
    version = version_read(request) if request.method == "POST" else roadmap.version
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_milestone(
                roadmap.id,
                form.text(),
                key=milestone.key if milestone else None,
                version=version,
                actor=actor,
            )
        except Invalid as error:
            show_invalid(form, error)
        except Conflict as error:
            form.add_error(None, error.message)
            version = queries.workplace_roadmap(roadmap.id).version
        else:
            messages.success(request, _("Se guardó el hito."))
            return redirect("plan:roadmap_edit", roadmap.id)
    context = _context(roadmap) | {"form": form, "milestone": milestone, "version": version}
    return render(request, "plan/milestone_form.html", context, status=422 if form.errors else 200)
