"""Incidents: opened and closed by the measurements or by people, told and explained by the provider."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.clock import now, today
from minga.kernel.errors import Conflict, Invalid
from minga.kernel.facts import Code, Fact
from minga.kernel.references import Reference
from minga.modules.cloud import facts
from minga.modules.cloud.actions.holding import hold, institution_of
from minga.modules.cloud.actions.powers import WRITERS, is_provider, require_provider
from minga.modules.cloud.models import Adoption, Incident, IncidentNote, Monitor, Service
from minga.modules.cloud.models.incidents import (
    LIVE,
    IncidentCause,
    IncidentSource,
    IncidentState,
    IncidentStep,
)
from minga.modules.cloud.models.monitoring import MonitorState
from minga.modules.directory.contracts import InstitutionSummary

OLDEST = timedelta(days=30)
"""How long ago an incident that people tell of may have begun."""


def open_measured(monitor: Monitor, *, actor: Actor) -> Incident:
    """Open the incident of a monitor that failed too often, since its first failure."""
    incident = Incident.objects.create(
        service=monitor.service,
        monitor=monitor,
        source=IncidentSource.PROBE,
        state=IncidentState.OPEN,
        began_at=monitor.turned_at or now(),
        synthetic=monitor.synthetic,
    )
    _opened(incident, IncidentStep.DETECTED, "", actor)
    return incident


def close_measured(incident: Incident, *, actor: Actor) -> None:
    """Close the incident of a monitor that works again, since its first success; only its cause is missing then."""
    assert incident.monitor is not None
    ended_at = max(incident.monitor.turned_at or now(), incident.began_at)
    _close(incident, IncidentStep.RESTORED, "", ended_at, actor)


@transaction.atomic
def report_incident(
    service: Service, *, institution: InstitutionSummary, began_at: datetime, text: str, actor: Actor
) -> Incident:
    """An institution tells the provider that a service it uses does not work.

    Raises Forbidden unless the actor writes for it, Invalid unless it uses the service, says what happens, and has
    not told already of one that is not over.
    """
    actor.require(*WRITERS, institution=institution.reference)
    used = Adoption.objects.standing(today()).filter(service=service, institution_id=institution.id)
    if not used.exists():
        message = _("Elija un servicio que su institución usa, con contrato confirmado por el proveedor.")
        raise Invalid(message, {"service": [message]})
    _require_first(service, institution)
    incident = Incident.objects.create(
        service=service,
        reported_by_id=institution.id,
        source=IncidentSource.INSTITUTION,
        state=IncidentState.REPORTED,
        began_at=_moment(began_at),
        synthetic=service.synthetic or institution.synthetic,
    )
    _opened(incident, IncidentStep.REPORTED, _said(text), actor)
    return incident


def _require_first(service: Service, institution: InstitutionSummary) -> None:
    """Two reports at once wait for each other here: of one failure an institution tells once."""
    hold(Service.objects.filter(pk=service.pk))
    if Incident.objects.filter(service=service, reported_by_id=institution.id, state__in=LIVE).exists():
        message = _("Su institución ya informó una falla de este servicio que todavía no termina.")
        raise Invalid(message, {"service": [message]})


@transaction.atomic
def announce_incident(service: Service, *, began_at: datetime, text: str, actor: Actor) -> Incident:
    """The provider tells by itself that a service does not work. Raises Forbidden, Invalid."""
    require_provider(actor)
    incident = Incident.objects.create(
        service=service,
        source=IncidentSource.PROVIDER,
        state=IncidentState.OPEN,
        began_at=_moment(began_at),
        synthetic=service.synthetic,
    )
    _opened(incident, IncidentStep.ANNOUNCED, _said(text), actor)
    return incident


@transaction.atomic
def confirm_incident(id: UUID, *, text: str, version: int, actor: Actor) -> Incident:
    """The provider finds that what an institution told is so. Raises Forbidden, Conflict, Invalid."""
    incident = _held(id, version, actor, IncidentState.REPORTED)
    incident.state = IncidentState.OPEN
    _saved(incident)
    _note(incident, IncidentStep.CONFIRMED, _said(text), actor)
    return incident


@transaction.atomic
def dismiss_incident(id: UUID, *, text: str, version: int, actor: Actor) -> Incident:
    """The provider finds that the service had not failed, and says why. Raises Forbidden, Conflict, Invalid.

    What the probes found cannot be dismissed: it has a cause like any other.
    """
    incident = _held(id, version, actor, *LIVE)
    if incident.source == IncidentSource.PROBE:
        raise Conflict(_("Lo que detectaron las mediciones no se descarta: explique su causa."))
    incident.state = IncidentState.DISMISSED
    _saved(incident)
    _note(incident, IncidentStep.DISMISSED, _said(text), actor)
    _record(
        incident, facts.IncidentClosed(service=_service(incident), reason=Code("dismissed"), minutes=0), actor
    )
    return incident


@transaction.atomic
def tell_news(id: UUID, *, text: str, actor: Actor) -> Incident:
    """The provider tells everybody how it goes. Raises Forbidden, Conflict, Invalid."""
    incident = _held(id, None, actor, IncidentState.OPEN)
    _note(incident, IncidentStep.NEWS, _said(text), actor)
    return incident


@transaction.atomic
def close_incident(id: UUID, *, ended_at: datetime, text: str, version: int, actor: Actor) -> Incident:
    """The provider says since when the service works again. Raises Forbidden, Conflict, Invalid.

    An incident that the probes opened is closed by them, unless its monitor no longer measures.
    """
    incident = _held(id, version, actor, IncidentState.OPEN)
    if incident.monitor is not None and incident.monitor.state == MonitorState.ACTIVE:
        raise Conflict(_("La cierran las mediciones cuando el servicio vuelva a responder."))
    if not incident.began_at <= ended_at <= now():
        message = _("Escriba un momento entre el comienzo de la incidencia y ahora.")
        raise Invalid(message, {"at_day": [message]})
    _close(incident, IncidentStep.RESTORED, _said(text), ended_at, actor)
    return incident


@transaction.atomic
def explain_incident(id: UUID, *, cause: IncidentCause, text: str, version: int, actor: Actor) -> Incident:
    """The provider tells what it was due to; a later explanation takes the place of the former, which stays to be read.

    Raises Forbidden, Conflict, Invalid.
    """
    incident = _held(id, version, actor, IncidentState.OPEN, IncidentState.CLOSED)
    incident.cause = cause
    _saved(incident)
    _note(incident, IncidentStep.EXPLAINED, _said(text), actor)
    _record(incident, facts.IncidentExplained(service=_service(incident), cause=Code(cause.value)), actor)
    return incident


def may_read(incident: Incident, actor: Actor) -> bool:
    """Whether the actor reads what an institution told: the provider, the institution itself."""
    by = incident.reported_by_id
    return is_provider(actor) or (by is not None and actor.holds(*WRITERS, institution=institution_of(by)))


def _close(incident: Incident, step: IncidentStep, text: str, ended_at: datetime, actor: Actor) -> None:
    incident.state, incident.ended_at = IncidentState.CLOSED, ended_at
    _saved(incident)
    _note(incident, step, text, actor)
    minutes = int((ended_at - incident.began_at) / timedelta(minutes=1))
    fact = facts.IncidentClosed(service=_service(incident), reason=Code("restored"), minutes=minutes)
    _record(incident, fact, actor, occurred_at=ended_at)


def _opened(incident: Incident, step: IncidentStep, text: str, actor: Actor) -> None:
    _note(incident, step, text, actor)
    fact = facts.IncidentOpened(service=_service(incident), source=Code(incident.source))
    _record(incident, fact, actor, occurred_at=incident.began_at)


def _held(id: UUID, version: int | None, actor: Actor, *states: IncidentState) -> Incident:
    require_provider(actor)
    incidents = Incident.objects.select_related("service", "monitor").filter(id=id)
    incident = hold(incidents, version=version)
    if incident.state not in states:
        raise Conflict(
            _("Eso ya no se puede hacer: la incidencia está en «%(state)s».")
            % {"state": incident.get_state_display()}
        )
    return incident


def _saved(incident: Incident) -> None:
    versions.save(incident)


def _moment(began_at: datetime) -> datetime:
    if not now() - OLDEST <= began_at <= now():
        message = _("Escriba un momento que ya pasó, de los últimos %(days)s días.") % {"days": OLDEST.days}
        raise Invalid(message, {"at_day": [message]})
    return began_at


def _said(text: str) -> str:
    if not text.strip():
        message = _("Escriba qué pasa, con palabras que entienda quien usa el servicio.")
        raise Invalid(message, {"text": [message]})
    return text.strip()


def _note(incident: Incident, step: IncidentStep, text: str, actor: Actor) -> None:
    IncidentNote.objects.create(
        incident=incident, step=step, text=text, actor=actor.reference, happened_at=now()
    )


def _service(incident: Incident) -> Reference:
    return incident.service.reference


def _record(incident: Incident, fact: Fact, actor: Actor, *, occurred_at: datetime | None = None) -> None:
    record(
        fact,
        actor=actor,
        subject=incident.reference,
        institution=institution_of(incident.service.provider_id),
        occurred_at=occurred_at,
        synthetic=incident.synthetic,
    )
