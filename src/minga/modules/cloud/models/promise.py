"""What the provider promises of a service, and promised before: each month is judged by its own promise."""

from datetime import date

from django.db import models

from minga.modules.cloud.models.service import Service


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Writing down what is promised."""

    def keep(self, service: Service, *, since: date) -> "Promise":
        """Write down what a service promises now as its promise since a day."""
        promised = {"availability": service.availability_target, "response_ms": service.response_target_ms}
        return self.update_or_create(service=service, since=since, defaults=promised)[0]


class Promise(models.Model):
    """How well a service is to work since a day, until its next promise begins; null where nothing is promised."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="promises")
    since = models.DateField()
    availability = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """percent of each month"""
    response_ms = models.PositiveIntegerField(null=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["service", "since"]
        constraints = [
            models.UniqueConstraint(fields=["service", "since"], name="cloud_one_promise_of_a_service_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.availability} % ({self.since:%Y-%m-%d})"
