"""Taking a row to change it: locked, and only as the actor last saw it."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.versions import Row
from minga.kernel.references import Reference


def hold(rows: QuerySet[Row], *, version: int | None = None) -> Row:
    """The one row of `rows`, locked until the transaction ends.

    Raises NotFound when there is none, Conflict when somebody saved it after the actor read `version`.
    """
    return versions.hold(
        rows,
        version=version,
        missing=_("Lo que busca ya no está en esta dirección."),
        changed=_("Otra persona guardó cambios mientras usted trabajaba. Revise cómo quedó."),
    )


def institution_of(id: UUID) -> Reference:
    """The reference of the institution with this key."""
    return Reference.of("institution", id)
