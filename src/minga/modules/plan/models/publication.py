"""Published values: what an indicator was on a day, and all that is needed to compute it again."""

from django.db import models


class Publication(models.Model):
    """One published value of one indicator, never changed afterwards.

    `position` is the ledger position that was read, `definition` the method, `digest` the SHA-256 over every
    subject and whether it counted: together they let anyone recompute the value and compare.
    """

    indicator = models.CharField(max_length=8)
    day = models.DateField()
    position = models.BigIntegerField()
    definition = models.JSONField()
    definition_hash = models.CharField(max_length=64)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["indicator", "-id"], name="plan_newest_publication")]

    def __str__(self) -> str:
        return f"{self.indicator} = {self.value} ({self.day})"
