"""Reading incidents: all of them are public, the words of the institutions are not."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.kernel.cards import Label
from minga.kernel.clock import GUAYAQUIL, start_of
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.cloud.models import Incident, Service
from minga.modules.cloud.models.incidents import IncidentState


def incidents(*, service: UUID | None = None, state: str = "") -> QuerySet[Incident]:
    """Incidents of public services, the latest first."""
    found = Incident.objects.select_related("service", "monitor", "reported_by").exclude(
        service__state="draft"
    )
    if service:
        found = found.filter(service_id=service)
    return found.filter(state=state) if state else found


def seen_by(institutions: Collection[UUID] | None, *, state: str = "") -> QuerySet[Incident]:
    """What an official sees at work: all of them, or those of the services that their institutions use."""
    found = incidents(state=state)
    if institutions is None:
        return found
    used = Service.objects.filter(
        adoptions__institution_id__in=institutions, adoptions__state="confirmed"
    ).values("pk")
    return found.filter(Q(reported_by_id__in=institutions) | Q(service__in=used))


def incident(id: UUID) -> Incident:
    """The incident with this key; NotFound otherwise."""
    found = incidents().filter(id=id).first()
    if found is None:
        raise NotFound(_("No hay una incidencia con esa dirección."))
    return found


def during(service: Service, *, first: date, until: date) -> list[Incident]:
    """Incidents of a service that touched some days, the latest first; dismissed ones were none."""
    begin, end = start_of(first), start_of(until)
    over: Q = Q(ended_at__isnull=True) | Q(ended_at__gte=begin)
    found = incidents(service=service.pk).filter(over, began_at__lt=end)
    return list(found.exclude(state=IncidentState.DISMISSED))


def live_by_service() -> dict[UUID, int]:
    """How many incidents are open, by service (one query); what nobody confirmed yet is not one."""
    rows = Incident.objects.filter(state=IncidentState.OPEN).values_list("service").order_by()
    return dict(rows.annotate(n=Count("pk")))


def waiting_for_provider() -> QuerySet[Incident]:
    """What the provider has to confirm or to explain, the oldest first."""
    unexplained = Q(state=IncidentState.CLOSED, cause="")
    return incidents().filter(Q(state=IncidentState.REPORTED) | unexplained).order_by("began_at")


def used_services(institutions: Collection[UUID]) -> list[Service]:
    """Services that these institutions use with a confirmed contract, by title (one query)."""
    used = Service.objects.filter(adoptions__institution_id__in=institutions, adoptions__state="confirmed")
    return list(used.distinct())


def incident_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call each incident on a page (one query)."""
    found = incidents().filter(id__in=[reference.id for reference in references])
    return {
        entry.reference: Label(_label(entry), reverse("cloud:incident", args=[entry.pk])) for entry in found
    }


def _label(entry: Incident) -> str:
    began: datetime = entry.began_at
    return _("%(service)s, incidencia del %(day)s") % {
        "service": entry.service.title,
        "day": f"{began.astimezone(GUAYAQUIL):%Y-%m-%d}",
    }
