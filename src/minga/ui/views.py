"""The gallery of the homologated design system."""

from django.http import HttpRequest, HttpResponse

from minga.ui.http import page, render


@page(queries=0, cache=300)
def index(request: HttpRequest) -> HttpResponse:
    """What the design system is and what it holds."""
    return render(request, "ui/gallery/index.html")


@page(queries=0, cache=300)
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible this site is, how it was checked and how to say that something fails."""
    return render(request, "ui/gallery/accessibility.html")
