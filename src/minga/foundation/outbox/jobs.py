"""The outbox's background work."""

from uuid import UUID

from minga.foundation.jobs import job
from minga.foundation.outbox import delivering, forgetting, sending
from minga.kernel.text import N_


@job(sending.DELIVER, title=N_("Envía un correo"))
def deliver(message: str) -> bool:
    """Send one message."""
    return delivering.deliver(UUID(message))


@job("outbox.forget", title=N_("Borra direcciones y textos de correos enviados"), every="20 8 * * *")
def forget(timestamp: int) -> int:
    """Erase, each night in Ecuador, what was sent a week ago; returns how many."""
    return forgetting.forget()
