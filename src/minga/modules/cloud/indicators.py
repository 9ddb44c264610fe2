"""Indicators 11 and 12: institutions that use the government data centre, and the government network.

An institution counts while the provider's confirmation of at least one of its contracts stands. Each family has
kinds of facts of its own, so that neither indicator has to look into payloads.
"""

from datetime import date

from minga.foundation.ledger.measure import AsOf, Outcome, evaluate
from minga.kernel.indicators import Evidence, Share, Standing
from minga.modules.cloud.facts import ConnectionConfirmed, ConnectionEnded, HostingConfirmed, HostingEnded
from minga.modules.cloud.models.service import Family
from minga.modules.directory.contracts import APC

DATA_CENTRE = Share(
    code="11",
    standing=Standing(opened_by=HostingConfirmed, closed_by=(HostingEnded,), counted="institution"),
    population=APC,
    evidence=Evidence.CONFIRMED,
)

NETWORK = Share(
    code="12",
    standing=Standing(opened_by=ConnectionConfirmed, closed_by=(ConnectionEnded,), counted="institution"),
    population=APC,
    evidence=Evidence.CONFIRMED,
)

ALL = (DATA_CENTRE, NETWORK)


def reached(*, on: date) -> dict[Family, Outcome]:
    """What indicators 11 and 12 give on a day, from the ledger (two queries)."""
    as_of = AsOf(on)
    return {Family.DATA_CENTRE: evaluate(DATA_CENTRE, as_of), Family.NETWORK: evaluate(NETWORK, as_of)}
