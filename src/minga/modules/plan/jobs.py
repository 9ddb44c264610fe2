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
    """Publish, each minute, the indicators that changed, and keep what their sheets say; returns how many.

    All of them are published once a day, so a sheet is never older than a day.
    """
    published = len(actions.publish())
    if published:
        actions.keep_sheets()
    return published


def after_norm(fact: NormIssued | NormWithdrawn, *, position: int, subject: Reference) -> None:
    """Publish at once what a norm moved, instead of at the next minute, and let people find it."""
    actions.publish()
    index([queries.search_document(queries.public_norm(UUID(subject.id)))])


@job("plan.remind", title=N_("Recuerda por correo lo que vence en el plan"), every="30 12 * * *")
def remind(timestamp: int) -> int:
    """Write the day's reminders at half past seven in the morning; returns how many letters are new."""
    return actions.remind()


@job("plan.publish_state", title=N_("Publica el estado del plan de cada trimestre"), every="0 11 * * *")
def publish_state(timestamp: int) -> bool:
    """Publish the state of the plan at six in the morning after a quarter's reports were due; whether it did."""
    return actions.publish_state() is not None
