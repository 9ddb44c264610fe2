"""The declared days. A row is written once and at most withdrawn, so the calendar of any moment can be had again."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from minga.kernel.calendars import Override, OverrideKind


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    """The declarations that hold."""

    def in_force(self, at: dt.datetime | None = None) -> Self:
        """Those that hold now, or that held `at` a past moment."""
        if at is None:
            return self.filter(withdrawn_at__isnull=True)
        return self.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at), declared_at__lte=at)


class CalendarDay(models.Model):
    """A day declared by decree or ordinance: which day, what it is, where (empty canton: everywhere) and by what norm.

    `declared_by` and `withdrawn_by` are references of actors. To correct a row, withdraw it and declare another.
    """

    date = models.DateField()
    kind = models.TextField(choices=[(kind.value, kind.value) for kind in OverrideKind])
    canton = models.TextField(default="", blank=True)
    moved_from = models.DateField(null=True)
    name = models.TextField()
    norm = models.TextField()
    declared_at = models.DateTimeField()
    declared_by = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(default="", blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        db_table = "calendars_day"
        ordering = ["date", "canton", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "canton"],
                condition=Q(withdrawn_at__isnull=True),
                name="calendars_one_declaration_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OverrideKind]), name="calendars_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="moved", moved_from__isnull=False)
                | (~Q(kind="moved") & Q(moved_from__isnull=True)),
                name="calendars_moved_from",
            ),
            models.CheckConstraint(condition=Q(canton__regex="^([0-9]{4})?$"), name="calendars_canton"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(norm=""), name="calendars_name_and_norm"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="calendars_withdrawn_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind} {self.canton} {self.name}"

    @property
    def override(self) -> Override:
        """The declaration as the kernel counts with it."""
        return Override(
            self.date, OverrideKind(self.kind), self.name, self.norm, self.canton, self.moved_from
        )
