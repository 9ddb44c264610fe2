"""Methodological sheets (fichas metodológicas): the national form's fields, the texts, and every version kept."""

import functools
from typing import Any

import yaml
from django.db import models

from minga.modules.plan.models.structure import DATA

LANGUAGES = ("es", "en")
"""Languages that sheets are written in; other readers get the first."""

GROUPS: dict[str, tuple[str, ...]] = {
    "what": ("name", "definition"),
    "how": ("formula", "variables", "method", "limits", "unit", "interpretation"),
    "data": ("source", "frequency", "availability", "custodian", "transfer"),
    "detail": ("geographic", "general", "other", "georeferenced"),
    "frame": ("instruments", "references"),
    "record": ("classification", "homologation", "homologated_on", "review", "author"),
    "proof": ("syntax", "series", "signatures"),
}
"""The fields of the national form in its order, under headings; its two dates come from the versions themselves."""

FIELDS = tuple(field for group in GROUPS.values() for field in group)

Piece = dict[str, str]
"""A piece of a field: its `text`, and the `url` it leads to or ""."""
Content = dict[str, dict[str, list[Piece]]]
"""A whole sheet: by language, by field."""


class SheetVersion(models.Model):
    """What the sheet of one indicator said from a moment on, never changed afterwards.

    The method and its texts, not the indicator's value: that one moves every day and has its own publications.
    `changed` names the fields that differ from the version before.
    """

    indicator = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    definition_hash = models.CharField(max_length=64, blank=True)
    changed = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="plan_one_sheet_of_a_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="plan_sheets_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} v{self.number}"


@functools.cache
def texts() -> dict[str, Any]:
    """What the sheets say beyond the declarations, from `data/sheets.yaml`."""
    return dict(yaml.safe_load((DATA / "sheets.yaml").read_text(encoding="utf-8")))
