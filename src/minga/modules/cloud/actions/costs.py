"""Telling what an institution pays elsewhere, so that prices can be compared."""

from decimal import Decimal

from django.utils.translation import gettext as _

from minga.kernel.actors import Actor
from minga.kernel.clock import today
from minga.kernel.errors import Forbidden, Invalid
from minga.modules.cloud.actions.powers import WRITERS
from minga.modules.cloud.models import DeclaredCost, Service
from minga.modules.cloud.models.service import Period
from minga.modules.cloud.queries.services import PROVIDER
from minga.modules.directory.contracts import InstitutionSummary


def declare_cost(
    service: Service, *, concept: str, monthly: Decimal, institution: InstitutionSummary, actor: Actor
) -> DeclaredCost:
    """Keep what the institution pays another provider each month for one unit of a concept; the latest holds.

    Raises Forbidden unless the actor writes for it or it is the provider's, Invalid for a concept that the service does
    not sell by the month or the year. Nothing is recorded: it is an opinion on the market, shown only as the middle
    of several.
    """
    actor.require(*WRITERS, institution=institution.reference)
    if institution.code == PROVIDER:
        raise Forbidden(_("El proveedor no declara lo que se paga en otra parte."))
    if not service.prices.filter(concept=concept).exclude(period=Period.ONCE).exists():
        message = _("Elija un concepto que el servicio cobra cada mes o cada año.")
        raise Invalid(message, {"concept": [message]})
    if monthly <= 0:
        message = _("Escriba un valor mayor que cero.")
        raise Invalid(message, {"monthly": [message]})
    synthetic = institution.synthetic or service.synthetic
    declared, _new = DeclaredCost.objects.update_or_create(
        service=service,
        institution_id=institution.id,
        concept=concept,
        defaults={"monthly": monthly, "declared_on": today(), "synthetic": synthetic},
    )
    return declared


def withdraw_cost(service: Service, *, concept: str, institution: InstitutionSummary, actor: Actor) -> None:
    """Take a declaration back. Raises Forbidden."""
    actor.require(*WRITERS, institution=institution.reference)
    DeclaredCost.objects.filter(service=service, institution_id=institution.id, concept=concept).delete()
