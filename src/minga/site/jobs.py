"""The site's background work: forgetting."""

from minga.foundation.jobs import job
from minga.kernel.text import N_
from minga.site.opinions import forget_old


@job("site.forget", title=N_("Borra opiniones de hace más de un año"), every="50 8 * * *")
def forget(timestamp: int) -> int:
    """Remove, each night in Ecuador, what people said of pages a year ago; returns how many answers."""
    return forget_old()
