"""Pages: signing in and out, one's own account and sessions, and the people of an institution."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minga.kernel.clock import today
from minga.kernel.errors import Forbidden, Invalid, Unavailable
from minga.modules.identity.actions.accounts import choose_language
from minga.modules.identity.actions.passwords import change_password
from minga.modules.identity.actions.sessions import close_other_sessions, close_session, sign_out
from minga.modules.identity.actions.sign_in import Refused, TooMany, sign_in
from minga.modules.identity.forms import LanguageForm, PasswordForm, SignInForm
from minga.modules.identity.models import Account, key_hash
from minga.modules.identity.queries import account_of, actor_for, posts_of, sessions_of
from minga.ui.http import actor_of, page, render, show_invalid

_BUSY_SECONDS = 5
_LONGEST_ADDRESS = 2000


@page(queries=25)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The sign-in page. It also explains why an earlier session is over."""
    if request.method == "POST":
        return _try_to_enter(request)
    actor = actor_of(request)
    address = _local(request.GET.get("next", ""))
    if actor.known:
        return HttpResponseRedirect(address or _first_page(bool(actor.posts)))
    return _sign_in_page(request, SignInForm(initial={"next": address}))


def _try_to_enter(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, status=422)
    try:
        account = sign_in(
            request=request,
            identifier=form.cleaned_data["identifier"],
            password=form.cleaned_data["password"],
        )
    except TooMany as error:
        return _come_back(request, form, str(error), 429, error.seconds)
    except Unavailable as error:
        return _come_back(request, form, str(error), 503, _BUSY_SECONDS)
    except Refused as error:
        form.add_error(None, str(error))
        return _sign_in_page(request, form, status=422)
    return _welcome(request, account, form)


def _come_back(request: HttpRequest, form: SignInForm, words: str, status: int, seconds: int) -> HttpResponse:
    form.add_error(None, words)
    response = _sign_in_page(request, form, status=status)
    response["Retry-After"] = str(seconds)
    return response


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    ended = getattr(getattr(request, "visitor", None), "ended", None)
    saved = _typed_before(str(form["saved"].value() or ""))
    context = {"form": form, "ended": ended, "interrupted": bool(saved), "kept": True}
    return render(request, "identity/sign_in.html", context, status=status)


def _welcome(request: HttpRequest, account: Account, form: SignInForm) -> HttpResponse:
    """Back to where the person was; with a form to send again, if signing in had interrupted one."""
    address = _local(form.cleaned_data["next"])
    actor = actor_for(account=account)
    typed = _typed_before(form.cleaned_data["saved"])
    response: HttpResponse
    if typed and address:
        known: Any = request
        known.actor = actor
        response = render(request, "identity/resume.html", {"address": address, "typed": typed})
    else:
        response = HttpResponseRedirect(address or _first_page(bool(actor.posts)))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        _remember_language(response, account.language)
    return response


def _typed_before(saved: str) -> list[tuple[str, str]]:
    """The (name, value) pairs that the sign-in page carried; nothing when they are not in that shape."""
    try:
        pairs = json.loads(saved) if saved else []
        return [(str(name), str(value)) for name, value in pairs]
    except (ValueError, TypeError, RecursionError):
        return []


def _local(address: str) -> str:
    """The address if it is one of ours, without a host; else nothing."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours and len(address) <= _LONGEST_ADDRESS else ""


def _first_page(official: bool) -> str:
    return settings.LOGIN_REDIRECT_URL if official else reverse("identity:account")


@page(queries=15)
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out; the next page is public."""
    sign_out(request=request, actor=actor_of(request))
    return redirect(settings.LOGOUT_REDIRECT_URL)


@page(queries=8)
@never_cache
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Who I am for Minga: my names, my posts, and what I can change."""
    me = _me(request)
    context = {
        "account": me,
        "posts": posts_of(account=me.pk, on=today()),
        "language_form": _language_form(me),
    }
    return render(request, "identity/account.html", context)


@page(queries=8)
@never_cache
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language I read."""
    chosen = request.POST.get("language", "")
    choose_language(language=chosen, allowed=dict(settings.LANGUAGES), actor=actor_of(request))
    response = redirect("identity:account")
    _remember_language(response, chosen)
    return response


@page(queries=25)
@never_cache
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change my password; all my other sessions are closed."""
    _me(request)
    form = PasswordForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            response = _changed_password(request, form)
            if response is not None:
                return response
    return render(request, "identity/password.html", {"form": form}, status=status)


def _changed_password(request: HttpRequest, form: PasswordForm) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        closed = change_password(request=request, old=data["old"], new=data["new"], actor=actor_of(request))
    except Invalid as error:
        show_invalid(form, error)
        return None
    messages.success(request, _("Cambió su contraseña.") + _closed_words(closed))
    return redirect("identity:account")


@page(queries=8)
@never_cache
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in."""
    me = _me(request)
    here = key_hash(request.session.session_key or "")
    found = sessions_of(account=me.pk)
    listed = [(session, bytes(session.key_hash) == here) for session in found]
    return render(request, "identity/sessions.html", {"sessions": listed})


@page(queries=15)
@never_cache
@require_POST
def close(request: HttpRequest, session: UUID) -> HttpResponse:
    """Close one of my sessions: its next page asks to sign in."""
    close_session(session=session, actor=actor_of(request))
    messages.success(request, _("Cerró esa sesión."))
    return redirect("identity:sessions")


@page(queries=60)
@never_cache
@require_POST
def close_others(request: HttpRequest) -> HttpResponse:
    """Close all my sessions but this one."""
    closed = close_other_sessions(session_key=request.session.session_key or "", actor=actor_of(request))
    messages.success(request, _("Solo queda abierta esta sesión.") + _closed_words(closed))
    return redirect("identity:sessions")


def _closed_words(count: int) -> str:
    if not count:
        return ""
    words = ngettext("Se cerró %(count)s sesión más.", "Se cerraron %(count)s sesiones más.", count)
    return " " + words % {"count": count}


def _me(request: HttpRequest) -> Account:
    """The account of whoever asks; Forbidden for nobody, which the site answers with the sign-in page."""
    found = account_of(actor_of(request))
    if found is None:
        raise Forbidden()
    return found


def _language_form(me: Account) -> LanguageForm:
    return LanguageForm(languages=list(settings.LANGUAGES), initial={"language": me.language})


def _remember_language(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
    )
