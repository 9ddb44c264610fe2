"""The API's background work: forgetting who asked."""

from minga.foundation.api.limits import forget_old
from minga.foundation.jobs import job
from minga.kernel.text import N_


@job("api.forget", title=N_("Borra contadores antiguos de la API"), every="41 * * * *")
def forget(timestamp: int) -> int:
    """Remove, each hour, the callers whose allowance is whole again; returns how many."""
    return forget_old()
