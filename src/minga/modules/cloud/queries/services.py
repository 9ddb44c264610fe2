"""Reading the cartera."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.kernel.cards import Label
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.cloud.models import Service

PROVIDER = "cnt"
"""The directory's code of the institution that the plan charges with the data centre and the network."""


def public_services() -> QuerySet[Service]:
    """Services that people may see, by title."""
    return Service.objects.public().select_related("provider")


def service(code: str) -> Service:
    """The service with this code, drafts included; NotFound otherwise."""
    return _found(Service.objects.all(), code)


def public_service(code: str) -> Service:
    """The service with this code, if people may see it; NotFound otherwise."""
    return _found(Service.objects.public(), code)


def _found(services: QuerySet[Service], code: str) -> Service:
    found = services.select_related("provider").filter(code=code).first()
    if found is None:
        raise NotFound(_("No hay un servicio con esa dirección. Búsquelo en la lista de servicios."))
    return found


def service_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call each service on a page (one query)."""
    found = Service.objects.public().filter(code__in=[reference.id for reference in references])
    return {
        entry.reference: Label(entry.title, reverse("cloud:service", args=[entry.code])) for entry in found
    }
