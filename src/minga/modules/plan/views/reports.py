"""The workplace for progress reports: text, claims with evidence, filing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minga.foundation.calendars.queries import calendar_on
from minga.foundation.files.serving import file_response
from minga.foundation.files.storing import store
from minga.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from minga.modules.directory import contracts as directory
from minga.modules.plan import actions, queries
from minga.modules.plan.actions import powers
from minga.modules.plan.forms import EvidenceForm, ReportForm
from minga.modules.plan.models import Report
from minga.modules.plan.models.periods import REVIEW_TERM, Quarter
from minga.modules.plan.models.report import WRITABLE, ReportState
from minga.modules.plan.models.structure import plan
from minga.modules.plan.views.editing import problems_of, version_read
from minga.ui.http import actor_of, page, render, show_invalid

PROOFS = (
    "application/pdf",
    "image/jpeg",
    "image/png",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
    "text/csv",
)
"""Media types of files that prove a milestone."""


@page(queries=40)
@require_POST
def start(request: HttpRequest, code: str, institution: str, period: str) -> HttpResponse:
    """Start the report of a quarter."""
    try:
        found = actions.start_report(
            initiative=code,
            quarter=Quarter.from_code(period),
            institution=directory.institution(institution),
            actor=actor_of(request),
        )
    except (Conflict, Invalid) as error:
        messages.error(request, error.message or _("No se pudo empezar el informe de ese trimestre."))
        return redirect("plan:part_work", code, institution)
    return redirect("plan:report_edit", found.id)


@page(queries=26)
def edit(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A report at work: its text and evidence, or what was filed and what MINTEL said."""
    report = _seen(request, report_id)
    form = ReportForm(request.POST or None, initial=_initial(report))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_report(
                report_id, form.text(), version=version_read(request), actor=actor_of(request)
            )
        except Invalid as error:
            show_invalid(form, error)
        except Conflict as error:
            form.add_error(None, error.message)
            return _page(request, queries.workplace_report(report_id), form=form)
        else:
            messages.success(request, _("Se guardó el informe."))
            return redirect("plan:report_edit", report_id)
    return _page(request, report, form=form, version=version_read(request) if form.is_bound else None)


@page(queries=46)
def evidence_create(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Say that a milestone was reached, and bring what proves it."""
    report, actor = _seen(request, report_id), actor_of(request)
    if not powers.may_prepare(actor, report.institution_id) or report.state not in WRITABLE:
        raise Forbidden()
    part = queries.part(initiative=report.initiative, institution=report.institution_id)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        steps=part.steps,
        initial={"milestone": request.GET.get("hito", "")},
    )
    version = version_read(request) if request.method == "POST" else report.version
    if request.method == "POST" and form.is_valid():
        try:
            text = form.text(_kept(form, request))
            actions.add_evidence(report_id, text, version=version, actor=actor)
        except Invalid as error:
            show_invalid(form, error)
        except Conflict as error:
            form.add_error(None, error.message)
            version = queries.workplace_report(report_id).version
        else:
            messages.success(request, _("Se añadió la prueba."))
            return redirect("plan:report_edit", report_id)
    context = {
        "report": report,
        "initiative": plan().initiatives[report.initiative],
        "form": form,
        "version": version,
        "nothing_left": all(step.done_on for step in part.steps),
    }
    return render(request, "plan/evidence_form.html", context, status=422 if form.errors else 200)


@page(queries=30)
@require_POST
def evidence_withdraw(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """Take evidence out of an open report."""
    evidence = queries.workplace_evidence(evidence_id)
    return _acted(
        request,
        evidence.claim.report_id,
        lambda version: actions.withdraw_evidence(evidence_id, version=version, actor=actor_of(request)),
        _("Se retiró la prueba."),
    )


@page(queries=5)
def evidence_file(request: HttpRequest, evidence_id: UUID) -> HttpResponseBase:
    """The file of a proof, for those who work on the report."""
    evidence = queries.workplace_evidence(evidence_id)
    powers.require_sight(actor_of(request), evidence.claim.report.institution_id)
    if evidence.file is None:
        raise NotFound(_("Esa prueba no es un archivo."))
    return file_response(evidence.file, filename=evidence.file_name, request=request)


@page(queries=36)
@require_POST
def submit(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """File the report."""
    return _acted(
        request,
        report_id,
        lambda version: actions.submit_report(report_id, version=version, actor=actor_of(request)),
        _("El informe se presentó. MINTEL tiene %(days)s días laborables para revisarlo.")
        % {"days": REVIEW_TERM},
    )


@page(queries=26)
@require_POST
def discard(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    report = _seen(request, report_id)
    try:
        actions.discard_report(report_id, version=version_read(request), actor=actor_of(request))
    except (Conflict, Invalid) as error:
        return _page(request, queries.workplace_report(report_id), problem=error)
    messages.success(request, _("Se descartó el borrador."))
    return redirect("plan:part_work", report.initiative, report.institution.code)


def _kept(form: EvidenceForm, request: HttpRequest) -> Any:
    upload = form.cleaned_data["file"]
    if upload is None:
        return None
    try:
        return store(upload, actor=actor_of(request), allowed=PROOFS)
    except (Invalid, Unavailable) as error:
        raise Invalid(error.message, {"file": [error.message]}) from error


def _seen(request: HttpRequest, report_id: UUID) -> Report:
    report = queries.workplace_report(report_id)
    powers.require_sight(actor_of(request), report.institution_id)
    return report


def _initial(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in ReportForm.base_fields}


def _page(
    request: HttpRequest,
    report: Report,
    *,
    form: ReportForm | None = None,
    version: int | None = None,
    problem: Invalid | Conflict | None = None,
) -> HttpResponse:
    """The report's page; `version` is what a refused form was opened on, so that it still meets a later edit."""
    actor = actor_of(request)
    writable = report.state in WRITABLE and powers.may_prepare(actor, report.institution_id)
    refused = problem is not None or (form is not None and bool(form.errors))
    context = {
        "report": report,
        "initiative": plan().initiatives[report.initiative],
        "form": (form or ReportForm(initial=_initial(report))) if writable else None,
        "proofs": queries.proofs_of(report),
        "version": report.version if version is None else version,
        "due_on": report.due_on or report.quarter.due(calendar_on()),
        "may_file": writable and powers.may_file(actor, report.institution_id),
        "may_review": report.state == ReportState.SUBMITTED and powers.may_review(actor),
        "problems": problems_of(problem),
        "history": queries.history([report.reference]),
    }
    return render(request, "plan/report_edit.html", context, status=422 if refused else 200)


def _acted(request: HttpRequest, report_id: UUID, act: Callable[[int], object], told: str) -> HttpResponse:
    """Do one thing to a report and come back to its page, saying what happened or what was refused."""
    _seen(request, report_id)
    try:
        act(version_read(request))
    except (Conflict, Invalid) as error:
        return _page(request, queries.workplace_report(report_id), problem=error)
    messages.success(request, told)
    return redirect("plan:report_edit", report_id)
