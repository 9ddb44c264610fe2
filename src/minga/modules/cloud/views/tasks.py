"""What waits for each official in the room, for the top of their workplace."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from minga.kernel.actors import Actor, Role
from minga.kernel.cards import Task
from minga.kernel.clock import today
from minga.modules.cloud.actions.powers import SIGNERS, WRITERS, is_provider
from minga.modules.cloud.models import Adoption
from minga.modules.cloud.models.adoption import AdoptionState
from minga.modules.cloud.queries import adoptions, improvements, proposals, ratings
from minga.modules.cloud.views.monitoring_tasks import monitoring_tasks

_MOST = 30
"""Tasks of one kind: the list behind each shows the rest."""


def tasks(actor: Actor) -> Iterator[Task]:
    """What this official has to do: confirm, correct, answer, rate, improve, vote."""
    own = actor.institutions(*WRITERS)
    if is_provider(actor):
        yield from _for_provider(actor)
    if own:
        yield from _contracts(own)
        yield from _surveys(own)
        yield from _votes(own)
    if own or actor.holds(Role.STEWARD):
        yield from _improvements(own, verifies=actor.holds(Role.STEWARD))


def _for_provider(actor: Actor) -> Iterator[Task]:
    for use in adoptions.waiting_for_provider()[:_MOST]:
        closed = _("Contratos de la nube por terminar: la institución cerró")
        yield _contract(use, closed if use.orphaned else _("Contratos de la nube por confirmar"))
    yield from monitoring_tasks()
    if not is_provider(actor, *SIGNERS):
        return
    for proposal in proposals.waiting_for_answer(on=today())[:_MOST]:
        yield Task(
            kind=_("Propuestas de servicios por responder"),
            title=proposal.title,
            url=reverse("cloud:proposal_work", args=[proposal.id]),
        )


def _contracts(own: list[UUID]) -> Iterator[Task]:
    headings = {
        AdoptionState.DRAFT: _("Contratos de la nube por presentar"),
        AdoptionState.OBSERVED: _("Contratos de la nube por corregir"),
        AdoptionState.CONFIRMED: _("Avisos de término por responder"),
    }
    for use in adoptions.waiting_for(own)[:_MOST]:
        yield _contract(use, headings[AdoptionState(use.state)])


def _contract(use: Adoption, kind: str) -> Task:
    return Task(
        kind=kind,
        title=f"{use.contract}: {use.service.title}",
        url=reverse("cloud:adoption_edit", args=[use.id]),
        detail=use.institution.name,
    )


def _surveys(own: list[UUID]) -> Iterator[Task]:
    day = today()
    for use in ratings.to_rate(institutions=own, month=ratings.month_to_rate(day))[:_MOST]:
        yield Task(
            kind=_("Servicios de la nube por calificar"),
            title=use.service.title,
            url=reverse("cloud:rate", args=[use.service.code, use.institution.code]),
            detail=use.institution.name,
            due=ratings.last_day_to_rate(day),
        )


def _votes(own: list[UUID]) -> Iterator[Task]:
    for proposal in proposals.not_voted_by(own, on=today())[:_MOST]:
        yield Task(
            kind=_("Propuestas de servicios por votar"),
            title=proposal.title,
            url=reverse("cloud:proposal_work", args=[proposal.id]),
            due=proposal.closes_on,
        )


def _improvements(own: list[UUID], *, verifies: bool) -> Iterator[Task]:
    for action in improvements.waiting(owners=own, verifies=verifies)[:_MOST]:
        done = action.done_on is not None
        yield Task(
            kind=_("Acciones de mejora por verificar") if done else _("Acciones de mejora de la nube"),
            title=action.title,
            url=reverse("cloud:improvement_work", args=[action.id]),
            detail=action.service.title,
            due=None if done else action.due_on,
        )
