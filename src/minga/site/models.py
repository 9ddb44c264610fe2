"""What the site itself keeps: which version prepared this database, and what people say of its pages."""

from django.db import models


class Preparation(models.Model):
    """The one row that says which version of Minga last migrated and seeded this database."""

    fingerprint = models.CharField(max_length=64)
    prepared_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "site_preparation"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="site_preparation_one_row")]

    def __str__(self) -> str:
        return f"{self.fingerprint[:12]} {self.prepared_at:%Y-%m-%d}"


class Opinion(models.Model):
    """Somebody's answer to whether a page helped: on a day, about an address. Nothing says who answered.

    `token` comes from the form that was sent, so that a form sent twice counts once.
    """

    token = models.UUIDField(primary_key=True)
    address = models.CharField(max_length=200)
    helped = models.BooleanField()
    text = models.CharField(max_length=1000, default="")
    day = models.DateField()

    class Meta:
        db_table = "site_opinion"
        ordering = ["-day", "token"]
        indexes = [
            models.Index(fields=["day"], name="site_opinion_day"),
            models.Index(fields=["address", "-day"], name="site_opinion_address"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.address}"
