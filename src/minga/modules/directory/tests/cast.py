"""Who appears in the tests: a steward, people of one ministry, and strangers."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from minga.kernel.actors import ANONYMOUS, Actor, Post, Role
from minga.kernel.references import Reference
from minga.modules.directory.actions import Details, register_institution
from minga.modules.directory.models import Institution

SYSTEM = Actor.system("test")
_signed_in: list[Actor] = []


def official(role: Role, institution: Institution | None = None) -> Actor:
    """A person with one post, in this institution or in the ministry that keeps the register."""
    where = institution.reference if institution else Reference.of("institution", "steward-house")
    code = institution.code if institution else "mintel"
    return Actor(reference=Reference.of("account", f"the-{role}"), posts=(Post(role, where, code),))


STEWARD = official(Role.STEWARD)


def sign_in(actor: Actor) -> None:
    """Let this actor make the requests that follow."""
    _signed_in[:] = [actor]


def sign_out() -> None:
    """Let nobody be signed in."""
    _signed_in.clear()


def actor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Stands where identity's middleware stands, so that this room's tests need no upper room."""

    def middleware(request: HttpRequest) -> HttpResponse:
        known: Any = request
        known.actor = _signed_in[0] if _signed_in else ANONYMOUS
        return get_response(request)

    return middleware


def details(**changes: Any) -> Details:
    """The details of an ordinary ministry, with these changes."""
    return Details(
        **{"name": "Ministerio de Pruebas", "type": "ministerio", "function": "ejecutiva", **changes}
    )


def found(code: str, **changes: Any) -> Institution:
    """A registered institution."""
    return register_institution(code=code, details=details(**changes), actor=SYSTEM)
