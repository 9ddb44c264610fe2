"""When a service did not work: found by the probes or told by people, explained by the provider."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference
from minga.modules.cloud.models.monitoring import Monitor
from minga.modules.cloud.models.service import Service


class IncidentSource(models.TextChoices):
    """Who noticed it."""

    PROBE = "probe", _("La detectaron las mediciones")
    INSTITUTION = "institution", _("La informó una institución que usa el servicio")
    PROVIDER = "provider", _("La informó el proveedor")


class IncidentState(models.TextChoices):
    """Where an incident stands."""

    REPORTED = "reported", _("Informada, por confirmar")
    OPEN = "open", _("Abierta")
    CLOSED = "closed", _("Cerrada")
    DISMISSED = "dismissed", _("Descartada")


LIVE = (IncidentState.REPORTED, IncidentState.OPEN)


class IncidentCause(models.TextChoices):
    """What it was due to, as the provider found out."""

    POWER = "power", _("Energía eléctrica")
    LINK = "link", _("Enlace o red")
    EQUIPMENT = "equipment", _("Equipo dañado")
    SOFTWARE = "software", _("Falla de un programa")
    CERTIFICATE = "certificate", _("Certificado vencido o equivocado")
    OVERLOAD = "overload", _("Más uso del que soporta")
    CHANGE = "change", _("Un cambio o una configuración")
    THIRD_PARTY = "third_party", _("Un tercero")
    UNKNOWN = "unknown", _("No se pudo determinar")


class Incident(models.Model):
    """A time in which a service did not work as promised."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="incidents")
    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, null=True, related_name="incidents")
    reported_by = models.ForeignKey(
        "directory.Institution", on_delete=models.PROTECT, null=True, related_name="+"
    )
    source = models.CharField(max_length=11, choices=IncidentSource)
    state = models.CharField(max_length=9, choices=IncidentState)
    cause = models.CharField(max_length=11, choices=IncidentCause, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-began_at", "id"]
        indexes = [
            models.Index(fields=["service", "began_at"], name="cloud_incidents_of_a_service"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["monitor"],
                condition=Q(state="open"),
                name="cloud_one_open_incident_a_monitor",
            ),
            models.CheckConstraint(
                name="cloud_ended_incident_has_moment",
                condition=Q(state="closed", ended_at__gte=F("began_at"))
                | (~Q(state="closed") & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="cloud_incident_says_who_noticed",
                condition=Q(source="probe", monitor__isnull=False, reported_by__isnull=True)
                | Q(source="institution", monitor__isnull=True, reported_by__isnull=False)
                | Q(source="provider", monitor__isnull=True, reported_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.service.title

    @property
    def reference(self) -> Reference:
        """How facts point at the incident."""
        return Reference.of("cloud-incident", self.id)

    @property
    def live(self) -> bool:
        """Whether it is not over."""
        return self.state in LIVE

    @property
    def explained(self) -> bool:
        """Whether there is nothing left to explain: the provider gave its cause, or it was none."""
        return bool(self.cause) or self.state == IncidentState.DISMISSED


class IncidentStep(models.TextChoices):
    """What can happen in an incident."""

    DETECTED = "detected", _("Las mediciones dejaron de encontrar el servicio")
    REPORTED = "reported", _("Una institución que usa el servicio informó un problema")
    ANNOUNCED = "announced", _("El proveedor informó un problema")
    CONFIRMED = "confirmed", _("El proveedor confirmó el problema")
    NEWS = "news", _("El proveedor informó cómo avanza")
    RESTORED = "restored", _("El servicio volvió a responder")
    EXPLAINED = "explained", _("El proveedor explicó la causa")
    DISMISSED = "dismissed", _("El proveedor encontró que no hubo un problema del servicio")


class IncidentNote(models.Model):
    """One step of an incident, never changed afterwards; what an institution writes is for the provider alone."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="notes")
    step = models.CharField(max_length=9, choices=IncidentStep)
    text = models.TextField(max_length=1500, blank=True)
    actor = models.CharField(max_length=160)
    happened_at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_at", "-id"]

    def __str__(self) -> str:
        return f"{self.step} {self.happened_at:%Y-%m-%d %H:%M}"

    @property
    def public_text(self) -> str:
        """What everybody may read of it."""
        return "" if self.step == IncidentStep.REPORTED else self.text
