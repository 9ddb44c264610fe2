"""Taking an institution to change it, so that no edit is lost, and leaving it changed."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from minga.kernel.errors import Conflict, NotFound
from minga.modules.directory.models import Institution


def hold(id: UUID, version: int | None) -> Institution:
    """The institution, locked until the transaction ends.

    Raises NotFound, and Conflict when somebody saved it since the actor read `version` (None: no matter).
    """
    institution = Institution.objects.select_for_update().filter(pk=id).first()
    if institution is None:
        raise NotFound(_("Esa institución no existe."))
    if version is not None and institution.version != version:
        raise Conflict(
            _(
                "Otra persona guardó cambios en esta institución mientras usted escribía. "
                "Compare y guarde de nuevo."
            )
        )
    return institution


def save(institution: Institution, changed: Iterable[str] = ()) -> None:
    """Write the changed fields under a new version number."""
    institution.version += 1
    institution.save(update_fields=[*changed, "version"])
