"""What is measured, decided by the provider's approver or the plan's steward; and works announced by the provider."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.ledger.recording import record
from minga.foundation.probing import Kind, Target, require_allowed
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import now
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.kernel.facts import Code, Fact
from minga.modules.cloud import facts
from minga.modules.cloud.actions.holding import hold, institution_of
from minga.modules.cloud.actions.powers import SIGNERS, is_provider, require_provider
from minga.modules.cloud.models import Maintenance, Monitor, Service
from minga.modules.cloud.models.monitoring import Interval, MonitorKind, MonitorState, Window
from minga.modules.cloud.models.service import ServiceState

NOTICE = timedelta(hours=24)
"""How long before they begin works are announced: what fails already is an incident, and no works excuse it."""
LONGEST_WORKS = timedelta(hours=72)


@dataclass(frozen=True, kw_only=True)
class MonitorText:
    """What to measure and how."""

    service: Service
    title: str
    kind: MonitorKind
    address: str
    expected_status: int
    interval_minutes: Interval
    window: Window
    failures_to_open: int
    successes_to_close: int


def may_decide(actor: Actor) -> bool:
    """Whether the actor decides what is measured: who approves for the provider, and the plan's steward."""
    return is_provider(actor, *SIGNERS) or actor.holds(Role.STEWARD)


def start_monitor(text: MonitorText, *, actor: Actor, synthetic: bool = False) -> Monitor:
    """Begin to measure an address of a service.

    Raises Forbidden, and Invalid naming the field when the address is no target, is not allowed by configuration
    or is measured already.
    """
    _require_decider(actor)
    fields = _checked(text)
    monitor = Monitor(
        **fields, started_at=now(), next_at=now(), synthetic=synthetic or text.service.synthetic
    )
    with _once(), transaction.atomic():
        monitor.save(force_insert=True)
        _record_start(monitor, actor)
    return monitor


def change_monitor(id: UUID, text: MonitorText, *, version: int, actor: Actor) -> Monitor:
    """Measure the service elsewhere or otherwise from now on; what was measured stays.

    Raises as `start_monitor`, Conflict, and Invalid for another service: what was measured says nothing about it.
    """
    _require_decider(actor)
    fields = _checked(text)
    with _once(), transaction.atomic():
        monitor = _held(id, version, MonitorState.ACTIVE, MonitorState.PAUSED)
        if text.service != monitor.service:
            message = _("Un monitor no cambia de servicio: retírelo y empiece otro.")
            raise Invalid(message, {"service": [message]})
        for name, value in fields.items():
            setattr(monitor, name, value)
        _saved(monitor, *fields, **_FORGOTTEN)
        _record_start(monitor, actor)
    return monitor


@transaction.atomic
def pause_monitor(id: UUID, *, version: int, actor: Actor) -> Monitor:
    """Measure no more for a while: the time until it goes on is without data, and shows. Raises Forbidden, Conflict."""
    _require_decider(actor)
    monitor = _held(id, version, MonitorState.ACTIVE)
    monitor.state = MonitorState.PAUSED
    _saved(monitor, "state")
    _record_stop(monitor, "paused", actor)
    return monitor


@transaction.atomic
def resume_monitor(id: UUID, *, version: int, actor: Actor) -> Monitor:
    """Go on measuring. Raises Forbidden, Conflict."""
    _require_decider(actor)
    monitor = _held(id, version, MonitorState.PAUSED)
    monitor.state = MonitorState.ACTIVE
    _saved(monitor, "state", next_at=now(), **_FORGOTTEN)
    _record_start(monitor, actor)
    return monitor


@transaction.atomic
def retire_monitor(id: UUID, *, version: int, actor: Actor) -> Monitor:
    """Measure an address no more; what was measured stays public. Raises Forbidden, Conflict."""
    _require_decider(actor)
    monitor = _held(id, version, MonitorState.ACTIVE, MonitorState.PAUSED)
    monitor.state, monitor.retired_at = MonitorState.RETIRED, now()
    _saved(monitor, "state", "retired_at")
    _record_stop(monitor, "retired", actor)
    return monitor


_FORGOTTEN = {
    "up": None,
    "streak": 0,
    "turned_at": None,
    "last_reason": "",
    "last_milliseconds": None,
    "expires_at": None,
}
"""What the latest probes said says nothing about another address or after a pause."""


def _require_decider(actor: Actor) -> None:
    if not may_decide(actor):
        raise Forbidden()


