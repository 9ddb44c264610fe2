"""Reading what is measured, how it goes now, and which works are announced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minga.foundation.probing import Guard, Reason
from minga.kernel.cards import Finding, Label, Severity
from minga.kernel.clock import now, today
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.cloud.models import DailyQuality, Maintenance, Measurement, Monitor, Promise, Service
from minga.modules.cloud.models.monitoring import MonitorState
from minga.modules.cloud.queries import incidents, quality, services
from minga.modules.cloud.queries.promises import promise_for, promises
from minga.modules.cloud.queries.quality import Quality

WARNING_DAYS = (30, 14, 7)
"""How many days before its end a certificate is warned about: once more urgently each time."""
LATE = timedelta(minutes=5)
RECENT = 20


def monitors(*, service: Service | None = None) -> QuerySet[Monitor]:
    """Monitors, those of one service or all, with their service."""
    found = Monitor.objects.select_related("service")
    return found.filter(service=service) if service else found


def monitor(id: UUID) -> Monitor:
    """The monitor with this key; NotFound otherwise."""
    found = monitors().filter(id=id).first()
    if found is None:
        raise NotFound(_("No hay un monitor con esa dirección."))
    return found


def recent(monitor: Monitor) -> list[Measurement]:
    """The last measurements of a monitor, the latest first (one query)."""
    return list(Measurement.objects.filter(monitor=monitor).order_by("-at")[:RECENT])


@dataclass(frozen=True)
class ServiceNow:
    """A service that is measured: how its month goes, and how it is now."""

    service: Service
    month: Quality
    promise: Promise | None
    """by which the month is judged"""
    up: bool | None
    """whether all that is measured of it works; None when that is not known"""
    incidents: int
    works: bool
    """whether announced works are under way"""
    synthetic: bool


def overview(month: date) -> list[ServiceNow]:
    """Every public service that is or was measured, by title (eight queries)."""
    found = list(monitors())
    months = quality.by_service(found, first=month, last=quality.end_of_month(month))
    live, at_work, promised = incidents.live_by_service(), under_way(), promises()
    grouped: dict[UUID, list[Monitor]] = {}
    for entry in found:
        grouped.setdefault(entry.service_id, []).append(entry)
    return [
        ServiceNow(
            service,
            months.get(service.pk, Quality()),
            promise_for(month, promised.get(service.pk, [])),
            up_now(grouped[service.pk]),
            live.get(service.pk, 0),
            service.pk in at_work,
            any(entry.synthetic for entry in grouped[service.pk]),
        )
        for service in services.public_services()
        if service.pk in grouped
    ]


def up_now(found: Sequence[Monitor]) -> bool | None:
    """Whether all of these work; None when none of them was measured lately."""
    moment = now()
    fresh = [
        entry.up
        for entry in found
        if entry.state == MonitorState.ACTIVE
        and entry.up is not None
        and entry.last_at
        and moment - entry.last_at < timedelta(minutes=entry.interval_minutes) + LATE
    ]
    return all(fresh) if fresh else None


def under_way() -> set[UUID]:
    """Services with announced works at this moment (one query)."""
    moment = now()
    found = Maintenance.objects.filter(begins_at__lte=moment, ends_at__gt=moment, cancelled_at__isnull=True)
    return set(found.values_list("service_id", flat=True))


def maintenances(*, service: Service | None = None) -> QuerySet[Maintenance]:
    """Announced works, the latest first, cancelled ones included."""
    found = Maintenance.objects.select_related("service")
    return found.filter(service=service) if service else found


def maintenance(id: UUID) -> Maintenance:
    """The works with this key; NotFound otherwise."""
    found = maintenances().filter(id=id).first()
    if found is None:
        raise NotFound(_("No hay un mantenimiento con esa dirección."))
    return found


def works_shown(service: Service) -> list[Maintenance]:
    """Works of a service that are to come, under way, or not older than a month (one query)."""
    found = maintenances(service=service).filter(ends_at__gt=now() - timedelta(days=31))
    return list(found.order_by("begins_at"))


@dataclass(frozen=True)
class ServiceQuality:
    """All that is known of a service's quality, for its page and its file."""

    service: Service
    monitors: list[Monitor]
    each: Mapping[tuple[UUID, date], Quality]
    promises: Sequence[Promise]

    @property
    def days(self) -> dict[date, Quality]:
        """Day by day, all monitors together."""
        return quality.by_day(self.each)

    @property
    def months(self) -> dict[date, Quality]:
        """Month by month, the latest first."""
        return quality.by_month(self.days)

    def promise(self, month: date) -> Promise | None:
        """What was promised for a month."""
        return promise_for(month, self.promises)

    def of_monitor(self, monitor: Monitor, month: date) -> Quality:
        """What one monitor knows of a month."""
        return quality.total(
            {
                day: known
                for (id, day), known in self.each.items()
                if id == monitor.pk and quality.month_of(day) == month
            }
        )

    @property
    def synthetic(self) -> bool:
        """Whether some of it was invented for a demonstration."""
        return any(entry.synthetic for entry in self.monitors)


