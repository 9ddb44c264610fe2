"""How much each caller of the API has asked lately."""

from django.db import models


class Allowance(models.Model):
    """When a caller will have its whole allowance again. The caller is a keyed digest: it names nobody.

    The migration makes the table unlogged: after a crash everybody starts afresh, and nothing is lost.
    """

    caller = models.BinaryField(max_length=32, primary_key=True)
    full_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"full at {self.full_at}"
