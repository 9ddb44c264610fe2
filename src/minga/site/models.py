"""What the site itself keeps: which version prepared this database."""

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
