"""What institutions say they pay elsewhere for what a service of the cartera does."""

from django.db import models
from django.db.models import Q

from minga.modules.cloud.models.service import Service


class DeclaredCost(models.Model):
    """What one institution pays another provider each month for one unit; its latest declaration holds."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="declared_costs")
    institution = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    concept = models.CharField(max_length=120)
    monthly = models.DecimalField(max_digits=14, decimal_places=2)
    declared_on = models.DateField()
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["service", "concept", "institution"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "institution", "concept"], name="cloud_one_declared_cost_of_a_concept"
            ),
            models.CheckConstraint(name="cloud_declared_cost_is_positive", condition=Q(monthly__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.concept} {self.monthly}"
