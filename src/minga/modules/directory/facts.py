"""What happens to institutions, as facts: references, codes and dates only."""

from dataclasses import dataclass
from datetime import date

from minga.kernel.facts import Code, Fact, Sha256
from minga.kernel.references import Reference

Periods = tuple[tuple[date, date | None], ...]
"""[from, until) pairs, `until` exclusive; None while the period is open."""


@dataclass(frozen=True, kw_only=True)
class InstitutionRegistered(Fact, name="directory.institution.registered"):
    """An institution entered the register."""

    code: Code
    type: Code
    exists_from: date | None
    exists_until: date | None


@dataclass(frozen=True, kw_only=True)
class InstitutionRenamed(Fact, name="directory.institution.renamed"):
    """An institution has a new official name, acronym or code from a date on; the old ones stay."""

    code: Code
    since: date


@dataclass(frozen=True, kw_only=True)
class InstitutionChanged(Fact, name="directory.institution.changed"):
    """Details of an institution were put right or brought up to date; `fields` says which."""

    fields: tuple[Code, ...]


@dataclass(frozen=True, kw_only=True)
class InstitutionClosed(Fact, name="directory.institution.closed"):
    """An institution ceased to exist on a date."""

    closed_on: date


@dataclass(frozen=True, kw_only=True)
class InstitutionsMerged(Fact, name="directory.institution.succeeded"):
    """Another institution took over from this one (the subject): merged, absorbed, divided or suppressed."""

    successor: Reference
    kind: Code
    took_effect_on: date | None


@dataclass(frozen=True, kw_only=True)
class PopulationDeclared(Fact, name="directory.population.declared"):
    """All periods in which the institution belongs to a register; replaces its earlier declaration for it."""

    register: Code
    periods: Periods


@dataclass(frozen=True, kw_only=True)
class InstitutionsImported(Fact, name="directory.institution.imported"):
    """A reviewed file brought institutions in; `file` is the digest of exactly what was reviewed."""

    file: Sha256
    created: int
    changed: int
    refused: int
