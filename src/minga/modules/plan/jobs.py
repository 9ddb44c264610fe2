"""The plan's background work."""

from uuid import UUID

from minga.foundation.jobs import job
from minga.foundation.search import index
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.plan import actions, queries
from minga.modules.plan.facts import NormIssued, NormWithdrawn


@job("plan.publish", title=N_("Publica los indicadores que cambiaron"), every="* * * * *")
def publish(timestamp: int) -> int:
    """Publish, each minute, the indicators that changed; returns how many."""
    return len(actions.publish())


def after_norm(fact: NormIssued | NormWithdrawn, *, position: int, subject: Reference) -> None:
    """Publish at once what a norm moved, instead of at the next minute, and let people find it."""
    actions.publish()
    index([queries.search_document(queries.public_norm(UUID(subject.id)))])
