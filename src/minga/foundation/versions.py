"""Taking a row to change it, locked and only as its editor last saw it, and leaving it under a new version."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from minga.kernel.errors import Conflict, NotFound

Row = TypeVar("Row", bound=Model)


def hold(rows: "QuerySet[Row]", *, version: int | None, missing: str, changed: str) -> Row:
    """The one row of `rows`, which have a whole number `version`, locked until the transaction ends.

    Raises NotFound with the words `missing` when there is none, Conflict with `changed` when somebody saved it after
    its editor read `version` (None: no matter).
    """
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound(missing)
    if version is not None and _plain(found).version != version:
        raise Conflict(changed)
    return found


def save(row: Row, fields: Iterable[str] | None = None) -> Row:
    """Write a row, or only these fields of it, under a new version."""
    _plain(row).version += 1
    row.save(update_fields=None if fields is None else [*fields, "version"])
    return row


def _plain(row: Model) -> Any:
    return row
