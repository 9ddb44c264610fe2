"""The ledger's background work."""

from minga.foundation.jobs import job
from minga.foundation.ledger import sealing, subscriptions


@job(subscriptions.DELIVER)
def deliver(name: str, subscription: str, position: int) -> None:
    """Hand one fact to one subscriber."""
    subscriptions.hand_over(name=name, subscription=subscription, position=position)


@job("ledger.seal", every="* * * * *")
def seal(timestamp: int) -> int:
    """Seal, each minute, all facts that are settled; returns how many."""
    return sealing.seal()
