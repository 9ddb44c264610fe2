"""The gallery of the homologated design system, its kit for other sites, and the accessibility statement."""

from django.http import HttpRequest, HttpResponse

from minga.ui import gallery, kit
from minga.ui.http import page, render


@page(queries=0, cache=300)
def index(request: HttpRequest) -> HttpResponse:
    """What the design system is and which components it holds."""
    return render(request, "ui/gallery/index.html", {"groups": gallery.groups()})


@page(queries=0, cache=300)
def component(request: HttpRequest, slug: str) -> HttpResponse:
    """One component: a live example, when to use it, how it stays accessible and its code."""
    entry = gallery.entry(slug)
    context = {"entry": entry, "example": gallery.shown(entry, request)}
    return render(request, "ui/gallery/component.html", context)


@page(queries=0, cache=300)
def tokens(request: HttpRequest) -> HttpResponse:
    """Colours with their contrast, type, and how to replace them."""
    return render(request, "ui/gallery/tokens.html", {"tokens": gallery.tokens()})


@page(queries=0, cache=300)
def download_kit(request: HttpRequest) -> HttpResponse:
    """The design system as a ZIP that any institution's site can use."""
    response = HttpResponse(kit.archive(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="sistema-de-diseno.zip"'
    return response


@page(queries=0, cache=300)
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible this site is, how it was checked and what is still missing."""
    return render(request, "ui/gallery/accessibility.html")
