"""The ledger's background work."""

from minga.foundation.jobs import job
from minga.foundation.ledger import sealing, subscriptions
from minga.kernel.text import N_


@job(subscriptions.DELIVER, title=N_("Avisa de un hecho a quien depende de él"))
def deliver(name: str, subscription: str, position: int) -> None:
    """Hand one fact to one subscriber."""
    subscriptions.hand_over(name=name, subscription=subscription, position=position)


@job("ledger.seal", title=N_("Sella los hechos nuevos"), every="* * * * *")
def seal(timestamp: int) -> int:
    """Seal, each minute, all facts that are settled; returns how many."""
    return sealing.seal()
