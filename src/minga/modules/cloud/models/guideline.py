"""The guidelines for buying cloud services (initiative 9.1): versions that never change once published."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference


class GuidelineState(models.TextChoices):
    """Whether a version is being written or is in the open."""

    DRAFT = "draft", _("Borrador")
    PUBLISHED = "published", _("Publicada")


class Guideline(models.Model):
    """One version of the guidelines with its checklist; the newest published one is in force."""

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    introduction = models.TextField(max_length=3000)
    changes = models.TextField(max_length=2000, blank=True)
    """what is new in this version, in the steward's words"""
    state = models.CharField(max_length=9, choices=GuidelineState, default=GuidelineState.DRAFT)
    published_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="draft"), name="cloud_one_guideline_in_draft"
            ),
            models.CheckConstraint(
                name="cloud_published_guideline_has_date",
                condition=Q(state="draft", published_on__isnull=True)
                | Q(state="published", published_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def reference(self) -> Reference:
        """How facts point at this version."""
        return Reference.of("cloud-guideline", self.number)


class Section(models.Model):
    """A chapter of one version; `key` is the same in all versions, so that changes can be shown."""

    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="sections")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=150)
    text = models.TextField(max_length=6000)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["guideline", "key"], name="cloud_section_once_a_version")
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question of the checklist: what to look at before buying, and what to do if the answer is no."""

    guideline = models.ForeignKey(Guideline, on_delete=models.CASCADE, related_name="questions")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=250)
    help = models.TextField(max_length=1500)
    remedy = models.TextField(max_length=1500)
    basis = models.CharField(max_length=250)
    critical = models.BooleanField(default=False)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["guideline", "key"], name="cloud_question_once_a_version"),
            models.CheckConstraint(
                name="cloud_weight_from_one_to_five", condition=Q(weight__gte=1, weight__lte=5)
            ),
        ]

    def __str__(self) -> str:
        return self.text
