"""Progress reports: what an institution says it did in a quarter, what proves it, and what MINTEL found."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference
from minga.modules.plan.models.periods import Quarter
from minga.modules.plan.models.roadmap import WHOLE, Roadmap


class ReportState(models.TextChoices):
    """Where a report stands; an accepted one is published with its evidence, a rejected one leaves room for another."""

    DRAFT = "draft", _("Borrador")
    SUBMITTED = "submitted", _("Por revisar")
    OBSERVED = "observed", _("Con observaciones")
    ACCEPTED = "accepted", _("Aceptado")
    REJECTED = "rejected", _("Rechazado")


WRITABLE = (ReportState.DRAFT, ReportState.OBSERVED)
FILED = (ReportState.SUBMITTED, ReportState.OBSERVED, ReportState.ACCEPTED)
"""states whose filed figure is what the institution says today"""


TEXTS = ("done", "difficulties", "next_steps")
"""What a report says in words."""


class Report(models.Model):
    """What one institution reports about one initiative for one quarter.

    `reported` is the institution's own figure and `validated` MINTEL's, both in percent; the computed one comes
    from accepted claims. They are never mixed. What is being written (`reported`, `done`, ...) is the institution's
    business; the public reads only what was filed last (`filed_reported`, `filed`), also while a report that MINTEL
    gave back is being put right.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roadmap = models.ForeignKey(Roadmap, on_delete=models.PROTECT, related_name="reports")
    initiative = models.CharField(max_length=8)
    institution = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    reported = models.PositiveSmallIntegerField(null=True)
    done = models.TextField(blank=True)
    difficulties = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    validated = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    """what the reviewer asks to put right, or why it was rejected"""
    filed_reported = models.PositiveSmallIntegerField(null=True)
    filed = models.JSONField(default=dict)
    """the texts as they were filed last, by the name of their field"""
    due_on = models.DateField(null=True)
    """the last day that the first filing had; before that the calendar says"""
    drafted_by = models.CharField(max_length=160)
    submitted_by = models.CharField(max_length=160, blank=True)
    submitted_at = models.DateTimeField(null=True)
    first_submitted_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-period", "initiative"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "institution", "period"],
                condition=~Q(state="rejected"),
                name="plan_one_report_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(reported__isnull=True) | Q(reported__lte=WHOLE), name="plan_reported_percent"
            ),
            models.CheckConstraint(
                condition=Q(validated__isnull=True) | Q(validated__lte=WHOLE), name="plan_validated_percent"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(
                    submitted_at__isnull=False,
                    first_submitted_at__isnull=False,
                    filed_reported__isnull=False,
                    due_on__isnull=False,
                ),
                name="plan_filed_report_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", validated__isnull=False)
                | (~Q(state="accepted") & Q(validated__isnull=True)),
                name="plan_only_accepted_is_validated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} {self.period} ({self.state})"

    @property
    def reference(self) -> Reference:
        """How facts point at the report."""
        return Reference.of("progress-report", self.id)

    @property
    def quarter(self) -> Quarter:
        """The quarter it is about."""
        return Quarter.from_code(self.period)


class ClaimState(models.TextChoices):
    """What MINTEL made of a claim that a milestone was reached."""

    PENDING = "pending", _("Por revisar")
    ACCEPTED = "accepted", _("Aceptado")
    REFUSED = "refused", _("No aceptado")
    WITHDRAWN = "withdrawn", _("Retirado por la institución")


class Claim(models.Model):
    """In a report: this milestone was reached on this day."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="claims")
    milestone = models.UUIDField()
    """the milestone's `key`, the same in all versions of the roadmap"""
    done_on = models.DateField()
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.PENDING)

    class Meta:
        ordering = ["done_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "milestone"], name="plan_claimed_once"),
            models.UniqueConstraint(
                fields=["milestone"], condition=Q(state="accepted"), name="plan_reached_once"
            ),
        ]
        indexes = [models.Index(fields=["milestone"], name="plan_claim_by_milestone")]

    def __str__(self) -> str:
        return f"{self.milestone} {self.done_on} ({self.state})"


class Evidence(models.Model):
    """What proves a claim: a file kept by its SHA-256, or an act in the ledger.

    Once filed it can never be changed or removed, only withdrawn while the report is open again: a database
    trigger says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    act = models.BigIntegerField(null=True)
    """position of a public fact in the ledger"""
    source = models.URLField(max_length=500, blank=True)
    added_by = models.CharField(max_length=160)
    added_at = models.DateTimeField(auto_now_add=True)
    filed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, act__isnull=True) | Q(file__isnull=True, act__isnull=False),
                name="plan_evidence_is_file_or_act",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(filed_at__isnull=False),
                name="plan_only_filed_is_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.title
