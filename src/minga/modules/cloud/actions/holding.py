"""Taking a row to change it: locked, and only as the actor last saw it."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from minga.kernel.errors import Conflict, NotFound
from minga.kernel.references import Reference

Row = TypeVar("Row", bound=Model)


def hold(rows: QuerySet[Row], *, version: int | None = None) -> Row:
    """The one row of `rows`, locked until the transaction ends.

    Raises NotFound when there is none, Conflict when somebody saved it after the actor read `version`.
    """
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound(_("Lo que busca ya no está en esta dirección."))
    if version is not None and found.version != version:  # type: ignore[attr-defined]
        raise Conflict(_("Otra persona guardó cambios mientras usted trabajaba. Revise cómo quedó."))
    return found


def institution_of(id: UUID) -> Reference:
    """The reference of the institution with this key."""
    return Reference.of("institution", id)
