"""The plan's background work."""

from minga.foundation.jobs import job
from minga.modules.plan import actions


@job("plan.publish", every="* * * * *")
def publish(timestamp: int) -> int:
    """Publish, each minute, the indicators that changed; returns how many."""
    return len(actions.publish())


def republish(fact: object, *, position: int, subject: object) -> None:
    """Publish at once after a norm was registered or withdrawn, instead of at the next minute."""
    actions.publish()
