"""MINTEL's desk: what waits for a decision, and until when roadmaps are due."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minga.kernel.actors import Actor
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.plan import actions, queries
from minga.modules.plan.actions import powers
from minga.modules.plan.forms import DeadlineForm, ReviewForm
from minga.modules.plan.models import RoadmapDeadline
from minga.modules.plan.models.report import ReportState
from minga.modules.plan.models.structure import plan
from minga.modules.plan.views.editing import version_read
from minga.ui.http import actor_of, page, render, show_invalid


@page(queries=70)
def review(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """MINTEL's decision on a filed report."""
    actor = actor_of(request)
    actor.require(*powers.REVIEWERS)
    report = queries.workplace_report(report_id)
    proofs = queries.proofs_of(report)
    form = ReviewForm(request.POST or None, proofs=[proof for proof in proofs if proof.stands])
    if request.method == "POST" and form.is_valid():
        try:
            told = _decide(form, report_id, version=version_read(request), actor=actor)
        except Invalid as error:
            show_invalid(form, error)
        except (Conflict, Forbidden) as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, told)
            return redirect("plan:part_work", report.initiative, report.institution.code)
    part = queries.part(initiative=report.initiative, institution=report.institution_id)
    context = {
        "report": report,
        "initiative": plan().initiatives[report.initiative],
        "proofs": proofs,
        "form": form,
        "version": report.version,
        "waiting": report.state == ReportState.SUBMITTED,
        "figures": part.figures,
        "before": next((row for row in part.filed_reports if row.period < report.period), None),
    }
    return render(request, "plan/report_review.html", context, status=422 if form.errors else 200)


def _decide(form: ReviewForm, report_id: UUID, *, version: int, actor: Actor) -> str:
    """Carry the decision out; what to tell afterwards."""
    decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
    if decision == "accept":
        actions.accept_report(
            report_id,
            validated=form.cleaned_data["validated"],
            milestones=form.accepted(),
            reason=reason,
            version=version,
            actor=actor,
        )
        return _("El informe quedó aceptado y es público con sus pruebas.")
    if decision == "observe":
        actions.observe_report(report_id, reason=reason, version=version, actor=actor)
        return _("El informe volvió a la institución con sus observaciones.")
    actions.reject_report(report_id, reason=reason, version=version, actor=actor)
    return _("El informe quedó rechazado. La institución debe presentar otro.")


@page(queries=8)
def deadline(request: HttpRequest) -> HttpResponse:
    """Until when the roadmaps that nobody has filed are due."""
    actor = actor_of(request)
    actor.require(*powers.REVIEWERS)
    current = RoadmapDeadline.objects.first()
    form = DeadlineForm(request.POST or None, initial={"due_on": current.due_on if current else None})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_deadline(due_on=form.cleaned_data["due_on"], actor=actor)
        except Invalid as error:
            show_invalid(form, error)
        else:
            messages.success(request, _("Se fijó el plazo."))
            return redirect("plan:progress_work")
    context = {"form": form, "current": current}
    return render(request, "plan/deadline.html", context, status=422 if form.errors else 200)
