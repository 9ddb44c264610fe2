"""The API's background work: forgetting who asked."""

from minga.foundation.api.limits import forget_old
from minga.foundation.jobs import job


@job("api.forget", every="41 * * * *")
def forget(timestamp: int) -> int:
    """Remove, each hour, the callers whose allowance is whole again; returns how many."""
    return forget_old()
