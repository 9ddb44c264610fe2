"""Answering the monthly survey."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.clock import today
from minga.kernel.errors import Conflict, Invalid
from minga.modules.cloud.actions.powers import WRITERS
from minga.modules.cloud.facts import ServiceRated
from minga.modules.cloud.models import Rating, Service
from minga.modules.cloud.queries.ratings import month_to_rate, used_in
from minga.modules.directory.contracts import InstitutionSummary


@dataclass(frozen=True, kw_only=True)
class Grades:
    """From 1, the worst, to 5."""

    overall: int
    support: int
    reliability: int


@transaction.atomic
def rate_service(
    service: Service,
    grades: Grades,
    *,
    month: date,
    institution: InstitutionSummary,
    comment: str,
    actor: Actor,
) -> Rating:
    """Keep what an institution thinks of a service in the month that is open; answering again replaces it.

    Raises Forbidden unless the actor writes for the institution, Conflict when the month is closed, Invalid when the
    institution had no confirmed use of the service in it.
    """
    actor.require(*WRITERS, institution=institution.reference)
    if month != month_to_rate(today()):
        raise Conflict(_("Ese mes ya se cerró: sus respuestas no cambian."))
    if not used_in(month, institutions=[institution.id]).filter(service=service).exists():
        raise Invalid(_("Su institución no tiene un uso confirmado de este servicio en ese mes."))
    rating, _new = Rating.objects.update_or_create(
        service=service,
        institution_id=institution.id,
        month=month,
        defaults={
            **asdict(grades),
            "comment": comment,
            "synthetic": institution.synthetic or service.synthetic,
        },
    )
    record(
        ServiceRated(month=month, **asdict(grades)),
        actor=actor,
        subject=service.reference,
        institution=institution.reference,
        synthetic=rating.synthetic,
    )
    return rating
