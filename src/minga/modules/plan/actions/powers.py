"""Who prepares, files and reviews what the plan asks for; norms have rules of their own."""

from uuid import UUID

from django.db import connection

from minga.kernel.actors import Actor, Role
from minga.kernel.errors import Forbidden
from minga.kernel.references import Reference

PREPARERS = (Role.EDITOR, Role.APPROVER, Role.HEAD)
FILERS = (Role.APPROVER, Role.HEAD)
REVIEWERS = (Role.STEWARD,)
ONLOOKERS = (Role.STEWARD, Role.AUDITOR)
"""who sees every institution's drafts"""


def institution_of(institution_id: UUID) -> Reference:
    """The reference of an institution by its key."""
    return Reference.of("institution", institution_id)


def works_for(actor: Actor) -> set[UUID]:
    """The institutions for which the actor prepares roadmaps and reports."""
    return set(actor.institutions(*PREPARERS))


def may_prepare(actor: Actor, institution_id: UUID) -> bool:
    """Whether the actor writes drafts for this institution."""
    return actor.holds(*PREPARERS, institution=institution_of(institution_id))


def may_file(actor: Actor, institution_id: UUID) -> bool:
    """Whether the actor files for this institution."""
    return actor.holds(*FILERS, institution=institution_of(institution_id))


def may_review(actor: Actor) -> bool:
    """Whether the actor decides on what was filed."""
    return actor.holds(*REVIEWERS)


def hold_part(initiative: str, institution_id: UUID) -> None:
    """Hold one institution's part in one initiative until the transaction ends.

    A roadmap's approval and a report's acceptance must not pass each other: each looks at what the other changes.
    """
    with connection.cursor() as cursor:
        key = f"plan:{initiative}:{institution_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def require_sight(actor: Actor, institution_id: UUID) -> None:
    """Raise Forbidden unless the actor may see this institution's drafts."""
    if not (actor.holds(*ONLOOKERS) or may_prepare(actor, institution_id)):
        raise Forbidden()
