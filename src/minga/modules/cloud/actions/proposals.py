"""Asking for new services: proposed and voted by institutions, answered by the provider."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.ledger.recording import record
from minga.foundation.search import index
from minga.kernel.actors import Actor
from minga.kernel.clock import today
from minga.kernel.errors import Conflict, Invalid
from minga.kernel.facts import Code, Fact
from minga.kernel.references import Reference
from minga.modules.cloud import facts
from minga.modules.cloud.actions.holding import hold
from minga.modules.cloud.actions.powers import SIGNERS, WRITERS, require_provider
from minga.modules.cloud.actions.services import ServiceText, draft_service
from minga.modules.cloud.models import Proposal, Service, Vote
from minga.modules.cloud.models.proposal import ProposalState, Support
from minga.modules.cloud.models.service import Category
from minga.modules.cloud.queries.proposals import search_document
from minga.modules.cloud.queries.services import PROVIDER
from minga.modules.directory.contracts import InstitutionSummary, institution

VOTING = timedelta(days=60)
"""How long institutions may vote before the provider answers."""


@dataclass(frozen=True, kw_only=True)
class ProposalText:
    """What an institution asks for."""

    title: str
    category: Category
    need: str
    users: str


@transaction.atomic
def propose(text: ProposalText, *, by: InstitutionSummary, actor: Actor) -> Proposal:
    """Ask for a service that the cartera lacks; who proposes it would use it. Raises Forbidden."""
    actor.require(*WRITERS, institution=by.reference)
    proposal = Proposal.objects.create(
        **asdict(text),
        institution_id=by.id,
        proposed_on=today(),
        closes_on=today() + VOTING,
        synthetic=by.synthetic,
    )
    Vote.objects.create(proposal=proposal, institution_id=by.id, support=Support.WOULD_USE)
    index([search_document(proposal)])
    fact = facts.ProposalMade(category=Code(proposal.category), closes_on=proposal.closes_on)
    _record(proposal, fact, by.reference, actor)
    return proposal


@transaction.atomic
def vote(id: UUID, *, support: Support, by: InstitutionSummary, actor: Actor) -> Vote:
    """Support a proposal in the name of an institution; voting again replaces its vote.

    Raises Forbidden unless the actor writes for it, Conflict when the voting is over.
    """
    actor.require(*WRITERS, institution=by.reference)
    proposal = _votable(id)
    cast, _new = Vote.objects.update_or_create(
        proposal=proposal, institution_id=by.id, defaults={"support": support}
    )
    fact = facts.ProposalSupported(support=Code(support.value))
    _record(proposal, fact, by.reference, actor, invented=by.synthetic)
    return cast


@transaction.atomic
def withdraw_vote(id: UUID, *, by: InstitutionSummary, actor: Actor) -> None:
    """Take an institution's vote back. Raises Forbidden, and Conflict when the voting is over."""
    actor.require(*WRITERS, institution=by.reference)
    proposal = _votable(id)
    if proposal.votes.filter(institution_id=by.id).delete()[0]:
        _record(proposal, facts.SupportWithdrawn(), by.reference, actor, invented=by.synthetic)


def _votable(id: UUID) -> Proposal:
    proposal = hold(Proposal.objects.filter(id=id))
    if not proposal.votable(today()):
        raise Conflict(_("La votación de esta propuesta ya terminó."))
    return proposal


@transaction.atomic
def answer_proposal(id: UUID, *, accepted: bool, answer: str, version: int, actor: Actor) -> Proposal:
    """The provider says, once the voting is over, whether it will offer the service, and why.

    An accepted proposal becomes a draft of the cartera. Raises Forbidden, Conflict, Invalid.
    """
    require_provider(actor, *SIGNERS)
    proposal = hold(Proposal.objects.filter(id=id), version=version)
    if proposal.state != ProposalState.OPEN:
        raise Conflict(_("Esta propuesta ya tiene respuesta."))
    if proposal.votable(today()):
        raise Conflict(_("Las instituciones todavía votan. Responda cuando termine la votación."))
    if not answer.strip():
        message = _("Escriba la razón: la leerán quienes la propusieron y apoyaron.")
        raise Invalid(message, {"answer": [message]})
    proposal.state = ProposalState.ACCEPTED if accepted else ProposalState.DECLINED
    proposal.answer, proposal.answered_on = answer.strip(), today()
    proposal.service = _service_from(proposal, actor) if accepted else None
    versions.save(proposal)
    index([search_document(proposal)])
    service = proposal.service.reference if proposal.service else None
    provider = institution(PROVIDER).reference
    _record(proposal, facts.ProposalAnswered(accepted=accepted, service=service), provider, actor)
    return proposal


def _service_from(proposal: Proposal, actor: Actor) -> Service:
    text = ServiceText(
        category=Category(proposal.category),
        title=proposal.title,
        summary=proposal.title,
        audience=proposal.users,
        how_to_ask="",
        availability_target=None,
        response_target_ms=None,
    )
    try:
        return draft_service(
            text, actor=actor, source=f"Propuesta {proposal.id}", synthetic=proposal.synthetic
        )
    except Invalid:
        message = _("Ya hay un servicio con ese nombre en la cartera: responda que ya existe.")
        raise Invalid(message, {"accepted": [message]}) from None


def _record(proposal: Proposal, fact: Fact, by: Reference, actor: Actor, *, invented: bool = False) -> None:
    synthetic = proposal.synthetic or invented
    record(fact, actor=actor, subject=proposal.reference, institution=by, synthetic=synthetic)
