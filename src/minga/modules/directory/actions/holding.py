"""Taking an institution to change it, so that no edit is lost, and leaving it changed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.kernel.errors import Invalid
from minga.modules.directory.models import Institution


def hold(id: UUID, version: int | None) -> Institution:
    """The institution, locked until the transaction ends.

    Raises NotFound, and Conflict when somebody saved it since the actor read `version` (None: no matter).
    """
    return versions.hold(
        Institution.objects.filter(pk=id),
        version=version,
        missing=_("Esa institución no existe."),
        changed=_(
            "Otra persona guardó cambios en esta institución mientras usted escribía. "
            "Compare y guarde de nuevo."
        ),
    )


@contextmanager
def unless_taken(code: str) -> Iterator[None]:
    """A transaction that writes under a code; Invalid when somebody else took it since it was checked."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        message = _("El código «%(code)s» es o fue de otra institución. Escriba otro.") % {"code": code}
        raise Invalid(message, {"code": [message]}) from error


def save(institution: Institution, changed: Iterable[str] = ()) -> None:
    """Write the changed fields under a new version number."""
    versions.save(institution, changed)
