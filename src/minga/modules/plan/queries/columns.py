"""Columns for queries that are written out.

A page that is asked for often would spend more on composing such queries than on running them.
"""

from django.db.models import Model


def columns(model: type[Model], *without: str) -> str:
    """The columns of a table as a list for SQL, fields that nobody reads there left out."""
    return ", ".join(str(field.column) for field in model._meta.concrete_fields if field.name not in without)
