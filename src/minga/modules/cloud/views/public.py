"""The cartera in public: what the State's provider offers, for whom, and at which price."""

from django.http import HttpRequest, HttpResponse

from minga.modules.cloud.models.service import Family, ServiceState
from minga.modules.cloud.queries import services
from minga.ui.http import page, render


@page(queries=3, cache=60)
def index(request: HttpRequest) -> HttpResponse:
    """The whole cartera by family."""
    found = list(services.public_services())
    offered = [entry for entry in found if entry.state == ServiceState.OFFERED]
    families = [(family, [entry for entry in offered if entry.family is family]) for family in Family]
    retired = [entry for entry in found if entry.state == ServiceState.RETIRED]
    return render(request, "cloud/index.html", {"families": families, "retired": retired})


@page(queries=6, cache=60)
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One service: what it is, for whom and how to ask for it."""
    return render(request, "cloud/service.html", {"service": services.public_service(code)})
