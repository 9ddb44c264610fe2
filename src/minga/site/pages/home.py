"""The first page: one question, and what exists today."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from minga.kernel import cards
from minga.ui.http import page, render


@require_safe
@page(queries=8, cache=60)
def home(request: HttpRequest) -> HttpResponse:
    """A search box, and what each room has to tell in two or three figures."""
    panels = [panel for room in cards.rooms() if room.home and (panel := room.home())]
    return render(request, "site/home.html", {"panels": panels})
