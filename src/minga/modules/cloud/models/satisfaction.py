"""What institutions think, each month, of the services that they use."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minga.modules.cloud.models.service import Service

QUESTIONS = {
    "overall": _("En general, ¿qué tan conforme está su institución con el servicio?"),
    "support": _("Cuando pidió ayuda, ¿cómo le atendieron?"),
    "reliability": _("¿El servicio funcionó cuando lo necesitaron?"),
}
"""The questions of each month's survey, by the field that keeps the answer."""


class Grade(models.IntegerChoices):
    """From worst to best."""

    VERY_BAD = 1, _("1. Muy mal")
    BAD = 2, _("2. Mal")
    FAIR = 3, _("3. Regular")
    GOOD = 4, _("4. Bien")
    VERY_GOOD = 5, _("5. Muy bien")


def _grade() -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(choices=Grade)


class Rating(models.Model):
    """What one institution answered about one service and one month; `month` is its first day."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="ratings")
    institution = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    overall = _grade()
    support = _grade()
    reliability = _grade()
    comment = models.TextField(max_length=1500, blank=True)
    """only the provider and the plan's steward read it"""
    synthetic = models.BooleanField(default=False)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-month", "service", "institution"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "institution", "month"], name="cloud_one_rating_a_month"
            ),
            models.CheckConstraint(name="cloud_month_is_its_first_day", condition=Q(month__day=1)),
            *(
                models.CheckConstraint(
                    name=f"cloud_{field}_from_one_to_five",
                    condition=Q(**{f"{field}__gte": 1, f"{field}__lte": 5}),
                )
                for field in ("overall", "support", "reliability")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.overall}"
