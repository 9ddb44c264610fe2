"""The card of a room: everything that must reach other rooms or the site, in one typed object.

A room's `module.py` exposes `card = Room(...)`. The site loads all cards once, after Django is ready;
lower floors read them from here, so nobody imports upward.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from minga.kernel.actors import Actor, Role
from minga.kernel.facts import Fact
from minga.kernel.indicators import Indicator
from minga.kernel.references import Reference


@dataclass(frozen=True, kw_only=True)
class NavigationEntry:
    """A link that the site offers: in the public header, or in the workplace to those who hold a role."""

    title: str
    url_name: str
    order: int = 100
    description: str = ""
    roles: tuple[Role, ...] = ()

    def open_to(self, actor: Actor) -> bool:
        """Whether this actor may follow the link."""
        return not self.roles or actor.holds(*self.roles)


@dataclass(frozen=True)
class Label:
    """What a reference is called on a page, and the page that tells more."""

    title: str
    url: str = ""


class Severity(StrEnum):
    """How bad a doctor's finding is: an error keeps Minga from serving people well."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """What `minga doctor` found, and what to do about it."""

    severity: Severity
    what: str
    remedy: str = ""


@dataclass(frozen=True)
class Subscription:
    """A job of a room that runs after each fact of this name is committed: at least once, so idempotent.

    `handler` receives the fact, its position and its subject inside a transaction of its own.
    """

    fact: str
    name: str
    handler: Callable[..., None]


@dataclass(frozen=True)
class SearchSource:
    """A kind of thing that people can find: `documents` yields all of them, for a full rebuild."""

    kind: str
    title: str
    documents: Callable[[], Iterable[Any]]


@dataclass(frozen=True)
class Panel:
    """What one room knows about one institution, for that institution's page."""

    title: str
    rows: Sequence[tuple[str, str, str]]
    """(what, value, address or "")"""


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something that waits for one official: what to do, where, and until which day."""

    kind: str
    """the heading that it stands under, such as "Informes por revisar", in the reader's language"""
    title: str
    url: str
    detail: str = ""
    due: date | None = None
    """the last day on which it is in time; None when no clock runs"""
    institution: Reference | None = None
    """in whose service it is done, for those who serve several"""


@dataclass(frozen=True)
class Seed:
    """Data that a new instance starts with; `load` is safe to run again and says what it did."""

    order: int
    title: str
    load: Callable[[], str]
    demonstration: bool = False


@dataclass(frozen=True, kw_only=True)
class Room:
    """One capability of the plan: what it offers to the rest of the house."""

    name: str
    title: str
    level: int
    serves: tuple[str, ...] = ()
    urls: tuple[tuple[str, str], ...] = ()
    """(address prefix, dotted path of a urls module)"""
    api: str = ""
    """dotted path of the module whose `router` (django-ninja) answers below /api/v1/"""
    navigation: tuple[NavigationEntry, ...] = ()
    workplace: tuple[NavigationEntry, ...] = ()
    facts: tuple[type[Fact], ...] = ()
    indicators: tuple[Indicator, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    search: tuple[SearchSource, ...] = ()
    labels: Mapping[str, Callable[[Sequence[Reference]], Mapping[Reference, Label]]] | None = None
    """for each kind of reference, how to name many at once"""
    institution_panel: Callable[[Reference, date], Panel | None] | None = None
    home: Callable[[], Panel | None] | None = None
    """what the home page tells about this room today: two or three figures with their address"""
    tasks: Callable[[Actor], Iterable[Task]] | None = None
    """what waits for this official in the room, for the top of their workplace"""
    asks_for_opinion: tuple[str, ...] = ()
    """names of the public addresses about one thing: their pages end by asking whether they helped"""
    append_only: tuple[str, ...] = ()
    """tables whose rows are never changed or removed: the runtime role may only add to them"""
    check_config: Callable[[], list[Finding]] | None = None
    seeds: tuple[Seed, ...] = ()
    commands: tuple[Callable[[Any], None], ...] = ()
    """functions that add their subcommands to the `minga` command's argparse subparsers"""


_rooms: list[Room] = []
_T = TypeVar("_T")


def load(cards: Iterable[Room]) -> None:
    """Make these the house's rooms, lowest level first; called once by the site."""
    _rooms[:] = sorted(cards, key=lambda room: (room.level, room.name))


def rooms() -> tuple[Room, ...]:
    """All rooms of the house, lowest level first."""
    return tuple(_rooms)


def each(pick: Callable[[Room], Iterable[_T]]) -> list[_T]:
    """What all rooms list under one heading, such as `each(lambda room: room.indicators)`."""
    return [item for room in _rooms for item in pick(room)]


def name_all(references: Iterable[Reference]) -> dict[Reference, Label]:
    """What to call each reference on a page; a reference that no room knows keeps its own text."""
    wanted: dict[str, list[Reference]] = {}
    for reference in dict.fromkeys(references):
        wanted.setdefault(reference.kind, []).append(reference)
    named: dict[Reference, Label] = {}
    for room in _rooms:
        for kind, resolve in (room.labels or {}).items():
            if kind in wanted:
                named.update(resolve(wanted[kind]))
    for group in wanted.values():
        for reference in group:
            named.setdefault(reference, Label(str(reference)))
    return named
