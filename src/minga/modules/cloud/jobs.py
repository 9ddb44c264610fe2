"""The room's background work: measuring each minute, summing up each night."""

from minga.foundation.jobs import job
from minga.kernel.text import N_
from minga.modules.cloud.actions import measuring


@job("cloud.probe", title=N_("Mide los servicios de la nube"), every="* * * * *")
def probe(timestamp: int) -> int:
    """Ask, each minute, the services that are due; returns how many."""
    return measuring.probe_due()


@job("cloud.sum_up", title=N_("Resume las mediciones de cada día"), every="10 5 * * *")
def sum_up(timestamp: int) -> int:
    """Sum up, each night in Ecuador, what was measured; returns how many days."""
    return measuring.sum_up()
