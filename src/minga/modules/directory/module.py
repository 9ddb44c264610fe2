"""The directory's card: what it offers to the rest of the house."""

from minga.kernel.cards import Room
from minga.modules.directory import facts

card = Room(
    name="directory",
    title="Directorio del Estado",
    level=0,
    urls=(("", "minga.modules.directory.urls"),),
    facts=(
        facts.InstitutionRegistered,
        facts.InstitutionRenamed,
        facts.InstitutionChanged,
        facts.InstitutionClosed,
        facts.InstitutionsMerged,
        facts.InstitutionsImported,
        facts.PopulationDeclared,
    ),
)
