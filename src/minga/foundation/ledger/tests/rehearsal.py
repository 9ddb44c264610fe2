"""Facts that only these tests declare, and the people and things they are about."""

from dataclasses import dataclass
from datetime import date

from minga.kernel.actors import Actor
from minga.kernel.facts import Code, Fact
from minga.kernel.indicators import Count, Evidence, Milestone, Population, Share, Standing
from minga.kernel.references import Reference

CLERK = Actor.system("rehearsal")


@dataclass(frozen=True, kw_only=True)
class Opened(Fact, name="rehearsal.thing.opened", version=1):
    """A thing began to be in use."""

    since: date


@dataclass(frozen=True, kw_only=True)
class Closed(Fact, name="rehearsal.thing.closed", version=1):
    """A thing is no longer in use."""


@dataclass(frozen=True, kw_only=True)
class Enrolled(Fact, name="rehearsal.register.declared", version=1):
    """In which periods a subject belongs to a register."""

    register: Code
    periods: tuple[tuple[date, date | None], ...]


STANDING = Standing(opened_by=Opened, closed_by=(Closed,))
REGISTER = Population(declared_by=Enrolled, register="all")
SHARE = Share(code="r1", standing=STANDING, population=REGISTER, evidence=Evidence.MEASURED)
COUNT = Count(code="r2", standing=STANDING, evidence=Evidence.MEASURED)


def thing(number: int) -> Reference:
    """One of the things."""
    return Reference.of("thing", f"{number:05}")


def milestone_of(number: int) -> Milestone:
    """Whether one thing is in use."""
    return Milestone(code="r3", standing=STANDING, subject=thing(number))
