"""What is measured of a service, what was measured, and the works that were announced beforehand."""

import uuid
from datetime import date, datetime, timedelta

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minga.foundation.probing import Kind as ProbeKind
from minga.foundation.probing import Reason, Target
from minga.kernel.clock import GUAYAQUIL, start_of
from minga.kernel.references import Reference
from minga.modules.cloud.models.service import Service

OFFICE_OPENS, OFFICE_CLOSES = 8, 17
RAW_DAYS = 31
"""For how many days single measurements are kept; the summary of each day is kept for good."""


class MonitorKind(models.TextChoices):
    """How a service is asked whether it works."""

    HTTP = ProbeKind.HTTP.value, _("Página o servicio web (HTTP)")
    TCP = ProbeKind.TCP.value, _("Puerto abierto (TCP)")
    DNS = ProbeKind.DNS.value, _("Servidor de nombres (DNS)")
    TLS = ProbeKind.TLS.value, _("Certificado (TLS)")


class Window(models.TextChoices):
    """In which hours a measurement counts for the promise of the service."""

    ALWAYS = "always", _("Todo el día, todos los días")
    OFFICE = "office", _("De lunes a viernes, de 08:00 a 17:00")

    def counts(self, moment: datetime) -> bool:
        """Whether the promise holds at this moment, by the clocks of the mainland."""
        local = moment.astimezone(GUAYAQUIL)
        at_work = local.weekday() < 5 and OFFICE_OPENS <= local.hour < OFFICE_CLOSES
        return self is Window.ALWAYS or at_work

    def minutes(self, day: date, start: datetime, end: datetime) -> int:
        """How many minutes of a day, between two moments, the promise holds."""
        opens, closes = start_of(day), start_of(day + timedelta(days=1))
        if self is Window.OFFICE:
            if day.weekday() >= 5:
                return 0
            opens, closes = opens + timedelta(hours=OFFICE_OPENS), opens + timedelta(hours=OFFICE_CLOSES)
        return max(0, int((min(closes, end) - max(opens, start)) / timedelta(minutes=1)))


class Interval(models.IntegerChoices):
    """How often a service is asked."""

    MINUTE = 1, _("Cada minuto")
    FIVE = 5, _("Cada 5 minutos")
    QUARTER = 15, _("Cada 15 minutos")
    HOUR = 60, _("Cada hora")


class MonitorState(models.TextChoices):
    """Whether a monitor asks."""

    ACTIVE = "active", _("En marcha")
    PAUSED = "paused", _("En pausa")
    RETIRED = "retired", _("Retirado")


class Monitor(models.Model):
    """One address of a service that is asked again and again.

    The fields below `synthetic` are what the latest probes say; only they write them, and never the others.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="monitors")
    title = models.CharField(max_length=100)
    kind = models.CharField(max_length=4, choices=MonitorKind)
    address = models.CharField(max_length=600)
    expected_status = models.PositiveSmallIntegerField(default=200)
    interval_minutes = models.PositiveSmallIntegerField(choices=Interval, default=Interval.MINUTE)
    window = models.CharField(max_length=6, choices=Window, default=Window.ALWAYS)
    failures_to_open = models.PositiveSmallIntegerField(default=3)
    successes_to_close = models.PositiveSmallIntegerField(default=3)
    state = models.CharField(max_length=7, choices=MonitorState, default=MonitorState.ACTIVE)
    started_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    synthetic = models.BooleanField(default=False)
    next_at = models.DateTimeField()
    up = models.BooleanField(null=True)
    streak = models.PositiveIntegerField(default=0)
    """how many measurements in a row said the same as `up`"""
    turned_at = models.DateTimeField(null=True)
    """when the first of them was made"""
    last_at = models.DateTimeField(null=True)
    last_reason = models.CharField(max_length=24, blank=True)
    last_milliseconds = models.PositiveIntegerField(null=True)
    expires_at = models.DateTimeField(null=True)
    """the end of the certificate that was seen last"""

    class Meta:
        ordering = ["service__sort_key", "title", "id"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="active"), name="cloud_monitors_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "address", "expected_status"],
                condition=~Q(state="retired"),
                name="cloud_an_address_is_measured_once",
            ),
            models.CheckConstraint(
                name="cloud_retired_monitor_has_moment",
                condition=Q(state="retired", retired_at__isnull=False)
                | (~Q(state="retired") & Q(retired_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="cloud_monitor_waits_for_some_measurements",
                condition=Q(failures_to_open__range=(1, 10), successes_to_close__range=(1, 10)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> Reference:
        """How facts point at the monitor."""
        return Reference.of("cloud-monitor", self.id)

    @property
    def target(self) -> Target:
        """What to probe; the address was checked when it was saved."""
        return Target.parse(ProbeKind(self.kind), self.address, status=self.expected_status)

    @property
    def secure(self) -> bool:
        """Whether there is a certificate to be seen at its address."""
        return self.target.secure

    @property
    def problem(self) -> str:
        """What the latest probe found wrong, in the reader's language; "" when nothing."""
        return Reason(self.last_reason).words if self.last_reason else ""

    def days_left(self, on: date) -> int | None:
        """Days until the certificate ends, negative afterwards; None when there is none."""
        return None if self.expires_at is None else (self.expires_at.astimezone(GUAYAQUIL).date() - on).days


class Measurement(models.Model):
    """What one probe found; it stands for the minutes until the next one. Only added, and removed when old."""

    monitor = models.ForeignKey(Monitor, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    up = models.BooleanField()
    planned = models.BooleanField()
    """whether it was made during announced works"""
    counted = models.BooleanField()
    """whether it was made in the hours of the promise"""
    milliseconds = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=24, blank=True)

    class Meta:
        indexes = [BrinIndex(fields=["at"], name="cloud_measurements_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["monitor", "at"], name="cloud_one_measurement_a_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.reason or 'ok'}"

    @property
    def problem(self) -> str:
        """What was wrong, in the reader's language; "" when nothing."""
        return Reason(self.reason).words if self.reason else ""


class DailyQuality(models.Model):
    """The summary of one monitor's day, in minutes; `times` counts response times by step of a logarithmic scale."""

    monitor = models.ForeignKey(Monitor, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    expected = models.PositiveIntegerField()
    measured = models.PositiveIntegerField()
    up = models.PositiveIntegerField()
    planned = models.PositiveIntegerField()
    planned_up = models.PositiveIntegerField()
    times = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["monitor", "day"], name="cloud_one_summary_a_day"),
            models.CheckConstraint(
                name="cloud_summary_adds_up",
                condition=Q(up__lte=F("measured"), planned__lte=F("measured"), planned_up__lte=F("planned")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Maintenance(models.Model):
    """Works that the provider announced before they began; measurements made meanwhile are left out of the promise."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="maintenances")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    text = models.TextField(max_length=1000)
    announced_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-begins_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="cloud_works_are_announced_beforehand",
                condition=Q(announced_at__lt=F("begins_at"), begins_at__lt=F("ends_at")),
            ),
            models.CheckConstraint(
                name="cloud_works_are_cancelled_beforehand",
                condition=Q(cancelled_at__isnull=True) | Q(cancelled_at__lt=F("begins_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.service.title

    @property
    def reference(self) -> Reference:
        """How facts point at the works."""
        return Reference.of("cloud-maintenance", self.id)
