"""Who asks: every request knows its actor, and costs nothing until somebody looks."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from minga.kernel.actors import ANONYMOUS, Actor
from minga.modules.identity.actions.sessions import Resumed, resume
from minga.modules.identity.facts import EndReason
from minga.modules.identity.models import Account
from minga.modules.identity.queries import account_of

_CHANGE = "identity:password"


class Visitor:
    """The holder of a session cookie, looked up once and only when asked for."""

    def __init__(self, session_key: str) -> None:
        self._session_key = session_key

    @cached_property
    def _resumed(self) -> Resumed:
        return resume(session_key=self._session_key)

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self._resumed.actor

    @property
    def ended(self) -> EndReason | None:
        """Why their session is over, if it was open once."""
        return self._resumed.ended

    @property
    def must_choose_password(self) -> bool:
        """Whether somebody else knows their password."""
        return self._resumed.must_choose_password

    @cached_property
    def user(self) -> Account | AnonymousUser:
        """The same person as Django's own parts know them."""
        return account_of(self.actor) or AnonymousUser()


def actor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.actor`, `request.user` and, behind a session cookie, `request.visitor`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        _introduce(request)
        return get_response(request)

    middleware.process_view = _choose_password_first  # type: ignore[attr-defined]
    return middleware


def _choose_password_first(request: HttpRequest, *_view: Any) -> HttpResponse | None:
    """Lead whoever has a password that somebody else knows from every page of work or account to its change."""
    visitor: Visitor | None = getattr(request, "visitor", None)
    match = request.resolver_match
    if visitor is None or match is None or not match.route.startswith(("escritorio/", "cuenta/")):
        return None
    if match.view_name == _CHANGE or not visitor.must_choose_password:
        return None
    return redirect(_CHANGE)


def _introduce(request: HttpRequest) -> None:
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    known: Any = request
    if not session_key:
        known.visitor, known.actor, known.user = None, ANONYMOUS, AnonymousUser()
        return
    visitor = Visitor(session_key)
    known.visitor = visitor
    known.actor = SimpleLazyObject(lambda: visitor.actor)
    known.user = SimpleLazyObject(lambda: visitor.user)
