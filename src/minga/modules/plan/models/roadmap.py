"""Roadmaps: how one institution will carry out one initiative, in weighted milestones, version after version."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference

WHOLE = 100
"""What the weights of a roadmap's milestones add up to."""


class RoadmapState(models.TextChoices):
    """Where a version of a roadmap stands; an approved one is frozen until another is approved in its place."""

    DRAFT = "draft", _("Borrador")
    SUBMITTED = "submitted", _("Por revisar")
    OBSERVED = "observed", _("Con observaciones")
    APPROVED = "approved", _("Vigente")
    SUPERSEDED = "superseded", _("Reemplazada")


OPEN = (RoadmapState.DRAFT, RoadmapState.SUBMITTED, RoadmapState.OBSERVED)
WRITABLE = (RoadmapState.DRAFT, RoadmapState.OBSERVED)
DECIDED = (RoadmapState.APPROVED, RoadmapState.SUPERSEDED)


class Roadmap(models.Model):
    """One version of the roadmap of one institution for one initiative.

    A database trigger keeps the milestones of a version as they were filed, whoever asks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    initiative = models.CharField(max_length=8)
    institution = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RoadmapState, default=RoadmapState.DRAFT)
    summary = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    """what the reviewer asks to put right, when observed"""
    drafted_by = models.CharField(max_length=160)
    submitted_by = models.CharField(max_length=160, blank=True)
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField(null=True)
    synthetic = models.BooleanField(default=False)
    reopens = models.BooleanField(default=False)
    """whether all that the version before asked for was reached already when this one was approved"""
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["initiative", "institution", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "institution", "number"], name="plan_roadmap_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["initiative", "institution"],
                condition=Q(state="approved"),
                name="plan_one_roadmap_in_force",
            ),
            models.UniqueConstraint(
                fields=["initiative", "institution"],
                condition=Q(state__in=["draft", "submitted", "observed"]),
                name="plan_one_roadmap_open",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False),
                name="plan_filed_roadmap_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted"]) | Q(decided_at__isnull=False),
                name="plan_decided_roadmap_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} v{self.number} ({self.state})"

    @property
    def reference(self) -> Reference:
        """How facts point at this version."""
        return Reference.of("roadmap", self.id)


class Milestone(models.Model):
    """A result with a weight and a last day, and what will prove it; `key` stays the same in later versions."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="milestones")
    key = models.UUIDField(default=uuid.uuid4)
    title = models.CharField(max_length=200)
    proof = models.CharField(max_length=300)
    """what evidence will show that it was reached"""
    weight = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        ordering = ["due_on", "starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "key"], name="plan_milestone_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=WHOLE), name="plan_milestone_weighs"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="plan_milestone_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.weight} %)"

    @property
    def reference(self) -> Reference:
        """How facts point at the milestone, in whatever version."""
        return Reference.of("milestone", self.key)


class RoadmapDeadline(models.Model):
    """The last day for roadmaps that nobody has filed, as MINTEL set it; the newest row holds."""

    due_on = models.DateField()
    set_by = models.CharField(max_length=160)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.due_on)
