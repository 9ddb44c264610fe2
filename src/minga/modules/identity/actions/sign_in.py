"""Signing in with an e-mail or a cédula and a password."""

import math

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import ANONYMOUS
from minga.kernel.errors import MingaError
from minga.kernel.references import Reference
from minga.modules.identity.actions import throttles
from minga.modules.identity.actions.sessions import sign_out
from minga.modules.identity.facts import SignInRefused
from minga.modules.identity.hashers import turn
from minga.modules.identity.models import Account, Device
from minga.modules.identity.queries import normal_identifier, verified_account

_NOBODY = Reference.of("system", "sign-in")


class Refused(MingaError):
    """Nobody is signed in; the message says the same whether or not the account exists."""


class TooMany(Refused):
    """Too many attempts: come back in `seconds`."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


def sign_in(*, request: HttpRequest, identifier: str, password: str) -> Account:
    """Open a session for the person who knows the password, with a new session id.

    Raises Refused, TooMany, or Unavailable when too many passwords are being checked at once (nothing is
    counted then).
    """
    kind, value = normal_identifier(identifier)
    with turn():
        attempt = throttles.charge(kind=kind, value=value, address=Device.from_meta(request.META).address)
        if attempt.wait:
            raise _too_many(attempt)
        account, right = verified_account(kind=kind, value=value, password=password)
    if account is None or not right:
        _refuse(account, "credentials")
        raise Refused(_("No reconocemos esos datos. Revise su correo o cédula y su contraseña."))
    throttles.forgive(attempt)
    if not account.active:
        _refuse(account, "suspended")
        raise Refused(_("Su cuenta está suspendida. Hable con la máxima autoridad de su institución."))
    with transaction.atomic():
        _leave_earlier_session(request)
        login(request, account)
    return account


def _leave_earlier_session(request: HttpRequest) -> None:
    sign_out(request=request, actor=getattr(request, "actor", ANONYMOUS))
    request.session.flush()


def _too_many(attempt: throttles.Attempt) -> TooMany:
    if attempt.first:
        _refuse(None, "throttled")
    seconds = math.ceil(attempt.wait.total_seconds())
    return TooMany(
        _("Hubo demasiados intentos. Espere %(minutes)s min e inténtelo otra vez.")
        % {"minutes": math.ceil(seconds / 60)},
        seconds,
    )


def _refuse(account: Account | None, reason: str) -> None:
    fact = SignInRefused(reason=reason)  # type: ignore[arg-type]
    with transaction.atomic():
        record(
            fact,
            actor=ANONYMOUS,
            subject=account.reference if account else _NOBODY,
            synthetic=bool(account and account.synthetic),
        )
