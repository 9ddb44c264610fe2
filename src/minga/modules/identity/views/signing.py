"""The way in and the way out."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from minga.kernel.errors import Unavailable
from minga.modules.identity.actions.sessions import sign_out
from minga.modules.identity.actions.sign_in import Refused, TooMany, sign_in
from minga.modules.identity.forms import SignInForm
from minga.modules.identity.models import Account
from minga.modules.identity.queries import actor_for
from minga.ui.http import actor_of, page, render

_BUSY_SECONDS = 5
_LONGEST_ADDRESS = 2000


@page(queries=25)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The sign-in page. It explains why an earlier session is over, and carries a form that it interrupted."""
    carries_a_form = "saved" in request.POST and "identifier" not in request.POST
    if request.method == "POST" and not carries_a_form:
        return _try_to_enter(request)
    if request.method == "POST":
        carried = {name: request.POST.get(name, "") for name in ("next", "saved")}
        return _sign_in_page(request, SignInForm(initial=carried))
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
    context = {"form": form, "ended": ended, "interrupted": bool(saved)}
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
    if account.language:
        remember_language(response, account.language)
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


def remember_language(response: HttpResponse, code: str) -> None:
    """Let the next pages speak this language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
    )


def typed_in(request: HttpRequest) -> QueryDict | None:
    """What was sent with the form; None while it is only being shown."""
    return request.POST if request.method == "POST" else None
