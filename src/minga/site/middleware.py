"""What surrounds every request: it is observed, its errors get words, and it has a language."""

import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation

from minga.foundation.api.shapes import asks_api
from minga.site import errors as pages
from minga.site import languages, metrics

Handler = Callable[[HttpRequest], HttpResponseBase]

log = structlog.get_logger("minga.request")


def observe(get_response: Handler) -> Handler:
    """Give the request a number, then write one line of log and one of measurement about it.

    Neither holds an address with identifiers, a query, an account or where the request came from.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        number = secrets.token_hex(8)
        request.minga_number = number  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request=number)
        try:
            response = get_response(request)
            seconds = time.perf_counter() - began
            route = route_of(request, response)
            response.headers["X-Request-ID"] = number
            metrics.observe_request(request.method or "", route, response.status_code, seconds)
            log.info(
                "request",
                method=request.method,
                route=route,
                status=response.status_code,
                ms=round(seconds * 1000, 2),
            )
        finally:
            structlog.contextvars.unbind_contextvars("request")
        return response

    return middleware


def route_of(request: HttpRequest, response: HttpResponseBase) -> str:
    """The pattern of the address (`plan/<code>/`), the same for all things of a kind."""
    cached: str | None = getattr(response, "minga_route", None)
    if cached is not None:
        return cached
    if request.resolver_match is not None:
        return f"/{request.resolver_match.route}"
    return "static" if request.path_info.startswith("/static/") else "unmatched"


def errors(get_response: Handler) -> Handler:
    """Turn away what cannot be read, and give every error a page with words and a next step."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        refused = pages.refusal(request)
        if refused is not None:
            return refused
        response = pages.with_words(request, get_response(request))
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            del response.headers[
                "Content-Length"
            ]  # what Django counted is not what a 200 would have (RFC 9110, 8.6)
        return response

    middleware.process_exception = pages.page_for  # type: ignore[attr-defined]
    return middleware


def language(get_response: Handler) -> Handler:
    """Speak the visitor's language; `?idioma=en` on any page remembers a choice and returns to that page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.GET.get(languages.PARAMETER)
        if chosen in languages.CODES and request.method == "GET" and not asks_api(request):
            return _remember(request, chosen)
        code = languages.language_of(request)
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def _remember(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the same address without the parameter, with the choice in a cookie for a year."""
    query = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name != languages.PARAMETER
    ]
    # One slash only: "//elsewhere.example" would lead to another site.
    address = "/" + request.path.lstrip("/")
    response = HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)
    response.headers["Cache-Control"] = "no-store"
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 86_400,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response
