"""State-of-the-plan reports: where everything stood when a quarter's reports were due, never changed afterwards."""

from typing import Any

from django.db import models

from minga.kernel.references import Reference
from minga.modules.plan.models.periods import Quarter

Content = dict[str, Any]
"""The figures of a report as `queries.state.composed` gives them: codes, numbers, ISO dates, names as of that day."""


class StateReport(models.Model):
    """The state of the plan for one quarter; `position` is a ledger position that it includes all of."""

    period = models.CharField(max_length=7, unique=True)
    day = models.DateField()
    position = models.BigIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-period"]

    def __str__(self) -> str:
        return self.period

    @property
    def quarter(self) -> Quarter:
        """The quarter it is about."""
        return Quarter.from_code(self.period)

    @property
    def reference(self) -> Reference:
        """How facts point at the report."""
        return Reference.of("state-report", self.period)


class StateDocument(models.Model):
    """A state report on paper, in one language."""

    report = models.ForeignKey(StateReport, on_delete=models.PROTECT, related_name="documents")
    language = models.CharField(max_length=2)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["report", "language"], name="plan_one_state_document_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.language}"
