"""Opening, keeping and closing sessions."""

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import ANONYMOUS, Actor
from minga.kernel.clock import now
from minga.kernel.errors import Forbidden, NotFound
from minga.kernel.references import Reference
from minga.modules.identity.facts import EndReason, SessionClosed, SessionOpened
from minga.modules.identity.models import SEEN_EVERY, Account, Device, SessionRecord, key_hash
from minga.modules.identity.queries import SessionState, account_of, session_state


def on_sign_in(*, request: HttpRequest, user: Account, **_signal: Any) -> None:
    """Open the session record of a sign-in (Django's `user_logged_in`)."""
    session: SessionBase = request.session
    if not session.session_key:
        session.create()
    moment, device = now(), Device.from_meta(request.META)
    with transaction.atomic():
        opened = SessionRecord.objects.create(
            account=user,
            key_hash=key_hash(session.session_key or ""),
            created_at=moment,
            last_seen_at=moment,
            authenticated_at=moment,
            means=["pwd"],
            network=device.network,
            browser=device.browser,
        )
        fact = SessionOpened(session=opened.reference, means="password")
        record(fact, actor=_self(user), subject=user.reference, synthetic=user.synthetic)


class Resumed(NamedTuple):
    """Who holds a cookie; nobody and why their session is over; whether they must choose a password first."""

    actor: Actor = ANONYMOUS
    ended: EndReason | None = None
    must_choose_password: bool = False


def resume(*, session_key: str) -> Resumed:
    """Who holds the cookie now, or nobody and why their session is over.

    Ends a session that is due, and writes down its use at most once a minute.
    """
    state = session_state(session_key=session_key)
    if state is None:
        return Resumed()
    if state.ended:
        return Resumed(ended=state.ended)
    if state.due:
        _end(
            SessionRecord.objects.filter(pk=state.id),
            state.due,
            actor=Actor.system("identity"),
            account=state.actor.reference,
            synthetic=state.synthetic,
        )
        return Resumed(ended=state.due)
    _note_use(state)
    return Resumed(state.actor, must_choose_password=state.must_choose_password)


def _note_use(state: SessionState) -> None:
    moment = now()
    if abs(moment - state.last_seen_at) >= SEEN_EVERY:
        SessionRecord.objects.filter(pk=state.id, ended_at__isnull=True).update(last_seen_at=moment)


def sign_out(*, request: HttpRequest, actor: Actor) -> None:
    """End the session of this request; nothing happens to somebody who has none."""
    account = account_of(actor)
    if account is not None:
        here = SessionRecord.objects.filter(account=account, key_hash=_hash_of(request))
        _end(here, EndReason.SIGNED_OUT, actor=actor, account=account.reference, synthetic=account.synthetic)
    logout(request)


def close_session(*, session: UUID, actor: Actor) -> None:
    """Close one of the actor's own sessions; NotFound for anybody else's."""
    account = _own(actor)
    mine = SessionRecord.objects.filter(pk=session, account=account)
    if not mine.exists():
        raise NotFound(_("Esa sesión no existe o no es suya."))
    _end(mine, EndReason.CLOSED_BY_OWNER, actor=actor, account=account.reference, synthetic=account.synthetic)


def close_other_sessions(
    *, session_key: str, actor: Actor, reason: EndReason = EndReason.CLOSED_BY_OWNER
) -> int:
    """Close all of the actor's own sessions but the one of `session_key`; returns how many."""
    account = _own(actor)
    others = SessionRecord.objects.filter(account=account).exclude(key_hash=key_hash(session_key))
    return _end(others, reason, actor=actor, account=account.reference, synthetic=account.synthetic)


def close_all(*, account: Account, reason: EndReason, actor: Actor) -> int:
    """Close all sessions of an account, as part of an act that already checked who may; returns how many."""
    all_of_them = SessionRecord.objects.filter(account=account)
    return _end(all_of_them, reason, actor=actor, account=account.reference, synthetic=account.synthetic)


def _end(
    sessions: QuerySet[SessionRecord],
    reason: EndReason,
    *,
    actor: Actor,
    account: Reference,
    synthetic: bool,
) -> int:
    """End those of the sessions that are still open, once each even when two requests try."""
    with transaction.atomic():
        ended = list(sessions.filter(ended_at__isnull=True).order_by("pk").select_for_update())
        SessionRecord.objects.filter(pk__in=[session.pk for session in ended]).update(
            ended_at=now(), end_reason=reason
        )
        for session in ended:
            fact = SessionClosed(session=session.reference, reason=reason)
            record(fact, actor=actor, subject=account, synthetic=synthetic)
    return len(ended)


def _own(actor: Actor) -> Account:
    account = account_of(actor)
    if account is None:
        raise Forbidden()
    return account


def _self(account: Account) -> Actor:
    return Actor(reference=account.reference)


def _hash_of(request: HttpRequest) -> bytes:
    return key_hash(request.session.session_key or "")
