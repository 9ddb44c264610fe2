"""The plan's structure: read from `data/plan.yaml` once, because a plan changes by decree and not by click."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from minga.kernel.references import Reference

DATA = Path(__file__).resolve().parent.parent / "data"


class Kind(StrEnum):
    """What an initiative delivers, in the plan's three kinds."""

    NORM = "norma"
    TECHNOLOGY = "tecnologia"
    OUTREACH = "difusion"


class Unit(StrEnum):
    """What an indicator is measured in."""

    PERCENT = "percent"
    COUNT = "count"
    INDEX = "index"


@dataclass(frozen=True)
class Titled:
    """A thing of the plan with its code."""

    code: str
    spanish_title: str

    @property
    def title(self) -> str:
        """The title in the reader's language, in Spanish where there is no translation."""
        return _translated(self.code, self.spanish_title)


@dataclass(frozen=True)
class Initiative(Titled):
    """One of the plan's 50 initiatives, such as 1.1."""

    strategy: str
    kind: Kind

    @property
    def reference(self) -> Reference:
        """How facts point at the initiative."""
        return Reference.of("initiative", self.code)


@dataclass(frozen=True)
class IndicatorEntry(Titled):
    """What the plan says of one indicator: its baseline of 2018 and its target for 2021.

    `strategy` is empty for the vision indicator V1.
    """

    strategy: str
    unit: Unit
    baseline: Decimal
    target: Decimal

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return _translated(f"indicator:{self.code}", self.spanish_title)


@dataclass(frozen=True)
class Strategy(Titled):
    """One of the plan's 14 strategies: who carries it out, for whom, through which initiatives."""

    programme: str
    executors: tuple[str, ...]
    collaborators: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    initiatives: tuple[Initiative, ...]
    indicators: tuple[IndicatorEntry, ...]


@dataclass(frozen=True)
class Programme(Titled):
    """One of the plan's three programmes."""

    spanish_goal: str
    strategies: tuple[Strategy, ...]

    @property
    def goal(self) -> str:
        """What the programme is for, in the reader's language."""
        return _translated(f"goal:{self.code}", self.spanish_goal)


@dataclass(frozen=True)
class Plan:
    """The whole plan, with look-ups by code."""

    start: int
    end: int
    programmes: tuple[Programme, ...]
    vision: IndicatorEntry
    institutions: Mapping[str, str]
    """the plan's acronyms, and the directory's code of each"""
    doubts: Mapping[str, tuple[str, ...]]
    """what the text leaves in doubt, by `plan`, a code, or `indicator:<code>`"""

    @functools.cached_property
    def strategies(self) -> dict[str, Strategy]:
        """Strategies by code, in the plan's order."""
        return {strategy.code: strategy for programme in self.programmes for strategy in programme.strategies}

    @functools.cached_property
    def initiatives(self) -> dict[str, Initiative]:
        """Initiatives by code, in the plan's order."""
        return {entry.code: entry for strategy in self.strategies.values() for entry in strategy.initiatives}

    @functools.cached_property
    def indicators(self) -> dict[str, IndicatorEntry]:
        """Indicators by code in the plan's order, the vision indicator last."""
        entries = [entry for strategy in self.strategies.values() for entry in strategy.indicators]
        return {entry.code: entry for entry in [*entries, self.vision]}

    def roles_of(self, institution_code: str) -> dict[str, str]:
        """By strategy code, `executor` or `collaborator`: what the plan asks of one institution."""
        names = {name for name, code in self.institutions.items() if code == institution_code}
        roles = {}
        for strategy in self.strategies.values():
            if names & set(strategy.executors):
                roles[strategy.code] = "executor"
            elif names & set(strategy.collaborators):
                roles[strategy.code] = "collaborator"
        return roles


@functools.cache
def plan() -> Plan:
    """The plan in force."""
    raw = yaml.safe_load((DATA / "plan.yaml").read_text(encoding="utf-8"))
    doubts: dict[str, tuple[str, ...]] = {}
    for doubt in yaml.safe_load((DATA / "doubts.yaml").read_text(encoding="utf-8")):
        doubts[doubt["about"]] = (*doubts.get(doubt["about"], ()), doubt["text"])
    return Plan(
        start=raw["period"]["start"],
        end=raw["period"]["end"],
        programmes=tuple(_programme(entry) for entry in raw["programmes"]),
        vision=_indicator(raw["vision_indicator"], strategy=""),
        institutions=raw["institutions"],
        doubts=doubts,
    )


@functools.cache
def _titles(language: str) -> dict[str, str]:
    path = DATA / f"titles.{language}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def _translated(key: str, spanish: str) -> str:
    return _titles((get_language() or "es")[:2]).get(key, spanish)


def _programme(raw: dict[str, Any]) -> Programme:
    strategies = tuple(_strategy(entry, programme=raw["code"]) for entry in raw["strategies"])
    return Programme(raw["code"], raw["title"], raw["goal"], strategies)


def _strategy(raw: dict[str, Any], *, programme: str) -> Strategy:
    code = raw["code"]
    return Strategy(
        code=code,
        spanish_title=raw["title"],
        programme=programme,
        executors=tuple(raw["executors"]),
        collaborators=tuple(raw.get("collaborators", ())),
        beneficiaries=tuple(raw["beneficiaries"]),
        initiatives=tuple(
            Initiative(entry["code"], entry["title"], code, Kind(entry["kind"]))
            for entry in raw["initiatives"]
        ),
        indicators=tuple(_indicator(entry, strategy=code) for entry in raw["indicators"]),
    )


def _indicator(raw: dict[str, Any], *, strategy: str) -> IndicatorEntry:
    return IndicatorEntry(
        code=str(raw["code"]),
        spanish_title=raw["title"],
        strategy=strategy,
        unit=Unit(raw["unit"]),
        baseline=Decimal(str(raw["baseline"])),
        target=Decimal(str(raw["target"])),
    )
