"""Reading who uses what: the registrations at work, and the confirmed uses in public."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.composed import composed_once
from minga.kernel.cards import Label
from minga.kernel.clock import today
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.cloud.models import Adoption, Service
from minga.modules.cloud.models.adoption import AdoptionState
from minga.modules.cloud.models.service import Category, Family, categories_of


def adoption(id: UUID) -> Adoption:
    """The registration with this key; NotFound otherwise."""
    found = Adoption.objects.select_related("service", "institution", "evidence").filter(id=id).first()
    if found is None:
        raise NotFound(_("No hay un registro con esa dirección."))
    return found


def registrations(
    *, institutions: list[UUID] | None, drafts_of: Collection[UUID], state: str = ""
) -> QuerySet[Adoption]:
    """Registrations of `institutions` (all when None), the latest change first.

    Drafts are seen only by those who write for their institution: `drafts_of`.
    """
    found = Adoption.objects.select_related("service", "institution").filter(
        ~Q(state=AdoptionState.DRAFT) | Q(institution_id__in=drafts_of)
    )
    if institutions is not None:
        found = found.filter(institution_id__in=institutions)
    return found.filter(state=state) if state else found


def waiting_for_provider() -> QuerySet[Adoption]:
    """What the provider has to confirm, the oldest first, and then what it has to end.

    Contracts of institutions that have closed are among these: nobody else is left to end them.
    """
    orphaned = Q(state=AdoptionState.CONFIRMED, institution__valid_until__lte=today())
    return (
        Adoption.objects.filter(Q(state=AdoptionState.FILED) | Q(end_asked_by="institution") | orphaned)
        .select_related("service", "institution")
        .order_by("-state", "changed_at")
    )


def waiting_for(institutions: Collection[UUID]) -> QuerySet[Adoption]:
    """What these institutions have to finish, correct, or say whether it ended; the oldest first."""
    at_work = Q(state__in=[AdoptionState.DRAFT, AdoptionState.OBSERVED]) | Q(end_asked_by="provider")
    return (
        Adoption.objects.of_open(today())
        .filter(at_work, institution_id__in=institutions)
        .select_related("service", "institution")
        .order_by("changed_at")
    )


@dataclass(frozen=True)
class User:
    """An institution that uses services of the cartera today, with its confirmed contracts."""

    code: str
    name: str
    uses: tuple[Adoption, ...]

    @property
    def synthetic(self) -> bool:
        """Whether all of it was invented for a demonstration."""
        return all(use.synthetic for use in self.uses)


def in_use(*, family: str = "") -> QuerySet[Adoption]:
    """Confirmed contracts of institutions that exist today, by institution."""
    found = Adoption.objects.standing(today()).select_related("service", "institution")
    if family:
        found = found.filter(service__category__in=categories_of(Family(family)))
    return found.order_by("institution__sort_key", "institution_id", "service__sort_key", "starts_on")


def users(*, family: str = "") -> list[User]:
    """Institutions with at least one confirmed contract, in Spanish order (one query)."""
    grouped = groupby(in_use(family=family), key=lambda use: use.institution)
    return [User(institution.code, institution.name, tuple(uses)) for institution, uses in grouped]


class Use(NamedTuple):
    """A service that an institution uses."""

    family: Family
    title: str
    code: str


def uses_of(institution: UUID) -> list[Use]:
    """The services of an institution's confirmed contracts, which its page shows (one query)."""
    rows = _uses(institution, today())
    return [Use(Category(category).family, title, code) for category, title, code in rows]


@composed_once
def _uses(institution: UUID, day: date) -> QuerySet[Adoption, tuple[str, str, str]]:
    standing = Adoption.objects.standing(day).filter(institution_id=institution)
    shown = ("service__category", "service__title", "service__code")
    return standing.order_by("service__sort_key", "starts_on").values_list(*shown)


def users_by_service() -> dict[UUID, int]:
    """How many institutions use each service today (one query); invented uses count only for an invented service."""
    counted = Q(synthetic=False) | Q(service__synthetic=True)
    rows = Adoption.objects.standing(today()).filter(counted).values("service")
    return dict(rows.annotate(n=Count("institution", distinct=True)).order_by().values_list("service", "n"))


def users_of(service: Service) -> list[Adoption]:
    """Confirmed contracts for one service (one query)."""
    return list(in_use().filter(service=service))


def adoption_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call each contract on a page (one query)."""
    found = Adoption.objects.filter(id__in=[reference.id for reference in references]).select_related(
        "service", "institution"
    )
    return {
        use.reference: Label(
            f"{use.institution.name}: {use.service.title}",
            f"{reverse('cloud:adoption')}#{use.institution.code}"
            if use.state == AdoptionState.CONFIRMED and not use.orphaned
            else "",
        )
        for use in found
    }
