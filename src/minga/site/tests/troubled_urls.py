"""Pages that go wrong in every way, for the tests of the error pages."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.urls import include, path

from minga.kernel import errors
from minga.ui.http import page

TROUBLES = {
    "no-existe": errors.NotFound("No hay tal cosa."),
    "prohibido": errors.Forbidden(),
    "invalido": errors.Invalid("Escriba otra fecha."),
    "conflicto": errors.Conflict(),
    "no-disponible": errors.Unavailable("Vuelva en un rato."),
    "base-caida": OperationalError("connection refused: user=juan"),
    "base-cerrada": InterfaceError("the connection is closed"),
    "django-404": Http404("secreto"),
    "django-403": PermissionDenied(),
    "sospechoso": SuspiciousOperation(),
    "inesperado": ZeroDivisionError("cédula 0102030405"),
}


def _raising(error):
    @page(queries=0)
    def view(request):
        raise error

    return view


@page(queries=0)
def empty_405(request):
    return HttpResponse(status=405, headers={"Allow": "POST"})


@page(queries=0)
def reads_the_form(request):
    return HttpResponse(str(len(request.POST)))


handler400 = "minga.site.errors.bad_request"
handler403 = "minga.site.errors.forbidden"
handler404 = "minga.site.errors.not_found"
handler500 = "minga.site.errors.server_error"
urlpatterns = [
    *(path(f"{name}/", _raising(error)) for name, error in TROUBLES.items()),
    path("metodo/", empty_405),
    path("formulario/", reads_the_form),
    path("", include("minga.site.urls")),
]
