"""The political division of Ecuador (INEC's DPA codes), dated."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference


class PlaceLevel(models.TextChoices):
    """Where a place stands in the division."""

    PROVINCE = "province", _("Provincia")
    CANTON = "canton", _("Cantón")
    PARISH = "parish", _("Parroquia")
    UNDELIMITED = "undelimited", _("Zona no delimitada")


class PlaceQuerySet(models.QuerySet["Place"]):
    """Filters on places."""

    def on(self, day: date) -> "PlaceQuerySet":
        """Places that exist on that day; an unknown date leaves its side open."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        )


class Place(models.Model):
    """A province (2 digits), canton (4) or parish (6), or a zone that no canton has been given."""

    code = models.CharField(primary_key=True, max_length=6)
    level = models.CharField(max_length=12, choices=PlaceLevel.choices)
    name = models.CharField(max_length=120)
    also_known_as = models.CharField(max_length=120, blank=True)
    seat = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=200, db_collation="C")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=14, default="por_verificar")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "code"]
        indexes = [models.Index(fields=["level", "sort_key", "code"], name="place_by_level")]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> Reference:
        """The place's stable name, `urn:minga:place:<code>`."""
        return Reference.of("place", self.code)
