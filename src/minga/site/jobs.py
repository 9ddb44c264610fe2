"""The site's background work: forgetting."""

from minga.foundation.jobs import job
from minga.site.opinions import forget_texts


@job("site.forget", every="50 8 * * *")
def forget(timestamp: int) -> int:
    """Remove, each night in Ecuador, what people wrote about pages a year ago; returns how many texts."""
    return forget_texts()
