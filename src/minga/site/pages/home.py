"""The first page: one question, and what exists today."""

from collections.abc import Callable, Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minga.kernel import cards
from minga.kernel.actors import Actor
from minga.kernel.cards import Room, Task
from minga.kernel.errors import Forbidden
from minga.modules.identity.contracts import ROLE_NAMES
from minga.ui.http import actor_of, page, render


@require_safe
@page(queries=8, cache=60)
def home(request: HttpRequest) -> HttpResponse:
    """A search box, and what each room has to tell in two or three figures."""
    panels = [panel for room in cards.rooms() if room.home and (panel := room.home())]
    return render(request, "site/home.html", {"panels": panels})


@require_safe
@page(queries=20)
def workplace(request: HttpRequest) -> HttpResponse:
    """An official's start: what waits for them first, then where they can work."""
    actor = actor_of(request)
    if not actor.known:
        raise Forbidden(_("Ingrese con su cuenta institucional."))
    waiting: dict[str, list[Task]] = {}
    for task in sorted(cards.each(_asked(actor)), key=_urgency):
        waiting.setdefault(task.kind, []).append(task)
    names = cards.name_all(post.institution for post in actor.posts)
    posts = [(ROLE_NAMES[post.role], names[post.institution]) for post in actor.posts]
    return render(request, "site/workplace.html", {"waiting": waiting, "posts": posts})


def _asked(actor: Actor) -> Callable[[Room], Iterable[Task]]:
    return lambda room: room.tasks(actor) if room.tasks else ()


def _urgency(task: Task) -> tuple[bool, date]:
    """What is due soonest first; what has no clock last."""
    return task.due is None, task.due or date.max
