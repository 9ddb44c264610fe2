"""Reading the proposals for new services and their votes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.search import Document
from minga.kernel.cards import Label
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.cloud.models import Proposal, Vote
from minga.modules.cloud.models.proposal import ProposalState, Support


def proposals(*, state: str = "", category: str = "") -> QuerySet[Proposal, Any]:
    """Proposals with how many institutions support them (`supporters`) and would use them (`would_use`).

    The most supported first; an invented institution's vote counts only for an invented proposal.
    """
    counted = Q(votes__institution__synthetic=False) | Q(synthetic=True)
    found = (
        Proposal.objects.select_related("institution", "service")
        .annotate(
            supporters=Count("votes", filter=counted),
            would_use=Count("votes", filter=counted & Q(votes__support=Support.WOULD_USE)),
        )
        .order_by("-supporters", "-would_use", "-proposed_on", "id")
    )
    if category:
        found = found.filter(category=category)
    return found.filter(state=state) if state else found


def proposal(id: UUID) -> Any:
    """The proposal with this key, its votes counted; NotFound otherwise."""
    found = proposals().filter(id=id).first()
    if found is None:
        raise NotFound(_("No hay una propuesta con esa dirección."))
    return found


def votes(proposal_id: UUID) -> QuerySet[Vote]:
    """The votes for a proposal, by institution."""
    return (
        Vote.objects.filter(proposal_id=proposal_id)
        .select_related("institution")
        .order_by("institution__sort_key", "institution_id")
    )


def not_voted_by(institutions: Collection[UUID], *, on: date) -> QuerySet[Proposal]:
    """Proposals on which one of these institutions may still vote and has not."""
    return Proposal.objects.filter(state=ProposalState.OPEN, closes_on__gte=on).exclude(
        votes__institution_id__in=institutions
    )


def waiting_for_answer(*, on: date) -> QuerySet[Proposal]:
    """Proposals whose voting is over and that the provider has not answered, the oldest first."""
    return Proposal.objects.filter(state=ProposalState.OPEN, closes_on__lt=on).order_by("closes_on")


def proposal_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call each proposal on a page (one query)."""
    found = Proposal.objects.filter(id__in=[reference.id for reference in references]).only("id", "title")
    return {
        entry.reference: Label(entry.title, reverse("cloud:proposal", args=[entry.id])) for entry in found
    }


def search_document(entry: Proposal) -> Document:
    """How people find a proposal."""
    return Document(
        kind="cloud",
        reference=entry.reference,
        title=entry.title,
        institution=entry.institution.name,
        body=f"{entry.need} {entry.users} {entry.answer}",
        url=reverse("cloud:proposal", args=[entry.id]),
        weight=0.7,
    )
