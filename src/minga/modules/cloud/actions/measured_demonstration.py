"""For a demonstration: the portal measures itself, and another service has an invented past; all flagged synthetic."""

from datetime import date, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from minga.kernel.clock import now, start_of, today
from minga.kernel.errors import Invalid
from minga.kernel.text import sort_key
from minga.modules.cloud.actions.monitoring import MonitorText, announce_maintenance, start_monitor
from minga.modules.cloud.actions.seeding import SEED
from minga.modules.cloud.models import (
    DailyQuality,
    Incident,
    IncidentNote,
    Maintenance,
    Monitor,
    Promise,
    Service,
)
from minga.modules.cloud.models.incidents import IncidentCause, IncidentSource, IncidentState, IncidentStep
from minga.modules.cloud.models.monitoring import Interval, MonitorKind, MonitorState, Window
from minga.modules.cloud.queries.services import PROVIDER
from minga.modules.directory import contracts as directory

_DAYS = 120
_STARTING = timedelta(minutes=2)
"""The seed runs before the portal answers: its first measurement waits for that."""
_PORTAL, _PAST = "portal-de-demostracion", "videoconferencia"


@transaction.atomic
def load_measurements() -> str:
    """Begin to measure the portal, and invent what was measured of another service; nothing when it is there."""
    if Monitor.objects.filter(synthetic=True).exists():
        return "ya estaban"
    measured = _measure_the_portal()
    past = Service.objects.filter(code=_PAST, synthetic=True).first()
    if past is not None:
        _invent(past)
    return "el portal se mide a sí mismo" if measured else "el portal no se mide: su dirección no lo permite"


def _measure_the_portal() -> bool:
    """Whether the portal is on this machine and may be asked there."""
    address = urlsplit(settings.MINGA_PUBLIC_URL)
    host = "127.0.0.1" if address.hostname == "localhost" else address.hostname or ""
    if not _local(host):
        return False
    service = Service.objects.create(
        code=_PORTAL,
        category="server",
        title="Portal de demostración",
        sort_key=sort_key("Portal de demostración"),
        summary="Este mismo portal, para mostrar cómo se mide un servicio.",
        audience="Quienes prueban Minga.",
        how_to_ask="Es un servicio inventado para la demostración: no se puede pedir.",
        provider_id=directory.institution(PROVIDER).id,
        state="offered",
        offered_on=today(),
        availability_target="99.50",
        response_target_ms=300,
        synthetic=True,
    )
    try:
        monitor = start_monitor(
            _text(service, f"{address.scheme}://{host}:{address.port or 80}/salud/vivo"), actor=SEED
        )
    except Invalid:
        service.delete()
        return False
    Promise.objects.keep(service, since=today())
    Monitor.objects.filter(pk=monitor.pk).update(next_at=now() + _STARTING)
    return True


def _local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _text(service: Service, address: str) -> MonitorText:
    return MonitorText(
        service=service,
        title="Portal",
        kind=MonitorKind.HTTP,
        address=address,
        expected_status=200,
        interval_minutes=Interval.MINUTE,
        window=Window.ALWAYS,
        failures_to_open=3,
        successes_to_close=3,
    )


def _invent(service: Service) -> None:
    """A past of four months, with two failures and works that were announced; its address does not exist."""
    first = today() - timedelta(days=_DAYS)
    monitor = Monitor.objects.create(
        **vars(_text(service, "https://video.example.org/")) | {"title": "Sala de reuniones"},
        state=MonitorState.PAUSED,
        started_at=start_of(first),
        next_at=now(),
        last_at=now(),
        expires_at=now() + timedelta(days=12),
        synthetic=True,
    )
    days = [first + timedelta(days=number) for number in range(_DAYS)]
    DailyQuality.objects.bulk_create(_day(monitor, day, number) for number, day in enumerate(days))
    _incident(monitor, days[-45], minutes=95, cause=IncidentCause.POWER)
    _incident(monitor, days[-4], minutes=38, cause=None)
    _works(service, days[-20])
    begins = start_of(today() + timedelta(days=3)) + timedelta(hours=22)
    announce_maintenance(
        service,
        begins_at=begins,
        ends_at=begins + timedelta(hours=2),
        text="Se actualizarán los programas de las salas. No se podrá entrar a las reuniones.",
        actor=SEED,
    )


def _day(monitor: Monitor, day: date, number: int) -> DailyQuality:
    """An invented day: measured almost whole, faster at weekends, with the failures and works told of elsewhere."""
    gap = 60 if number % 31 == 7 else 0
    down = {_DAYS - 45: 95, _DAYS - 4: 38}.get(number, 2 if number % 17 == 5 else 0)
    planned = 120 if number == _DAYS - 20 else 0
    measured = 1440 - gap
    busy = 0 if day.weekday() >= 5 else 3
    answers = measured - down - planned
    return DailyQuality(
        monitor=monitor,
        day=day,
        expected=1440,
        measured=measured,
        up=answers,
        planned=planned,
        planned_up=0,
        times={50 + busy: answers * 7 // 10, 54 + busy: answers * 2 // 10, 62 + busy: answers // 10},
    )


def _incident(monitor: Monitor, day: date, *, minutes: int, cause: IncidentCause | None) -> None:
    began = start_of(day) + timedelta(hours=9)
    ended = began + timedelta(minutes=minutes)
    incident = Incident.objects.create(
        service=monitor.service,
        monitor=monitor,
        source=IncidentSource.PROBE,
        state=IncidentState.CLOSED,
        cause=cause or "",
        began_at=began,
        ended_at=ended,
        synthetic=True,
    )
    steps = [(IncidentStep.DETECTED, began + timedelta(minutes=3), ""), (IncidentStep.RESTORED, ended, "")]
    if cause is not None:
        told = "Se cortó la energía y el respaldo no alcanzó. Se cambiaron las baterías."
        steps.append((IncidentStep.EXPLAINED, ended + timedelta(hours=5), told))
    IncidentNote.objects.bulk_create(
        IncidentNote(incident=incident, step=step, text=text, actor=SEED.reference, happened_at=when)
        for step, when, text in steps
    )


def _works(service: Service, day: date) -> None:
    begins = start_of(day) + timedelta(hours=22)
    Maintenance.objects.create(
        service=service,
        begins_at=begins,
        ends_at=begins + timedelta(hours=2),
        text="Se cambiaron equipos de la red.",
        announced_at=begins - timedelta(days=4),
        synthetic=True,
    )
