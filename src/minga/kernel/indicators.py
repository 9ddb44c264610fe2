"""Indicators as declarations over facts: three shapes, each returning the subjects that count.

A room declares what an indicator counts; the ledger (`minga.foundation.ledger.measure`) evaluates it on any
date as it was known on any other; the plan's room shows, stores and verifies the values.
"""

from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, Literal

from minga.kernel import digests
from minga.kernel.facts import Fact, fact_class
from minga.kernel.references import Reference

ENGINE_VERSION = 1


class Evidence(StrEnum):
    """How much the facts behind an indicator can be trusted; shown beside every value."""

    NORM = "norm"
    SELF_DECLARED = "self_declared"
    CONFIRMED = "confirmed"
    MEASURED = "measured"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A state that facts open and close, such as "the norm is in force" or "the service is in use".

    A thing is in the state on a date when the latest of its opening and closing facts up to that date is an
    opening one. `counted` says who counts: the thing itself, or the institution that its latest fact names, which
    then needs one thing in the state (so each of these facts names its institution). `where` keeps only facts
    whose payload has these exact values.
    """

    opened_by: type[Fact]
    closed_by: tuple[type[Fact], ...] = ()
    counted: Literal["subject", "institution"] = "subject"
    where: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all facts that can change the state."""
        return (self.opened_by.name, *(kind.name for kind in self.closed_by))


@dataclass(frozen=True, kw_only=True)
class Population:
    """A dated register that a share is measured against.

    `declared_by` is the fact that states, for one subject, all periods in which it belongs to `register`
    (payload fields `register` and `periods`, a list of [from, until] ISO dates, `until` exclusive or null);
    the latest such fact of a subject holds.
    """

    declared_by: type[Fact]
    register: str


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """0 or 1: one subject reaches one state, by itself or by something that is made for it.

    With `through`, the facts are about other things (norms), which point at the subject (their initiative) in
    this payload field; it takes one of them in the state. So a withdrawn norm cannot hide the one that replaced it.
    """

    code: str
    standing: Standing
    subject: Reference
    through: str = ""
    evidence: Evidence = Evidence.NORM


@dataclass(frozen=True, kw_only=True)
class Share:
    """Percent: the members of a population that are in a state, out of all members on that date."""

    code: str
    standing: Standing
    population: Population
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many different subjects are in a state."""

    code: str
    standing: Standing
    evidence: Evidence


Indicator = Milestone | Share | Count


def facts_read(indicator: Indicator) -> frozenset[str]:
    """Names of all facts that can change the indicator's value."""
    names = set(indicator.standing.names)
    if isinstance(indicator, Share):
        names.add(indicator.population.declared_by.name)
    return frozenset(names)


def definition(indicator: Indicator) -> dict[str, Any]:
    """The declaration as plain data: what is stored with a run, and hashed."""
    return {"engine": ENGINE_VERSION, "shape": type(indicator).__name__, **_described(indicator)}


def definition_hash(indicator: Indicator) -> str:
    """SHA-256 of the declaration in canonical JSON: two equal hashes mean the same method."""
    return digests.of_json(definition(indicator))


def from_definition(stored: dict[str, Any]) -> Indicator:
    """The indicator that a stored definition describes, so that an old value can be recomputed by its own method.

    Raises ValueError when another engine wrote it, KeyError when no room declares one of its facts any more.
    """
    if stored.get("engine") != ENGINE_VERSION:
        raise ValueError(f"written by engine {stored.get('engine')}, this is {ENGINE_VERSION}")
    standing = stored["standing"]
    common: dict[str, Any] = {
        "code": stored["code"],
        "evidence": Evidence(stored["evidence"]),
        "standing": Standing(
            opened_by=_fact_named(standing["opened_by"]),
            closed_by=tuple(_fact_named(kind) for kind in standing["closed_by"]),
            counted=standing["counted"],
            where=tuple((field, value) for field, value in standing["where"]),
        ),
    }
    if stored["shape"] == "Milestone":
        return Milestone(**common, subject=Reference(stored["subject"]), through=stored["through"])
    if stored["shape"] == "Share":
        register = stored["population"]
        declared_by = _fact_named(register["declared_by"])
        return Share(**common, population=Population(declared_by=declared_by, register=register["register"]))
    return Count(**common)


def _fact_named(text: str) -> type[Fact]:
    name, _, version = text.rpartition(" v")
    return fact_class(name, int(version))


def _described(value: Any) -> Any:
    if isinstance(value, type) and issubclass(value, Fact):
        return f"{value.name} v{value.version}"
    if is_dataclass(value):
        return {field.name: _described(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_described(item) for item in value]
    return str(value)
