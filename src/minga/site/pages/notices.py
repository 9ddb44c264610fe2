"""The small print: for people, for search engines, and for whoever finds a hole."""

from datetime import timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from minga.foundation.search.models import SearchDocument
from minga.kernel import cards
from minga.kernel.clock import now
from minga.ui.http import page, render

MOST_ADDRESSES = 50_000
"""What one sitemap file may hold (sitemaps.org protocol 0.9)."""
_OWN = (
    "site:home",
    "site:calendar",
    "site:facts",
    "site:developers",
    "site:privacy",
    "site:developers",
    "ui:accessibility",
    "ui:index",
)


@require_safe
@page(queries=0, cache=3600)
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site keeps about a visitor, and its cookies."""
    return render(request, "site/privacy.html")


@require_safe
@page(queries=0, cache=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read (RFC 9309)."""
    closed = ("/escritorio/", "/cuenta/", "/ingresar/", "/buscar/", "/opinion/", "/salud/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.MINGA_PUBLIC_URL}{reverse('site:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@page(queries=1, cache=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page that search knows, as one sitemap (sitemaps.org protocol 0.9)."""
    entries = cards.each(lambda room: room.navigation)
    fixed = [reverse(name) for name in (*_OWN, *(entry.url_name for entry in entries))]
    found = SearchDocument.objects.order_by("id").values_list("url", flat=True)[:MOST_ADDRESSES]
    addresses = list(dict.fromkeys([*fixed, *(url.split("#")[0] for url in found)]))[:MOST_ADDRESSES]
    body = "".join(
        f"<url><loc>{escape(settings.MINGA_PUBLIC_URL + path)}</loc></url>\n" for path in addresses
    )
    return HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</urlset>\n',
        content_type="application/xml; charset=utf-8",
    )


@require_safe
@page(queries=0, cache=3600)
def security(request: HttpRequest) -> HttpResponse:
    """Where to tell of a hole in security (RFC 9116); the text is good for 180 days."""
    until = (now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.MINGA_SECURITY_CONTACT}",
        f"Expires: {until.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: es, en",
        f"Canonical: {settings.MINGA_PUBLIC_URL}{reverse('site:security')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@page(queries=0)
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark, for browsers that ask at the address of old."""
    return HttpResponseRedirect(static("ui/mark.svg"))
