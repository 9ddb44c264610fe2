"""What waits for one official in all rooms: asked room by room, sorted by its last day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

import structlog
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minga.foundation.calendars.queries import calendar_on
from minga.kernel import cards
from minga.kernel.actors import Actor
from minga.kernel.cards import Task
from minga.kernel.clock import today
from minga.kernel.errors import Invalid

MOST = 500
"""Tasks that are taken from one room; whoever has more is told so."""
_ONE = timedelta(days=1)

log = structlog.get_logger("minga.workplace")


class When(StrEnum):
    """How soon a task must be done; its value is what addresses say."""

    OVERDUE = "vencidas"
    TODAY = "hoy"
    WEEK = "semana"
    LATER = "despues"
    NONE = "sin-plazo"


@dataclass(frozen=True)
class Waiting:
    """Everything that waits, most urgent first; the rooms that could not say, and those that had more."""

    tasks: tuple[Task, ...]
    silent: tuple[str, ...]
    cut: tuple[str, ...]


def waiting_for(actor: Actor) -> Waiting:
    """Ask every room. One that fails is logged and named, and the others still count."""
    tasks: list[Task] = []
    silent, cut = [], []
    for room in cards.rooms():
        if room.tasks is None:
            continue
        try:
            found = list(islice(room.tasks(actor), MOST + 1))
        except Exception as error:
            log.error("tasks of a room failed", room=room.name, exc_info=error)
            silent.append(_(room.title))
            continue
        tasks += found[:MOST]
        if len(found) > MOST:
            cut.append(_(room.title))
    return Waiting(tuple(sorted(tasks, key=_urgency)), tuple(silent), tuple(cut))


def when(due: date | None, day: date) -> When:
    """How soon something due on a date must be done, seen from `day`; a week ends on Sunday."""
    if due is None:
        return When.NONE
    if due <= day:
        return When.TODAY if due == day else When.OVERDUE
    return When.WEEK if due <= day + (6 - day.weekday()) * _ONE else When.LATER


def distances(dues: Iterable[date], day: date) -> dict[date, str]:
    """How far each last day lies from `day`, in words: working days of the whole country."""
    wanted = set(dues)
    calendar = calendar_on() if wanted - {day - _ONE, day, day + _ONE} else None

    def working(since: date, until: date) -> int | None:
        try:
            return calendar.working_days_between(since, until) if calendar else None
        except Invalid:  # outside the years that the calendar knows
            return None

    return {
        due: _near(due, day) or (_ahead(working(day, due)) if due > day else _behind(working(due, day)))
        for due in wanted
    }


def _near(due: date, day: date) -> str:
    return {day - _ONE: _("venció ayer"), day: _("vence hoy"), day + _ONE: _("vence mañana")}.get(due, "")


def _ahead(days: int | None) -> str:
    if days is None:
        return ""
    if not days:
        return _("vence antes del próximo día laborable")
    return ngettext("falta %(num)s día laborable", "faltan %(num)s días laborables", days) % {"num": days}


def _behind(days: int | None) -> str:
    if days is None:
        return ""
    if not days:
        return _("venció el último día laborable")
    words = ngettext("venció hace %(num)s día laborable", "venció hace %(num)s días laborables", days)
    return words % {"num": days}


def _urgency(task: Task) -> tuple[bool, date, str, str]:
    """What is due soonest first; what has no clock last."""
    return task.due is None, task.due or today(), task.kind, task.title
