"""What the ${room} room keeps."""

from django.db import models

from minga.kernel.references import Reference


class Entry(models.Model):
    """One published entry; its code never changes."""

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    published_on = models.DateField()

    class Meta:
        ordering = ["-published_on", "code"]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> Reference:
        """How facts and other rooms point at the entry."""
        return Reference.of("${room}-entry", self.code)
