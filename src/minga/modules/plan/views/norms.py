"""The workplace for norms: draft, check, register, withdraw."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minga.foundation.files.storing import store
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import Conflict, Forbidden, Invalid, Unavailable
from minga.modules.directory import contracts as directory
from minga.modules.plan import actions, queries
from minga.modules.plan.actions import norms as powers
from minga.modules.plan.forms import NormForm, WithdrawalForm
from minga.modules.plan.models import Norm
from minga.modules.plan.models.norm import NormState, WithdrawalReason
from minga.modules.plan.models.structure import plan
from minga.modules.plan.views.editing import problems_of, version_read
from minga.ui.http import Page, actor_of, page, render, show_invalid

PDF = "application/pdf"


@page(queries=6)
def listing(request: HttpRequest) -> HttpResponse:
    """The norms of the official's institutions, drafts first."""
    actor = _writer_or_auditor(request)
    state = request.GET.get("estado", "")
    chosen = state if state in NormState.values else ""
    norms = queries.workplace_norms(institutions=powers.writes_for(actor), state=chosen)
    context = {
        "page": Page.of(request, norms, size=30),
        "state": chosen,
        "states": NormState.choices,
        "initiatives": plan().initiatives,
        "may_write": powers.may_write(actor),
    }
    return render(request, "plan/norms.html", context)


@page(queries=12)
def create(request: HttpRequest) -> HttpResponse:
    """Start the record of a norm."""
    actor = actor_of(request)
    if not powers.may_write(actor):
        raise Forbidden()
    form = _form(request, actor)
    if request.method == "POST" and form.is_valid():
        try:
            document, name = _document(form, actor)
            norm = actions.draft_norm(
                form.text(),
                institution=directory.institution(form.cleaned_data["institution"]),
                document=document,
                document_name=name,
                actor=actor,
            )
        except Invalid as error:
            show_invalid(form, error)
        else:
            messages.success(request, _("Se guardó el borrador."))
            return redirect("plan:norm_edit", norm.id)
    return render(request, "plan/norm_form.html", {"form": form}, status=422 if form.errors else 200)


@page(queries=14)
def edit(request: HttpRequest, norm_id: UUID) -> HttpResponse:
    """A norm at work: its draft to complete, or its record and what can still be done with it."""
    actor = _writer_or_auditor(request)
    norm = queries.workplace_norm(norm_id)
    own = powers.writes_for(actor)
    if own is not None and norm.institution_id not in own:
        raise Forbidden()
    editable = norm.state == NormState.DRAFT and powers.may_write(actor, norm_reference(norm))
    form = _form(request, actor, norm) if editable else None
    version = version_read(request) if request.method == "POST" else norm.version
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            document, name = _document(form, actor)
            actions.change_norm(
                norm_id,
                form.text(),
                version=version_read(request),
                document=document,
                document_name=name,
                actor=actor,
            )
        except Invalid as error:
            show_invalid(form, error)
        except Conflict as error:
            form.add_error(None, error.message)
            norm = queries.workplace_norm(norm_id)
            version = norm.version
        else:
            messages.success(request, _("Se guardaron los cambios."))
            return redirect("plan:norm_edit", norm_id)
    return _norm_page(request, norm, actor, form=form, version=version)


@page(queries=12)
@require_POST
def issue(request: HttpRequest, norm_id: UUID) -> HttpResponse:
    """Register a draft as issued."""
    actor = actor_of(request)
    try:
        norm = actions.issue_norm(norm_id, version=version_read(request), actor=actor)
    except (Invalid, Conflict) as error:
        norm = queries.workplace_norm(norm_id)
        form = _form(None, actor, norm) if norm.state == NormState.DRAFT else None
        return _norm_page(request, norm, actor, form=form, version=norm.version, problem=error)
    messages.success(request, _("La norma quedó registrada y ya cuenta en el plan."))
    return redirect("plan:norm_edit", norm.id)


@page(queries=12)
def withdraw(request: HttpRequest, norm_id: UUID) -> HttpResponse:
    """Say that a norm no longer holds, and why."""
    actor = actor_of(request)
    norm = queries.workplace_norm(norm_id)
    if not powers.may_register(actor, norm_reference(norm)):
        raise Forbidden()
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_norm(
                norm_id,
                reason=WithdrawalReason(form.cleaned_data["reason"]),
                on=form.cleaned_data["withdrawn_on"] or today(),
                version=version_read(request),
                actor=actor,
            )
        except Invalid as error:
            show_invalid(form, error)
        except Conflict as error:
            form.add_error(None, error.message)
            norm = queries.workplace_norm(norm_id)
        else:
            messages.success(request, _("La norma se retiró: desde esa fecha ya no cuenta."))
            return redirect("plan:norm_edit", norm_id)
    context = {"norm": norm, "form": form, "version": norm.version}
    return render(request, "plan/norm_withdraw.html", context, status=422 if form.errors else 200)


@page(queries=8)
@require_POST
def discard(request: HttpRequest, norm_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    actions.discard_norm(norm_id, version=version_read(request), actor=actor_of(request))
    messages.success(request, _("Se descartó el borrador."))
    return redirect("plan:norms")


def norm_reference(norm: Norm) -> Any:
    """The reference of the institution whose norm it is."""
    return directory.InstitutionRef.of("institution", norm.institution_id)


def _norm_page(
    request: HttpRequest,
    norm: Norm,
    actor: Actor,
    *,
    form: NormForm | None,
    version: int,
    problem: Invalid | Conflict | None = None,
) -> HttpResponse:
    context = {
        "norm": norm,
        "initiative": plan().initiatives[norm.initiative],
        "form": form,
        "version": version,
        "problems": problems_of(problem),
        "may_register": powers.may_register(actor, norm_reference(norm)),
    }
    refused = problem is not None or (form is not None and bool(form.errors))
    return render(request, "plan/norm_edit.html", context, status=422 if refused else 200)


def _writer_or_auditor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    actor.require(*powers.WRITERS, Role.AUDITOR)
    return actor


def _form(request: HttpRequest | None, actor: Actor, norm: Norm | None = None) -> NormForm:
    posted = request is not None and request.method == "POST"
    initial = {} if norm is None else {field: getattr(norm, field) for field in _FIELDS}
    if norm is not None:
        institutions = [(norm.institution.code, norm.institution.name)]
        initial["institution"] = norm.institution.code
    else:
        institutions = _institution_choices(actor)
    return NormForm(
        request.POST if posted and request else None,
        request.FILES if posted and request else None,
        initial=initial,
        institutions=institutions,
        strategies=_strategies(institutions),
    )


_FIELDS = ("initiative", "title", "number", "issued_on", "gazette_number", "gazette_on")


def _institution_choices(actor: Actor) -> list[tuple[str, str]]:
    """The institutions of the plan that the actor writes for."""
    codes = set(plan().institutions.values())
    if not actor.holds(Role.STEWARD):
        codes &= {post.institution_code for post in actor.posts if post.role in powers.WRITERS}
    found = directory.institutions(codes)
    return sorted(((code, entry.title) for code, entry in found.items()), key=lambda choice: choice[1])


def _strategies(institutions: list[tuple[str, str]]) -> set[str]:
    return {strategy for code, _title in institutions for strategy in plan().roles_of(code)}


def _document(form: NormForm, actor: Actor) -> tuple[Any, str]:
    upload = form.cleaned_data["document"]
    if upload is None:
        return None, ""
    try:
        stored = store(upload, actor=actor, allowed=[PDF])
    except (Invalid, Unavailable) as error:
        raise Invalid(error.message, {"document": [error.message]}) from error
    return stored, stored.name
