"""What happens to institutions, as facts: references, codes and dates only."""

from dataclasses import dataclass
from datetime import date

from minga.kernel.facts import Code, Fact, Sha256
from minga.kernel.references import Reference
from minga.kernel.text import N_

Periods = tuple[tuple[date, date | None], ...]
"""[from, until) pairs, `until` exclusive; None while the period is open."""


@dataclass(frozen=True, kw_only=True)
class InstitutionRegistered(Fact, name="directory.institution.registered"):
    """An institution entered the register."""

    title = N_("Una institución entró en el registro")

    code: Code
    type: Code
    exists_from: date | None
    exists_until: date | None


@dataclass(frozen=True, kw_only=True)
class InstitutionRenamed(Fact, name="directory.institution.renamed"):
    """An institution has a new official name, acronym or code from a date on; the old ones stay."""

    title = N_("Una institución tiene otro nombre, siglas o código; los anteriores se conservan")

    code: Code
    since: date


@dataclass(frozen=True, kw_only=True)
class InstitutionChanged(Fact, name="directory.institution.changed"):
    """Details of an institution were put right or brought up to date; `fields` says which."""

    title = N_("Se corrigieron o actualizaron datos de una institución")

    fields: tuple[Code, ...]


@dataclass(frozen=True, kw_only=True)
class InstitutionClosed(Fact, name="directory.institution.closed"):
    """An institution ceased to exist on a date."""

    title = N_("Una institución dejó de existir")

    closed_on: date


@dataclass(frozen=True, kw_only=True)
class InstitutionsMerged(Fact, name="directory.institution.succeeded"):
    """Another institution took over from this one (the subject): merged, absorbed, divided or suppressed."""

    title = N_("Otra institución recibió su trabajo")

    successor: Reference
    kind: Code
    took_effect_on: date | None


@dataclass(frozen=True, kw_only=True)
class PopulationDeclared(Fact, name="directory.population.declared"):
    """All periods in which the institution belongs to a register; replaces its earlier declaration for it."""

    title = N_("Se declaró la pertenencia de una institución a un registro")

    register: Code
    periods: Periods


@dataclass(frozen=True, kw_only=True)
class InstitutionsImported(Fact, name="directory.institution.imported"):
    """A reviewed file brought institutions in; `file` is the digest of exactly what was reviewed."""

    title = N_("Se importaron instituciones de un archivo revisado")

    file: Sha256
    created: int
    changed: int
    refused: int
