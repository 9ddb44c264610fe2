"""What other rooms and the site may use of identity."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from minga.kernel.actors import Actor
from minga.modules.identity.actions.accounts import open_account
from minga.modules.identity.actions.demonstration import DemoAccount, demonstration_accounts
from minga.modules.identity.actions.posts import STEWARDING, appoint, end_post
from minga.modules.identity.actions.throttles import Limit, charge_act
from minga.modules.identity.actions.tokens import use_token
from minga.modules.identity.models import Account, Device, Post, SessionRecord, digest
from minga.modules.identity.models.posts import ROLE_NAMES
from minga.modules.identity.queries import Mailbox, account_called, mailboxes, normal_identifier
from minga.modules.identity.queries import actor_for as _actor_for
from minga.ui.http import render

__all__ = [
    "ROLE_NAMES",
    "STEWARDING",
    "Account",
    "ApiCaller",
    "DemoAccount",
    "Limit",
    "Mailbox",
    "Post",
    "account_known_as",
    "actor_for",
    "api_caller",
    "appoint",
    "demonstration_accounts",
    "end_post",
    "forget_sessions",
    "mailboxes",
    "open_account",
    "sign_in_redirect",
    "wait_before",
]

_LARGEST_SAVED = 500_000
_NEVER_SAVED = ("csrfmiddlewaretoken", "password", "clave", "old", "new")


def actor_for(account: Account, on: date | None = None) -> Actor:
    """The person as an actor, with the posts valid on a day (today when none is given)."""
    return _actor_for(account=account, on=on)


def account_known_as(typed: str) -> Account | None:
    """The account of the person with this e-mail or cédula, as somebody typed it; None when nobody has it."""
    kind, value = normal_identifier(typed)
    return account_called(kind=kind, value=value)


def forget_sessions() -> None:
    """Sign everybody out and leave no session: for a database that was brought back from a backup."""
    SessionRecord.objects.all().delete()
    Session.objects.all().delete()


def wait_before(request: HttpRequest, *, purpose: str, limit: Limit) -> timedelta:
    """Count one act of this purpose from the address that the request came from; how long to wait (zero: none).

    Kept is a keyed digest of the address, until the night after the limit's window ends.
    """
    address = Device.from_meta(request.META).address
    return charge_act(purpose=purpose, address=address, limit=limit)


@dataclass(frozen=True)
class ApiCaller:
    """Who asks the API: a keyed digest to count it under, and whether it came with a token, and with a good one."""

    key: bytes
    named: bool = False
    valid: bool = True


def api_caller(request: HttpRequest) -> ApiCaller:
    """Who asks: a token of an institution (`Authorization: Bearer minga_...`), else a network; no cookie counts.

    One query when there is a token, which also counts the request under it. A bad token is counted under its
    network, so that guessing costs the guesser.
    """
    given = request.META.get("HTTP_AUTHORIZATION", "")
    scheme, _space, secret = given.partition(" ")
    token = use_token(secret.strip()) if scheme.lower() == "bearer" else None
    if token is not None:
        return ApiCaller(key=digest("api.token", str(token)), named=True)
    address = Device.from_meta(request.META).address
    return ApiCaller(key=digest("api.network", address), valid=not given)


def sign_in_redirect(request: HttpRequest) -> HttpResponse:
    """What to answer when a page needs somebody who has not signed in, or no longer is.

    Reading a page leads to the sign-in page and back. Sending a form shows a page that carries what was typed
    through the sign-in, to be sent afterwards: nothing typed is lost, except files and passwords, and a form of
    more than 500 kB, where the page says so.
    """
    if request.method in {"GET", "HEAD"}:
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('identity:sign_in')}?{query}")
    saved = _typed(request.POST)
    kept = len(saved) <= _LARGEST_SAVED
    context = {
        "address": request.get_full_path(),
        "saved": saved if kept else "",
        "kept": kept,
        "files": bool(request.FILES),
    }
    return render(request, "identity/interrupted.html", context, status=403)


def _typed(post: QueryDict) -> str:
    pairs = [
        (name, value)
        for name, values in post.lists()
        if not any(part in _NEVER_SAVED for part in (name, *name.split("_")))
        for value in values
    ]
    return json.dumps(pairs)
