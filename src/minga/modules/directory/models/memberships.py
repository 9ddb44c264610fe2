"""Registers of institutions with dated membership, such as the central public administration (APC)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minga.modules.directory.models.institutions import Institution, Status


class Register(models.TextChoices):
    """A population that shares are measured against; the priority one follows from the other data."""

    APC = "apc", _("Administración Pública Central")
    MUNICIPAL_GADS = "gad_municipal", _("GAD municipales")
    PRIORITY_APC = "apc_priority", _("APC con relación directa con grupos prioritarios")


class Membership(models.Model):
    """An institution belongs to a register in [valid_from, valid_until), by some norm.

    The ledger's population facts mirror these rows; indicators read the ledger. The migration adds the
    constraint that periods of one institution in one register never overlap.
    """

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="memberships")
    register = models.CharField(max_length=20, choices=Register.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    norm = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.UNVERIFIED)

    class Meta:
        ordering = ["register", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_start",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=models.F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.valid_from}"
