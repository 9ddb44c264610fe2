"""Norms that initiatives ask for: drafted by an institution, registered once issued, withdrawn but never erased."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference


class NormState(models.TextChoices):
    """Where a norm's record stands."""

    DRAFT = "draft", _("Borrador")
    ISSUED = "issued", _("Emitida")
    WITHDRAWN = "withdrawn", _("Retirada")


class WithdrawalReason(models.TextChoices):
    """Why a registered norm no longer counts."""

    ERROR = "error", _("Se registró por error")
    REPEALED = "repealed", _("Fue derogada")
    REPLACED = "replaced", _("La reemplaza otra norma")


class Norm(models.Model):
    """The record of one norm (agreement, resolution, decree) that carries out one initiative."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.CharField(max_length=8)
    institution = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=60)
    issued_on = models.DateField(null=True)
    gazette_number = models.CharField(max_length=60, blank=True)
    gazette_on = models.DateField(null=True)
    document = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    document_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=NormState, default=NormState.DRAFT)
    withdrawal_reason = models.CharField(max_length=10, choices=WithdrawalReason, blank=True)
    withdrawn_on = models.DateField(null=True)
    drafted_by = models.CharField(max_length=160)
    registered_by = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"],
                condition=models.Q(state="issued"),
                name="plan_one_norm_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(issued_on__isnull=False, document__isnull=False),
                name="plan_issued_norm_has_date_and_document",
            ),
            models.CheckConstraint(
                condition=models.Q(state="withdrawn", withdrawn_on__isnull=False)
                | (~models.Q(state="withdrawn") & models.Q(withdrawn_on__isnull=True)),
                name="plan_withdrawn_norm_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.initiative})"

    @property
    def reference(self) -> Reference:
        """How facts point at the norm."""
        return Reference.of("norm", self.id)
