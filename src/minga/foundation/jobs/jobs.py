"""Background work that looks after background work."""

from django.db import transaction

from minga.foundation.jobs import job, mending
from minga.kernel.text import N_


@job("jobs.put_back", title=N_("Retoma los trabajos que quedaron a medias"), every="* * * * *")
def put_back(timestamp: int) -> int:
    """Let, each minute, what a worker left unfinished be done again; returns how many."""
    with transaction.atomic():
        return sum(mending.put_back())


@job("jobs.forget", title=N_("Borra notas de trabajos que ya se hicieron"), every="30 8 * * *")
def forget(timestamp: int) -> int:
    """Remove, each night in Ecuador, the notes about jobs that succeeded in the end; returns how many."""
    return mending.forget_troubles()
