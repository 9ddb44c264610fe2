"""What every page's frame needs: language, navigation, who is signed in; read from the request alone."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import get_language, gettext

from minga.kernel import cards
from minga.kernel.cards import NavigationEntry
from minga.ui.addresses import address_of
from minga.ui.http import actor_of
from minga.ui.opinion import opinion_url


def layout(request: HttpRequest) -> dict[str, Any]:
    """The frame's values (a context processor): it asks the database nothing."""
    actor = actor_of(request)
    return {
        "actor": actor,
        "languages": _languages(request),
        "navigation": _links(request, cards.each(lambda room: room.navigation)),
        "workplace_navigation": _links(request, cards.each(lambda room: room.workplace)),
        "sign_in_url": resolve_url(settings.LOGIN_URL),
        "workplace_url": resolve_url(settings.LOGIN_REDIRECT_URL),
        "demonstration": getattr(settings, "MINGA_DEMONSTRATION", False),
        "search_query": request.GET.get("q", "") if request.path.startswith("/buscar/") else "",
        "opinion_url": _opinion_url(request),
    }


def _opinion_url(request: HttpRequest) -> str:
    """Where to say whether this page helped; empty where that is not asked, and under any but its one address."""
    match = request.resolver_match
    if match is None or match.view_name not in cards.each(lambda room: room.asks_for_opinion):
        return ""
    own = reverse(match.view_name, args=match.args, kwargs=match.kwargs) == request.path
    return opinion_url(request.path) if own else ""


def _links(request: HttpRequest, entries: list[NavigationEntry]) -> list[dict[str, Any]]:
    actor = actor_of(request)
    shown = sorted((entry for entry in entries if entry.open_to(actor)), key=lambda entry: entry.order)
    addresses = [address_of(entry.url_name) for entry in shown]
    around = [address for address in addresses if request.path.startswith(address)]
    active = max(around, key=len, default="")
    return [
        {
            "title": gettext(entry.title),
            "href": address,
            "current": request.path == address,
            "active": address == active,
            "description": gettext(entry.description) if entry.description else "",
        }
        for entry, address in zip(shown, addresses, strict=True)
    ]


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    now = (get_language() or "es").split("-")[0]
    links = []
    for code, name in (("es", "Español"), ("qu", "Kichwa"), ("en", "English")):
        query = request.GET.copy()
        query["idioma"] = code
        address = f"{request.path}?{query.urlencode()}"
        links.append({"code": code, "name": name, "href": address, "current": code == now})
    return links
