"""Counters that slow down whoever guesses passwords."""

from django.db import models


class Throttle(models.Model):
    """Attempts of one kind in one window of time. The key is a keyed digest: it names nobody."""

    key = models.BinaryField(max_length=32, primary_key=True)
    attempts = models.PositiveIntegerField()
    window_ends = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.attempts} until {self.window_ends}"
