"""One's own account, password and sessions."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minga.kernel.clock import today
from minga.kernel.errors import Forbidden, Invalid
from minga.modules.identity.actions.accounts import choose_language
from minga.modules.identity.actions.passwords import change_password
from minga.modules.identity.actions.sessions import close_other_sessions, close_session
from minga.modules.identity.forms import LanguageForm, PasswordForm
from minga.modules.identity.models import Account, key_hash
from minga.modules.identity.queries import account_of, posts_of, sessions_of
from minga.modules.identity.views.signing import remember_language, typed_in
from minga.ui.http import actor_of, page, render, show_invalid


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
    remember_language(response, chosen)
    return response


@page(queries=25)
@never_cache
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change my password; all my other sessions are closed."""
    me = _me(request)
    form = PasswordForm(typed_in(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            response = _changed_password(request, form)
            if response is not None:
                return response
    return render(request, "identity/password.html", {"form": form, "account": me}, status=status)


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
    return LanguageForm(
        languages=list(settings.LANGUAGES), initial={"language": me.language or get_language()}
    )
