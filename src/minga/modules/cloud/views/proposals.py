"""The workplace for proposals: to propose, to vote and, for the provider, to answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.kernel.actors import Actor
from minga.kernel.clock import today
from minga.kernel.text import N_
from minga.modules.cloud.actions import proposals as actions
from minga.modules.cloud.actions.powers import SIGNERS, WRITERS, is_provider, writes_for
from minga.modules.cloud.forms.common import ForInstitution
from minga.modules.cloud.forms.proposals import ProposalAnswerForm, ProposalForm, VoteForm
from minga.modules.cloud.models import Proposal
from minga.modules.cloud.models.proposal import ProposalState, Support
from minga.modules.cloud.queries import proposals as queries
from minga.modules.cloud.views.common import (
    Step,
    Steps,
    open_steps,
    own_institutions,
    posted,
    refused,
    render_work,
    step_named,
    take,
    tried,
    worker,
)
from minga.modules.directory import contracts as directory
from minga.ui.http import Page, page

SECTION = "cloud:proposals_work"


@page(queries=6)
def listing(request: HttpRequest) -> HttpResponse:
    """All proposals, the most supported first."""
    actor = worker(request)
    state = request.GET.get("estado", "")
    chosen = state if state in ProposalState.values else ""
    context = {
        "page": Page.of(request, queries.proposals(state=chosen), size=30),
        "state": chosen,
        "states": ProposalState.choices,
        "may_propose": bool(writes_for(actor)),
    }
    return render_work(request, "cloud/proposals_work.html", SECTION, context)


@page(queries=14)
def create(request: HttpRequest) -> HttpResponse:
    """Ask for a service that the cartera lacks."""
    actor = worker(request)
    actor.require(*WRITERS)
    form = ProposalForm(posted(request), institutions=own_institutions(actor))
    if request.method == "POST" and form.is_valid():
        by = directory.institution(form.cleaned_data["institution"])
        proposal = tried(form, lambda: actions.propose(form.text(), by=by, actor=actor))
        if proposal is not None:
            messages.success(request, _("Se publicó la propuesta, con el voto de su institución."))
            return redirect("cloud:proposal_work", proposal.id)
    return render_work(request, "cloud/proposal_form.html", SECTION, {"form": form}, status=refused(form))


@page(queries=8)
def detail(request: HttpRequest, id: UUID) -> HttpResponse:
    """A proposal with its votes and what the official can do with it."""
    actor = worker(request)
    proposal, votes = queries.proposal(id), list(queries.votes(id))
    context = {
        "proposal": proposal,
        "votes": votes,
        "own": [vote for vote in votes if vote.institution.code in writes_for(actor)],
        "steps": open_steps(STEPS, proposal, actor),
        "today": today(),
    }
    return render_work(request, "cloud/proposal_work.html", SECTION, context)


@page(queries=18)
def step(request: HttpRequest, id: UUID, name: str) -> HttpResponse:
    """Ask about a vote or an answer, and keep it."""
    actor = worker(request)
    found = step_named(STEPS, name)
    arguments: dict[str, Any] = {}
    if issubclass(found.form, ForInstitution):
        arguments["institutions"] = own_institutions(actor)
    return take(
        request,
        found,
        queries.proposal(id),
        section=SECTION,
        back=reverse("cloud:proposal_work", args=[id]),
        form_arguments=arguments,
    )


def _votes(actor: Actor, _proposal: Proposal) -> bool:
    return bool(writes_for(actor))


def _voted(actor: Actor, proposal: Proposal) -> bool:
    return proposal.votes.filter(institution__code__in=writes_for(actor)).exists()


def _votable(proposal: Proposal) -> bool:
    return proposal.votable(today())


STEPS: Steps = {
    "votar": Step(
        title=N_("Votar por su institución"),
        explanation=N_("Cada institución tiene un voto, que puede cambiar hasta que termine la votación."),
        button=N_("Votar"),
        done=N_("Se guardó el voto de su institución."),
        allowed=_votes,
        possible=_votable,
        form=VoteForm,
        act=lambda it, data, version, actor: actions.vote(
            it.id,
            support=Support(data["support"]),
            by=directory.institution(data["institution"]),
            actor=actor,
        ),
    ),
    "quitar-voto": Step(
        title=N_("Retirar el voto"),
        explanation=N_("Su institución deja de apoyar esta propuesta."),
        button=N_("Retirar el voto"),
        done=N_("Se retiró el voto de su institución."),
        allowed=_voted,
        possible=_votable,
        form=ForInstitution,
        act=lambda it, data, version, actor: actions.withdraw_vote(
            it.id, by=directory.institution(data["institution"]), actor=actor
        ),
    ),
    "responder": Step(
        title=N_("Responder la propuesta"),
        explanation=N_("La respuesta es pública. Si la acepta, nace un servicio en borrador en la cartera."),
        button=N_("Publicar la respuesta"),
        done=N_("Se publicó la respuesta."),
        allowed=lambda actor, it: is_provider(actor, *SIGNERS),
        possible=lambda it: it.state == ProposalState.OPEN and not _votable(it),
        form=ProposalAnswerForm,
        act=lambda it, data, version, actor: actions.answer_proposal(
            it.id, **data, version=version, actor=actor
        ),
    ),
}
