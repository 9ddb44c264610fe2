"""An official's start: what waits for them, across all rooms, and where they can work."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from minga.kernel import cards
from minga.kernel.cards import Label, Task
from minga.kernel.clock import today
from minga.kernel.errors import Forbidden
from minga.kernel.references import Reference
from minga.kernel.text import slug
from minga.modules.identity.contracts import ROLE_NAMES
from minga.site.waiting import When, distances, waiting_for, when
from minga.ui.http import Page, actor_of, page, query_without, render

SIZE = 100
_GROUPS: Mapping[When, object] = {
    When.OVERDUE: gettext_lazy("Vencidas"),
    When.TODAY: gettext_lazy("Para hoy"),
    When.WEEK: gettext_lazy("Esta semana"),
    When.LATER: gettext_lazy("Más adelante"),
    When.NONE: gettext_lazy("Sin plazo"),
}


@dataclass(frozen=True)
class Group:
    """The tasks of one urgency that are on this page, and how many there are in all."""

    when: When
    title: str
    count: int
    lines: list[tuple[Task, str]]
    """(task, how far its last day is)"""


class WaitingForm(forms.Form):
    """Which tasks to show."""

    tipo = forms.ChoiceField(label=gettext_lazy("Asunto"), required=False)
    institucion = forms.ChoiceField(label=gettext_lazy("Institución"), required=False)

    def __init__(self, chosen: Mapping[str, str], offered: Mapping[str, list[tuple[str, str]]]) -> None:
        super().__init__(chosen)
        for name in list(self.fields):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            if len(offered[name]) < 2 and name not in chosen:
                del self.fields[name]
            else:
                field.choices = [("", _("Todo")), *offered[name]]


@require_safe
@page(queries=24)
@never_cache
def workplace(request: HttpRequest) -> HttpResponse:
    """What is due soonest first; the filters live in the address."""
    actor = actor_of(request)
    if not actor.known:
        raise Forbidden(_("Ingrese con su cuenta institucional."))
    waiting = waiting_for(actor)
    served = [task.institution for task in waiting.tasks if task.institution]
    names = cards.name_all([*(post.institution for post in actor.posts), *served])
    offered = _offered(waiting.tasks, names)
    asked = {name: request.GET.get(name, "") for name in offered}
    chosen = {name: value for name, value in asked.items() if value in dict(offered[name])}
    fitting = [task for task in waiting.tasks if _fits(task, chosen)]
    day = today()
    counts = Counter(when(task.due, day) for task in fitting)
    urgency = request.GET.get("vence", "")
    if urgency in set(When):
        fitting = [task for task in fitting if when(task.due, day) == urgency]
    shown = Page.of(request, fitting, size=SIZE)
    context = {
        "page": shown,
        "groups": _groups(shown.items, counts),
        "strip": _strip(request, counts, urgency),
        "urgency": urgency if urgency in set(When) else "",
        "total": len(waiting.tasks),
        "waiting": waiting,
        "form": WaitingForm(chosen, offered),
        "active": len(chosen),
        "several": len({*served}) > 1,
        "names": names,
        "posts": [(ROLE_NAMES[post.role], names[post.institution]) for post in actor.posts],
    }
    return render(request, "site/workplace.html", context)


def _groups(tasks: Iterable[Task], counts: Mapping[When, int]) -> list[Group]:
    listed, day = list(tasks), today()
    words = distances((task.due for task in listed if task.due), day)
    groups = []
    for each, title in _GROUPS.items():
        lines = [
            (task, words[task.due] if task.due else "") for task in listed if when(task.due, day) == each
        ]
        if lines:
            groups.append(Group(each, str(title), counts[each], lines))
    return groups


def _strip(request: HttpRequest, counts: Mapping[When, int], urgency: str) -> list[dict[str, Any]]:
    """How many tasks there are of each urgency, each with the address that shows those alone."""
    everything = {"title": _("Todas"), "count": sum(counts.values()), "when": ""}
    each = [{"title": str(title), "count": counts[when], "when": when} for when, title in _GROUPS.items()]
    return [
        entry
        | {
            "href": query_without(request, "pagina", vence=entry["when"]),
            "current": entry["when"] == urgency,
        }
        for entry in (everything, *each)
        if entry["count"] or entry["when"] in ("", When.OVERDUE, When.TODAY)
    ]


def _offered(tasks: Iterable[Task], names: Mapping[Reference, Label]) -> dict[str, list[tuple[str, str]]]:
    """The kinds and institutions that have tasks, with how many."""
    listed = list(tasks)
    kinds = Counter(task.kind for task in listed)
    places = Counter(task.institution for task in listed if task.institution)
    return {
        "tipo": sorted((slug(kind), f"{kind} ({count})") for kind, count in kinds.items()),
        "institucion": sorted(
            ((place.id, f"{names[place].title} ({count})") for place, count in places.items()),
            key=lambda option: option[1],
        ),
    }


def _fits(task: Task, chosen: Mapping[str, str]) -> bool:
    institution = task.institution.id if task.institution else ""
    return chosen.get("tipo", slug(task.kind)) == slug(task.kind) and (
        chosen.get("institucion", institution) == institution
    )
