"""The dated registers that shares of the plan are measured against."""

from datetime import date
from uuid import UUID

from minga.foundation.ledger.measure import EVERYTHING, AsOf, population
from minga.kernel.indicators import Population
from minga.modules.directory.facts import PopulationDeclared

APC = Population(declared_by=PopulationDeclared, register="apc")
"""Institutions of the central public administration (Administración Pública Central)."""

MUNICIPAL_GADS = Population(declared_by=PopulationDeclared, register="gad_municipal")
"""Decentralised autonomous governments of the cantons."""

PRIORITY_APC = Population(declared_by=PopulationDeclared, register="apc_priority")
"""Institutions of the central public administration that work directly with priority groups."""

POPULATIONS = {population.register: population for population in (APC, PRIORITY_APC, MUNICIPAL_GADS)}


def members(register: str, *, on: date, position: int = EVERYTHING) -> list[UUID]:
    """The institutions in a register on a day, as known at a ledger position: what indicators divide by."""
    found = population(POPULATIONS[register], AsOf(on, position))
    return [UUID(reference.id) for reference in found]
