"""Where officials see what the plan asks of them, and MINTEL what waits for its decision."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from minga.kernel.actors import Actor
from minga.modules.directory import contracts as directory
from minga.modules.plan import queries
from minga.modules.plan.actions import powers
from minga.modules.plan.models import RoadmapDeadline
from minga.modules.plan.models.report import ReportState
from minga.modules.plan.queries import Part, Turn
from minga.modules.plan.views import words
from minga.ui.http import Page, actor_of, page, render

FILTERS = ("revision", "institucion", "atraso")


@page(queries=14)
def listing(request: HttpRequest) -> HttpResponse:
    """What the plan asks of the official's institutions; for MINTEL and auditors, of all."""
    actor = actor_of(request)
    actor.require(*powers.PREPARERS, *powers.ONLOOKERS)
    asked = request.GET.get("espera", "")
    chosen = asked if asked in FILTERS else ""
    found = [part for part in visible_parts(actor) if not chosen or waits(part, chosen)]
    context = {
        "page": Page.of(request, sorted(found, key=_urgency), size=40),
        "chosen": chosen,
        "filters": _filters(),
        "may_review": powers.may_review(actor),
        "deadline": RoadmapDeadline.objects.first(),
        "owed_words": words.owed,
    }
    return render(request, "plan/work.html", context)


@page(queries=20)
def part_work(request: HttpRequest, code: str, institution: str) -> HttpResponse:
    """One institution's part in one initiative: its roadmap, its reports, and what to do next."""
    actor = actor_of(request)
    found = directory.institution(institution)
    powers.require_sight(actor, found.id)
    part = queries.part(initiative=code, institution=found.id)
    subjects = [
        *([part.in_force.reference] if part.in_force else ()),
        *([part.opened.reference] if part.opened else ()),
        *(report.reference for report in part.reports),
        *(step.milestone.reference for step in part.steps),
    ]
    context: dict[str, Any] = {
        "part": part,
        "roadmap_owed": part.obligations[0],
        "reports_owed": list(reversed(part.obligations[1:])),
        "rejected": [report for report in part.reports if report.state == ReportState.REJECTED],
        "may_prepare": powers.may_prepare(actor, found.id),
        "may_review": powers.may_review(actor),
        "history": queries.history(subjects),
        "owed_words": words.owed,
    }
    return render(request, "plan/part_work.html", context)


def visible_parts(actor: Actor) -> list[Part]:
    """The parts that an official sees at work: their institutions', or all for MINTEL and auditors."""
    if actor.holds(*powers.ONLOOKERS):
        return queries.parts()
    return queries.parts(institutions=powers.works_for(actor))


def waits(part: Part, whose: str) -> bool:
    """Whether a part waits for MINTEL's review, for the institution, or is late."""
    if whose == "revision":
        return any(owed.turn is Turn.REVIEW for owed in part.obligations)
    if whose == "atraso":
        return part.late
    return any(owed.asked for owed in part.obligations)


def _filters() -> list[tuple[str, str]]:
    return [
        ("revision", _("Por revisar")),
        ("institucion", _("Por presentar")),
        ("atraso", _("Atrasadas")),
    ]


def _urgency(part: Part) -> tuple[bool, str]:
    """What waits with a clock first; the list keeps the plan's order otherwise."""
    days = [owed.due_on for owed in part.obligations if owed.open and owed.due_on]
    return not days, min(days).isoformat() if days else ""
