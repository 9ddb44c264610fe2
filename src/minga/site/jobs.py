"""The site's background work: forgetting, and what others left half-done."""

from minga.foundation.jobs import job, rescue
from minga.site.opinions import forget_old


@job("site.forget", every="50 8 * * *")
def forget(timestamp: int) -> int:
    """Remove, each night in Ecuador, what people said of pages a year ago; returns how many answers."""
    return forget_old()


@job("site.rescue", every="* * * * *")
def rescue_jobs(timestamp: int) -> int:
    """Each minute, have done again what a worker that was killed had begun; returns how many jobs."""
    return rescue()
