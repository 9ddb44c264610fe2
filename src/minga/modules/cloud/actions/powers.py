"""Who may do what in the room: the institutions that use services, the provider, and the plan's steward."""

from uuid import UUID

from minga.kernel.actors import Actor, Role
from minga.kernel.errors import Forbidden
from minga.kernel.references import Reference
from minga.modules.cloud.queries.services import PROVIDER

WRITERS = (Role.EDITOR, Role.APPROVER, Role.HEAD)
SIGNERS = (Role.APPROVER, Role.HEAD)
READERS = (*WRITERS, Role.STEWARD, Role.AUDITOR)


def writes_for(actor: Actor) -> list[str]:
    """Codes of the institutions that the actor writes for."""
    return [post.institution_code for post in actor.posts if post.role in WRITERS]


def may_declare(actor: Actor) -> bool:
    """Whether the actor may tell what is paid elsewhere: who writes for any institution but the provider."""
    return any(code != PROVIDER for code in writes_for(actor))


def is_provider(actor: Actor, *roles: Role) -> bool:
    """Whether the actor holds one of `roles` (any writer's, when none is given) in the provider."""
    wanted = roles or WRITERS
    return actor.omnipotent or any(
        post.role in wanted and post.institution_code == PROVIDER for post in actor.posts
    )


def require_provider(actor: Actor, *roles: Role) -> None:
    """Raise Forbidden unless the actor is such an official of the provider."""
    if not is_provider(actor, *roles):
        raise Forbidden()


def sees_all(actor: Actor) -> bool:
    """Whether the actor reads what every institution registers: the provider, the steward, auditors."""
    return is_provider(actor) or actor.holds(Role.STEWARD, Role.AUDITOR)


def seen_institutions(actor: Actor) -> list[UUID] | None:
    """The institutions whose registrations the actor reads; None means all."""
    return None if sees_all(actor) else actor.institutions(*WRITERS)


def checking_institutions(actor: Actor) -> list[UUID] | None:
    """The institutions whose self-checks the actor reads; None means all.

    What somebody plans to buy, perhaps elsewhere, is not for the provider to know.
    """
    return None if actor.holds(Role.STEWARD, Role.AUDITOR) else actor.institutions(*WRITERS)


def require_reader(actor: Actor, institution: Reference) -> None:
    """Raise Forbidden unless the actor reads what this institution registers."""
    if not (sees_all(actor) or actor.holds(*WRITERS, institution=institution)):
        raise Forbidden()