def _checked(text: MonitorText) -> dict[str, object]:
    """The monitor's fields, its address in the one way to write it and allowed by configuration."""
    try:
        target = Target.parse(Kind(text.kind), text.address, status=text.expected_status)
        require_allowed(target)
    except Invalid as error:
        raise Invalid(error.message, {"address": [error.message]}) from None
    if text.service.state != ServiceState.OFFERED:
        message = _("Elija un servicio que se ofrece hoy.")
        raise Invalid(message, {"service": [message]})
    return {**vars(text), "address": str(target), "expected_status": target.status}


@contextmanager
def _once() -> Iterator[None]:
    """Say in words that an address is measured already."""
    try:
        yield
    except IntegrityError as error:
        if "cloud_an_address_is_measured_once" not in str(error):
            raise
        message = _("Ese servicio ya se mide en esa dirección.")
        raise Invalid(message, {"address": [message]}) from None


def _held(id: UUID, version: int, *states: MonitorState) -> Monitor:
    monitor = hold(Monitor.objects.select_related("service").filter(id=id), version=version)
    if monitor.state not in states:
        raise Conflict(
            _("Eso ya no se puede hacer: el monitor está en «%(state)s».")
            % {"state": monitor.get_state_display()}
        )
    return monitor


def _saved(monitor: Monitor, *fields: str, **others: object) -> None:
    """Write these fields only: those of the probes may change at the same time."""
    for name, value in others.items():
        setattr(monitor, name, value)
    versions.save(monitor, [*fields, *others])


def _record_start(monitor: Monitor, actor: Actor) -> None:
    fact = facts.MonitorStarted(
        service=monitor.service.reference,
        kind=Code(monitor.kind),
        interval_minutes=monitor.interval_minutes,
        window=Code(monitor.window),
    )
    _record(monitor, fact, actor)


def _record_stop(monitor: Monitor, reason: str, actor: Actor) -> None:
    _record(monitor, facts.MonitorStopped(service=monitor.service.reference, reason=Code(reason)), actor)


@transaction.atomic
def announce_maintenance(
    service: Service,
    *,
    begins_at: datetime,
    ends_at: datetime,
    text: str,
    actor: Actor,
    synthetic: bool = False,
) -> Maintenance:
    """Announce works on a service a day before they begin: the promise does not hold meanwhile.

    Raises Forbidden, and Invalid naming the moment when it is too soon, or the works too long.
    """
    require_provider(actor)
    _require_notice(begins_at, ends_at)
    works = Maintenance.objects.create(
        service=service,
        begins_at=begins_at,
        ends_at=ends_at,
        text=text.strip(),
        announced_at=now(),
        synthetic=synthetic or service.synthetic,
    )
    fact = facts.MaintenanceAnnounced(
        service=service.reference, begins_at=works.begins_at, ends_at=works.ends_at
    )
    _record(works, fact, actor)
    return works


def _require_notice(begins_at: datetime, ends_at: datetime) -> None:
    if begins_at < now() + NOTICE:
        message = _("Anuncie el mantenimiento al menos %(hours)s horas antes de que empiece.") % {
            "hours": NOTICE // timedelta(hours=1)
        }
        raise Invalid(message, {"begins_day": [message]})
    if ends_at <= begins_at:
        message = _("Escriba un final posterior al comienzo.")
        raise Invalid(message, {"ends_day": [message]})
    if ends_at - begins_at > LONGEST_WORKS:
        message = _("Un mantenimiento dura hasta %(hours)s horas: escriba un final más cercano.") % {
            "hours": LONGEST_WORKS // timedelta(hours=1)
        }
        raise Invalid(message, {"ends_day": [message]})


@transaction.atomic
def cancel_maintenance(id: UUID, *, version: int, actor: Actor) -> Maintenance:
    """Call announced works off, before they begin. Raises Forbidden, Conflict."""
    require_provider(actor)
    works = hold(Maintenance.objects.select_related("service").filter(id=id), version=version)
    if works.cancelled_at is not None or works.begins_at <= now():
        raise Conflict(_("Solo se puede cancelar un mantenimiento que todavía no empieza."))
    works.cancelled_at = now()
    versions.save(works)
    _record(works, facts.MaintenanceCancelled(service=works.service.reference), actor)
    return works


def _record(thing: Monitor | Maintenance, fact: Fact, actor: Actor) -> None:
    record(
        fact,
        actor=actor,
        subject=thing.reference,
        institution=institution_of(thing.service.provider_id),
        synthetic=thing.synthetic,
    )
