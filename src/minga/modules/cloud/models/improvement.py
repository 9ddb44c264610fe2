"""The continuous improvement of initiative 9.2: what will be done about a service, by whom, until when."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference
from minga.modules.cloud.models.service import Service


class Cause(models.TextChoices):
    """Why the action was opened."""

    SATISFACTION = "satisfaction", _("Satisfacción baja")
    TARGET_MISSED = "target_missed", _("No se cumplió la meta de servicio")
    INCIDENT = "incident", _("Hubo un incidente")
    PROPOSAL = "proposal", _("Lo propuso una institución")
    OTHER = "other", _("Otra causa")


class ImprovementState(models.TextChoices):
    """Where the action stands."""

    OPEN = "open", _("En marcha")
    DONE = "done", _("Hecha, por verificar")
    VERIFIED = "verified", _("Verificada")


class Improvement(models.Model):
    """One thing that will be put right in a service, with an owner and a last day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="improvements")
    title = models.CharField(max_length=150)
    description = models.TextField(max_length=2000)
    cause = models.CharField(max_length=14, choices=Cause)
    owner = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    owner_post = models.CharField(max_length=120)
    """the post that answers for it, not a person"""
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=ImprovementState, default=ImprovementState.OPEN)
    opened_on = models.DateField()
    done_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="cloud_improvement_dates_fit_its_state",
                condition=Q(state="open", done_on__isnull=True, verified_on__isnull=True)
                | Q(state="done", done_on__isnull=False, verified_on__isnull=True)
                | Q(state="verified", done_on__isnull=False, verified_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> Reference:
        """How facts point at the action."""
        return Reference.of("cloud-improvement", self.id)

    def overdue(self, on: date) -> bool:
        """Whether it should have been done before that day and is not."""
        return self.state == ImprovementState.OPEN and self.due_on < on


class NoteKind(models.TextChoices):
    """What a note on an action is about."""

    OPENED = "opened", _("Se abrió la acción")
    PROGRESS = "progress", _("Avance")
    POSTPONED = "postponed", _("Nueva fecha")
    DONE = "done", _("Se informó que está hecha")
    RETURNED = "returned", _("Se devolvió: todavía falta")
    VERIFIED = "verified", _("Se verificó")


class ImprovementNote(models.Model):
    """One step or progress note of an action, public and never changed afterwards."""

    improvement = models.ForeignKey(Improvement, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=9, choices=NoteKind)
    text = models.TextField(max_length=1500, blank=True)
    actor = models.CharField(max_length=160)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return self.kind
