"""What the measurements ask of the provider: incidents to confirm and explain, certificates to renew."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from minga.kernel.cards import Task
from minga.kernel.clock import GUAYAQUIL, today
from minga.modules.cloud.models.incidents import IncidentState
from minga.modules.cloud.queries import incidents, monitoring
from minga.ui import formats

_MOST = 20


def monitoring_tasks() -> Iterator[Task]:
    """What waits for the provider's officials."""
    for incident in incidents.waiting_for_provider()[:_MOST]:
        told = incident.state == IncidentState.REPORTED
        yield Task(
            kind=_("Incidencias de la nube por confirmar")
            if told
            else _("Incidencias de la nube por explicar"),
            title=incident.service.title,
            url=reverse("cloud:incident_work", args=[incident.id]),
            detail=formats.moment(incident.began_at),
        )
    on = today()
    for monitor in monitoring.ending_certificates(on=on)[:_MOST]:
        assert monitor.expires_at is not None
        yield Task(
            kind=_("Certificados de la nube por renovar"),
            title=f"{monitor.service.title}: {monitor.title}",
            url=reverse("cloud:monitor", args=[monitor.id]),
            detail=monitoring.certificate_advice(monitor.days_left(on) or 0),
            due=monitor.expires_at.astimezone(GUAYAQUIL).date(),
        )
