"""What institutions miss in the cartera (initiative 9.3): proposals, votes and the provider's answer."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference
from minga.modules.cloud.models.service import Category, Service


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("Espera respuesta")
    ACCEPTED = "accepted", _("Aceptada")
    DECLINED = "declined", _("No se aceptó")


class Proposal(models.Model):
    """A service that an institution asks for; others vote until `closes_on`, then the provider answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    category = models.CharField(max_length=12, choices=Category)
    need = models.TextField(max_length=2000)
    users = models.CharField(max_length=250)
    institution = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.OPEN)
    answer = models.TextField(max_length=2000, blank=True)
    answered_on = models.DateField(null=True)
    service = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True, related_name="+")
    """the draft that an accepted proposal became"""
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-proposed_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="cloud_answered_proposal_says_why",
                condition=Q(state="open", answered_on__isnull=True)
                | (~Q(state="open") & Q(answered_on__isnull=False) & ~Q(answer="")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> Reference:
        """How facts point at the proposal."""
        return Reference.of("cloud-proposal", self.id)

    def votable(self, on: date) -> bool:
        """Whether institutions may vote on that day; the closing day is the last one."""
        return self.state == ProposalState.OPEN and on <= self.closes_on


class Support(models.TextChoices):
    """How an institution stands to a proposal."""

    WOULD_USE = "would_use", _("La usaríamos")
    SUPPORTS = "supports", _("La apoyamos, aunque no la usaríamos")


class Vote(models.Model):
    """The one vote of an institution on a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="votes")
    institution = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    support = models.CharField(max_length=9, choices=Support)
    voted_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "institution"], name="cloud_one_vote_an_institution")
        ]

    def __str__(self) -> str:
        return self.support
