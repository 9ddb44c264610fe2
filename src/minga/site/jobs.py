"""The site's background work: forgetting."""

from minga.foundation.jobs import job
from minga.site.opinions import forget_old


@job("site.forget", every="50 8 * * *")
def forget(timestamp: int) -> int:
    """Remove, each night in Ecuador, what people said of pages a year ago; returns how many answers."""
    return forget_old()