def service_quality(code: str) -> ServiceQuality:
    """A public service with its last thirteen months (six queries); NotFound when there is none."""
    service = services.public_service(code)
    found = list(monitors(service=service))
    month = quality.month_of(today())
    first = month.replace(year=month.year - 1)
    each = quality.each_day(found, first=first, last=today())
    return ServiceQuality(service, found, each, list(service.promises.order_by("since")))


def ending_certificates(*, on: date) -> list[Monitor]:
    """Monitors in use whose certificate ends within the first warning, the soonest first (one query)."""
    soon = now() + timedelta(days=max(WARNING_DAYS) + 1)
    found = monitors().filter(state=MonitorState.ACTIVE, expires_at__lt=soon).order_by("expires_at")
    return [entry for entry in found if (entry.days_left(on) or 0) <= max(WARNING_DAYS)]


def certificate_advice(days: int) -> str:
    """What to do about a certificate that ends in so many days."""
    if days < 0:
        return _("Ya venció: renuévelo ahora.")
    left = ngettext("Queda %(days)s día", "Quedan %(days)s días", days) % {"days": days}
    urgent = [limit for limit in WARNING_DAYS if days <= limit]
    advice = {30: _("prepare su renovación"), 14: _("renuévelo esta semana"), 7: _("renuévelo hoy")}
    return f"{left}: {advice[min(urgent, default=30)]}."


def findings() -> list[Finding]:
    """What `minga doctor` says of the measurements; nothing while there is nothing to measure."""
    active = Monitor.objects.filter(state=MonitorState.ACTIVE)
    count = active.count()
    if not count:
        return []
    if not Guard.configured().networks:
        return [
            Finding(
                Severity.ERROR,
                _("Hay monitores de la nube y no se permite sondear ninguna dirección."),
                _("Ponga en MINGA_PROBES_ALLOWED las redes de los servicios, por ejemplo 190.15.128.0/20."),
            )
        ]
    found = []
    if active.filter(next_at__lt=now() - LATE).exists():
        found.append(
            Finding(
                Severity.ERROR,
                _("Las mediciones de la nube están atrasadas: ese tiempo queda sin datos."),
                _("Revise que «minga worker» esté en marcha y no esté saturado."),
            )
        )
    refused = active.filter(last_reason=Reason.NOT_ALLOWED).count()
    if refused:
        found.append(
            Finding(
                Severity.WARNING,
                _("%(count)s monitores de la nube no se miden: su dirección no está permitida.")
                % {"count": refused},
                _("Agregue su red a MINGA_PROBES_ALLOWED o corrija el monitor."),
            )
        )
    return [*found, *_late_summaries()] or [Finding(Severity.OK, _("Los servicios de la nube se miden."))]


def _late_summaries() -> list[Finding]:
    newest = DailyQuality.objects.order_by("-day").values_list("day", flat=True).first()
    if newest is None or newest >= today() - timedelta(days=2):
        return []
    return [
        Finding(
            Severity.WARNING,
            _("Las mediciones de la nube no se resumen desde hace más de un día."),
            _("Revise que «minga worker» esté en marcha."),
        )
    ]


def monitor_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call each monitor on a page (one query)."""
    found = monitors().filter(id__in=[reference.id for reference in references])
    return {entry.reference: _label(entry.service, entry.title) for entry in found}


def maintenance_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call announced works on a page (one query)."""
    found = maintenances().filter(id__in=[reference.id for reference in references])
    return {entry.reference: _label(entry.service, _("Mantenimiento")) for entry in found}


def _label(service: Service, title: str) -> Label:
    return Label(f"{service.title}: {title}", reverse("cloud:service_quality", args=[service.code]))
