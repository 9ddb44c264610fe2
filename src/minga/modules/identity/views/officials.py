"""The people of an institution: who holds which post, appointing them, and ending their posts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import Forbidden, Invalid
from minga.modules.directory.contracts import InstitutionSummary, choices, institution, institution_by_id
from minga.modules.identity.actions.accounts import open_account, reinstate_account, suspend_account
from minga.modules.identity.actions.passwords import generated_password
from minga.modules.identity.actions.posts import (
    appoint,
    consult_officials,
    end_post,
    offered_roles,
    require_may_appoint,
)
from minga.modules.identity.forms import AccountForm, AppointForm, EndPostForm, InstitutionForm
from minga.modules.identity.queries import (
    account_by_id,
    account_called,
    normal_identifier,
    post_by_id,
)
from minga.modules.identity.views.signing import typed_in
from minga.ui.http import actor_of, page, render, show_invalid

_MANAGERS = (Role.HEAD, Role.STEWARD, Role.ADMINISTRATOR)
_EVERYWHERE = (Role.STEWARD, Role.ADMINISTRATOR)


@page(queries=11)
@never_cache
@require_GET
def officials(request: HttpRequest) -> HttpResponse:
    """Who holds a post in an institution, now or soon."""
    actor = actor_of(request)
    where = _institution(request, actor)
    everywhere = actor.holds(*_EVERYWHERE)
    context = {
        "institution": where,
        "posts": consult_officials(institution=where, actor=actor),
        "roles": offered_roles(actor=actor, institution=where),
        "keeper": everywhere,
        "chooser": InstitutionForm(choices=choices(today()), initial={"institucion": where.code})
        if everywhere
        else None,
    }
    return render(request, "identity/officials.html", context)


@page(queries=25)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appoint_official(request: HttpRequest) -> HttpResponse:
    """Give somebody who has an account a post in the institution."""
    actor = actor_of(request)
    where = _institution(request, actor)
    require_may_appoint(actor=actor, institution=where)
    form = AppointForm(
        typed_in(request),
        roles=offered_roles(actor=actor, institution=where),
        initial={"starts": today()},
    )
    if request.method == "POST" and form.is_valid() and _appointed(form, where, actor):
        messages.success(request, _("El puesto quedó registrado."))
        return _to_list(where)
    context = {"form": form, "institution": where}
    return render(request, "identity/appoint.html", context, status=422 if form.errors else 200)


def _appointed(form: AppointForm, where: InstitutionSummary, actor: Actor) -> bool:
    data = form.cleaned_data
    kind, value = normal_identifier(data["identifier"])
    account = account_called(kind=kind, value=value)
    if account is None:
        form.add_error("identifier", _("Nadie tiene una cuenta con ese correo o cédula. Ábrale una primero."))
        return False
    try:
        appoint(
            account=account,
            institution=where,
            role=Role(data["role"]),
            starts=data["starts"],
            ends=data["ends"],
            actor=actor,
        )
    except Invalid as error:
        show_invalid(form, error)
        return False
    return True


@page(queries=25)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """Open an account for an official; its first password is shown once."""
    actor = actor_of(request)
    where = _institution(request, actor)
    require_may_appoint(actor=actor, institution=where)
    form = AccountForm(typed_in(request))
    context: dict[str, Any] = {"form": form, "institution": where}
    if request.method == "POST" and form.is_valid():
        password = generated_password()
        try:
            account = open_account(**form.cleaned_data, password=password, actor=actor)
        except Invalid as error:
            show_invalid(form, error)
        else:
            return render(
                request, "identity/account_opened.html", context | {"account": account, "password": password}
            )
    return render(request, "identity/new_account.html", context, status=422 if form.errors else 200)


@page(queries=20)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, post: UUID) -> HttpResponse:
    """Let a post end."""
    actor = actor_of(request)
    held = post_by_id(post=post)
    where = institution_by_id(held.institution_id)
    require_may_appoint(actor=actor, institution=where, role=Role(held.role))
    form = EndPostForm(typed_in(request), initial={"ends": today()})
    if request.method == "POST" and form.is_valid():
        try:
            end_post(post=held, institution=where, ends=form.cleaned_data["ends"], actor=actor)
        except Invalid as error:
            show_invalid(form, error)
        else:
            messages.success(request, _("El puesto termina en la fecha que escribió."))
            return _to_list(where)
    context = {"form": form, "post": held, "institution": where}
    return render(request, "identity/end_post.html", context, status=422 if form.errors else 200)


@page(queries=30)
@never_cache
@require_POST
def suspend(request: HttpRequest, account: UUID) -> HttpResponse:
    """Suspend somebody's account: they are signed out at once."""
    actor = actor_of(request)
    where = _institution(request, actor)
    suspend_account(account=account_by_id(account=account), actor=actor)
    messages.success(request, _("La cuenta quedó suspendida y sus sesiones, cerradas."))
    return _to_list(where)


@page(queries=20)
@never_cache
@require_POST
def reinstate(request: HttpRequest, account: UUID) -> HttpResponse:
    """Let a suspended account be used again."""
    actor = actor_of(request)
    where = _institution(request, actor)
    reinstate_account(account=account_by_id(account=account), actor=actor)
    messages.success(request, _("La cuenta puede usarse otra vez."))
    return _to_list(where)


def _institution(request: HttpRequest, actor: Actor) -> InstitutionSummary:
    """The institution that `?institucion=` names, or the actor's own; Forbidden where they manage nobody."""
    actor.require(*_MANAGERS)
    own = [post.institution_code for post in actor.posts if post.role in _MANAGERS]
    code = request.GET.get("institucion") or own[0]
    if code not in own and not actor.holds(*_EVERYWHERE):
        raise Forbidden()
    return institution(code)


def _to_list(where: InstitutionSummary) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('identity:officials')}?{urlencode({'institucion': where.code})}")
