"""An institution's own check before it buys a cloud service, against one version of the guidelines."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference
from minga.modules.cloud.models.guideline import Guideline, Question


class SelfCheckState(models.TextChoices):
    """Whether the questions are still being answered."""

    OPEN = "open", _("Por terminar")
    FINISHED = "finished", _("Terminada")


class SelfCheck(models.Model):
    """One planned purchase, checked; what was answered never changes once it is finished."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    purchase = models.CharField(max_length=60, blank=True)
    """code of the purchase in the public procurement portal, once it has one"""
    state = models.CharField(max_length=8, choices=SelfCheckState, default=SelfCheckState.OPEN)
    score = models.PositiveSmallIntegerField(null=True)
    """percent of the weight that is met, without the questions that do not apply"""
    critical_missing = models.PositiveSmallIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-started_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="cloud_finished_check_has_result",
                condition=Q(state="open", finished_at__isnull=True)
                | Q(state="finished", finished_at__isnull=False, critical_missing__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def reference(self) -> Reference:
        """How facts point at the check."""
        return Reference.of("cloud-selfcheck", self.id)


class Verdict(models.TextChoices):
    """What an institution answers to one question."""

    YES = "yes", _("Sí, ya está resuelto")
    PARTLY = "partly", _("En parte")
    NO = "no", _("No todavía")
    NOT_APPLICABLE = "na", _("No aplica a esta compra")


class Answer(models.Model):
    """The answer to one question, with what supports it."""

    selfcheck = models.ForeignKey(SelfCheck, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=6, choices=Verdict)
    note = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["selfcheck", "question"], name="cloud_question_answered_once"),
            models.CheckConstraint(
                name="cloud_not_applicable_says_why",
                condition=~Q(verdict="na") | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return self.verdict
