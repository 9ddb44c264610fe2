"""Who takes part in each strategy today: those whom the plan names, or whoever took over from them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from minga.kernel.clock import today
from minga.modules.directory import contracts as directory
from minga.modules.directory.contracts import Answering, InstitutionSummary
from minga.modules.plan.models.structure import Strategy, plan

EXECUTOR, COLLABORATOR = "executor", "collaborator"


@dataclass(frozen=True)
class Participant:
    """One institution's part in one strategy; `named` is how the plan calls it."""

    institution: InstitutionSummary
    role: str
    named: str
    before: tuple[UUID, ...] = ()
    """the institutions whose part it took over: what they filed is part of it"""

    @property
    def executes(self) -> bool:
        """Whether it carries the strategy out, or only supports it."""
        return self.role == EXECUTOR

    @property
    def everybody(self) -> tuple[UUID, ...]:
        """It and those before it, the oldest first."""
        return (*self.before, self.institution.id)


def participants(strategies: Collection[str] | None = None) -> dict[str, tuple[Participant, ...]]:
    """By strategy code, executors first: the institutions that answer for the plan today (one query).

    Of these strategies, None asking for all. Names of the plan that are no institution of the directory are left out.
    """
    asked = {
        code: strategy
        for code, strategy in plan().strategies.items()
        if strategies is None or code in strategies
    }
    names = {
        name for strategy in asked.values() for name in (*strategy.executors, *strategy.collaborators)
    } & plan().institutions.keys()
    answering = directory.answering_for({plan().institutions[name] for name in names}, on=today())
    return {code: _of(strategy, answering) for code, strategy in asked.items()}


def _of(strategy: Strategy, answering: Mapping[str, Answering]) -> tuple[Participant, ...]:
    found: dict[str, Participant] = {}
    named = [(EXECUTOR, name) for name in strategy.executors]
    named += [(COLLABORATOR, name) for name in strategy.collaborators]
    for role, name in named:
        heir = answering.get(plan().institutions.get(name, ""))
        if heir is not None:
            part = Participant(heir.institution, role, name, heir.before)
            found.setdefault(heir.institution.code, part)
    return tuple(found.values())
