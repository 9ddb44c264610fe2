"""What happens to accounts, posts and sessions, as facts: references, codes and dates, never a person's data."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from minga.kernel.actors import Role
from minga.kernel.facts import Fact
from minga.kernel.references import Reference
from minga.kernel.text import N_


class EndReason(StrEnum):
    """Why a session is over."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    ABSOLUTE = "absolute"
    CLOSED_BY_OWNER = "closed_by_owner"
    CREDENTIAL_CHANGED = "credential_changed"
    SUSPENDED = "suspended"


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Fact, name="identity.account.opened"):
    """A person has an account (the subject)."""

    title = N_("Se abrió una cuenta")


@dataclass(frozen=True, kw_only=True)
class AccountSuspended(Fact, name="identity.account.suspended"):
    """An account can no longer be used, until it is reinstated."""

    title = N_("Se suspendió una cuenta")


@dataclass(frozen=True, kw_only=True)
class AccountReinstated(Fact, name="identity.account.reinstated"):
    """A suspended account can be used again."""

    title = N_("Se reactivó una cuenta")


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Fact, name="identity.password.changed"):
    """The person of the account chose a new password; their other sessions were closed."""

    title = N_("Una persona cambió su contraseña; sus demás sesiones se cerraron")


@dataclass(frozen=True, kw_only=True)
class PostStarted(Fact, name="identity.post.started"):
    """A person (the subject) holds a role in an institution in [starts, ends)."""

    title = N_("Una persona tiene un puesto en una institución")

    post: Reference
    role: Role
    starts: date
    ends: date | None


@dataclass(frozen=True, kw_only=True)
class PostEnded(Fact, name="identity.post.ended"):
    """A person's post ends on a date, from which it gives no power."""

    title = N_("El puesto de una persona termina en una fecha")

    post: Reference
    role: Role
    ends: date


@dataclass(frozen=True, kw_only=True)
class SessionOpened(Fact, name="identity.session.opened"):
    """A person signed in."""

    title = N_("Una persona ingresó")

    session: Reference
    means: Literal["password"]


@dataclass(frozen=True, kw_only=True)
class SessionClosed(Fact, name="identity.session.closed"):
    """A person's session is over."""

    title = N_("Una sesión terminó")

    session: Reference
    reason: EndReason


@dataclass(frozen=True, kw_only=True)
class SignInRefused(Fact, name="identity.signin.refused"):
    """Somebody could not sign in; the subject is the account, or the sign-in page when there is no such account.

    `throttled` is recorded once, when a limit is first passed.
    """

    title = N_("Alguien no pudo ingresar")

    reason: Literal["credentials", "throttled", "suspended"]


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Fact, name="identity.token.issued"):
    """An institution has a token (the subject) for a program that asks the API, good until the day before."""

    title = N_("Una institución tiene una clave para un programa suyo")

    expires_on: date


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact, name="identity.token.revoked"):
    """An institution's token (the subject) opens nothing any more."""

    title = N_("Se revocó la clave de un programa de una institución")
