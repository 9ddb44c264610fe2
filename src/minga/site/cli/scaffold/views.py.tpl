"""The public pages of the ${room} room."""

from django.http import HttpRequest, HttpResponse

from minga.modules.${room} import queries
from minga.ui.http import page, render


@page(queries=1, cache=60)
def index(request: HttpRequest) -> HttpResponse:
    """All entries, newest first."""
    return render(request, "${room}/index.html", {"entries": queries.entries()})
