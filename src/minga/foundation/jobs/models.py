"""Why jobs failed. Written by `troubles`, in the worker."""

from django.db import models


class Trouble(models.Model):
    """How a job's last attempt ended badly: where in the code, and by which error.

    `words` are kept of a `Failure` only, whose words name nobody; those of any other error may repeat what a
    person wrote. Removed with the job.
    """

    job = models.BigIntegerField(primary_key=True)
    error = models.CharField(max_length=120)
    words = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "jobs_trouble"

    def __str__(self) -> str:
        return f"{self.job} {self.error}"
