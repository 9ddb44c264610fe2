"""Reading the improvement actions."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.kernel.cards import Label
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.cloud.models import Improvement
from minga.modules.cloud.models.improvement import ImprovementState
from minga.modules.cloud.queries.services import PROVIDER

OWNERS = (PROVIDER, "mintel")
"""Codes of the institutions that answer for actions: the provider, and the plan's steward."""

_FIRST_OPEN = Case(
    When(state=ImprovementState.OPEN, then=Value(0)),
    When(state=ImprovementState.DONE, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def improvements(*, state: str = "", service: UUID | None = None) -> QuerySet[Improvement]:
    """Actions: those that are due first on top, then what waits to be verified, then what is settled."""
    found = Improvement.objects.select_related("service", "owner").order_by(_FIRST_OPEN, "due_on", "id")
    if service:
        found = found.filter(service_id=service)
    return found.filter(state=state) if state else found


def overdue(*, on: date) -> QuerySet[Improvement]:
    """Open actions whose last day has passed."""
    return improvements(state=ImprovementState.OPEN).filter(due_on__lt=on)


def improvement(id: UUID) -> Improvement:
    """The action with this key; NotFound otherwise."""
    found = Improvement.objects.select_related("service", "owner").filter(id=id).first()
    if found is None:
        raise NotFound(_("No hay una acción de mejora con esa dirección."))
    return found


def waiting(*, owners: list[UUID], verifies: bool) -> QuerySet[Improvement]:
    """What these owners have to do and, for who verifies, what waits to be verified."""
    wanted = Q(state=ImprovementState.OPEN, owner_id__in=owners)
    if verifies:
        wanted |= Q(state=ImprovementState.DONE)
    return improvements().filter(wanted)


def improvement_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call each action on a page (one query)."""
    found = Improvement.objects.filter(id__in=[reference.id for reference in references]).only("id", "title")
    return {
        entry.reference: Label(entry.title, reverse("cloud:improvement", args=[entry.id])) for entry in found
    }
