"""Norms that carry out initiatives: the public ones, and those that an official sees at work."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.composed import composed_once
from minga.foundation.search import Document
from minga.kernel.errors import NotFound
from minga.modules.plan.models import Norm
from minga.modules.plan.models.norm import NormState
from minga.modules.plan.queries.structure import initiative


class NormLine(NamedTuple):
    """A registered norm as a list shows it."""

    id: UUID
    number: str
    title: str
    state: str
    issued_on: date
    institution: str


def norms_of(initiative_code: str) -> list[NormLine]:
    """Norms registered for an initiative, drafts aside, newest first."""
    return [NormLine._make(row) for row in _norms_of(initiative_code)]


@composed_once
def _norms_of(initiative: str) -> QuerySet[Norm, tuple[Any, ...]]:
    registered = Norm.objects.filter(initiative=initiative).exclude(state=NormState.DRAFT)
    columns = ("id", "number", "title", "state", "issued_on", "institution__name")
    return registered.order_by("-issued_on").values_list(*columns)


def norms_in_force() -> set[str]:
    """Codes of the initiatives whose norm is in force."""
    return set(Norm.objects.filter(state=NormState.ISSUED).values_list("initiative", flat=True))


def public_norms(*, initiative: str = "", institution: str = "", state: str = "") -> QuerySet[Norm]:
    """Norms that have been registered, drafts aside, that fit everything given."""
    exact = {"initiative": initiative, "institution__code": institution, "state": state}
    given = {name: value for name, value in exact.items() if value}
    return Norm.objects.exclude(state=NormState.DRAFT).filter(**given)


def norms_by_id(ids: Collection[UUID]) -> dict[UUID, Norm]:
    """These norms with their institutions and documents, in one query."""
    return Norm.objects.select_related("institution", "document").in_bulk(ids)


def search_document(norm: Norm) -> Document:
    """How people find a registered norm."""
    return Document(
        kind="plan",
        reference=norm.reference,
        title=f"{norm.number}: {norm.title}",
        institution=norm.institution.name,
        body=initiative(norm.initiative).title,
        url=reverse("plan:norm", args=[norm.id]),
    )


def public_norm(norm_id: UUID) -> Norm:
    """A norm that has been registered; NotFound for drafts and unknown ones."""
    return _norm_in(Norm.objects.exclude(state=NormState.DRAFT), norm_id)


def workplace_norm(norm_id: UUID) -> Norm:
    """Any norm, drafts included; NotFound when there is none."""
    return _norm_in(Norm.objects.all(), norm_id)


def _norm_in(norms: QuerySet[Norm], norm_id: UUID) -> Norm:
    norm = norms.filter(id=norm_id).select_related("institution", "document").first()
    if norm is None:
        raise NotFound(_("No hay una norma con esa dirección."))
    return norm


def workplace_norms(*, institutions: list[UUID] | None, state: str = "") -> QuerySet[Norm]:
    """Norms that an official may see at work: those of `institutions`, or all when None."""
    norms = Norm.objects.select_related("institution", "document")
    if institutions is not None:
        norms = norms.filter(institution_id__in=institutions)
    return norms.filter(state=state) if state else norms
