"""Telling what an institution pays elsewhere, so that prices can be compared."""

from decimal import Decimal

from django.utils.translation import gettext as _

from minga.kernel.actors import Actor
from minga.kernel.clock import today
from minga.kernel.errors import Invalid
from minga.modules.cloud.actions.powers import WRITERS
from minga.modules.cloud.models import DeclaredCost, Service
from minga.modules.directory.contracts import InstitutionSummary


def declare_cost(
    service: Service, *, concept: str, monthly: Decimal, institution: InstitutionSummary, actor: Actor
) -> DeclaredCost:
    """Keep what the institution pays another provider each month for one unit of a concept; the latest holds.

    Raises Forbidden unless the actor writes for it, Invalid for a concept that the service does not sell. Nothing is
    recorded: it is an opinion on the market, shown only as the middle of several.
    """
    actor.require(*WRITERS, institution=institution.reference)
    if not service.prices.filter(concept=concept).exists():
        message = _("Elija un concepto de la lista de precios del servicio.")
        raise Invalid(message, {"concept": [message]})
    if monthly <= 0:
        message = _("Escriba un valor mayor que cero.")
        raise Invalid(message, {"monthly": [message]})
    declared, _new = DeclaredCost.objects.update_or_create(
        service=service,
        institution_id=institution.id,
        concept=concept,
        defaults={"monthly": monthly, "declared_on": today(), "synthetic": institution.synthetic},
    )
    return declared


def withdraw_cost(service: Service, *, concept: str, institution: InstitutionSummary, actor: Actor) -> None:
    """Take a declaration back. Raises Forbidden."""
    actor.require(*WRITERS, institution=institution.reference)
    DeclaredCost.objects.filter(service=service, institution_id=institution.id, concept=concept).delete()
