"""Every error has its page: what happened in plain words, and what to do next."""

import sys
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core import exceptions as django_errors
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from minga.foundation.api.shapes import asks_api
from minga.kernel import errors
from minga.kernel.text import N_
from minga.site import languages
from minga.site.problems import problem
from minga.ui.http import actor_of

LONGEST_ADDRESS = 8_000
"""Bytes of path and query that are read; no page of ours has a longer address."""
RETRY_SECONDS = 15

log = structlog.get_logger("minga.errors")

_STATUS: tuple[tuple[type[BaseException], int], ...] = (
    (errors.NotFound, 404),
    (errors.Forbidden, 403),
    (errors.Invalid, 422),
    (errors.Conflict, 409),
    (errors.Unavailable, 503),
    (Http404, 404),
    (django_errors.PermissionDenied, 403),
    (django_errors.RequestDataTooBig, 413),
    (django_errors.TooManyFieldsSent, 413),
    (django_errors.TooManyFilesSent, 413),
    (django_errors.SuspiciousOperation, 400),
    (django_errors.BadRequest, 400),
    (MultiPartParserError, 400),
    (OperationalError, 503),
    (InterfaceError, 503),
)


@dataclass(frozen=True)
class Words:
    """What an error page says: what happened, and what the reader can do."""

    title: str
    text: str


_WORDS = {
    400: Words(
        N_("No pudimos leer su pedido"),
        N_("La dirección o los datos llegaron incompletos. Vuelva atrás e inténtelo de nuevo."),
    ),
    403: Words(
        N_("Usted no tiene permiso para esta página"),
        N_("Ingrese con la cuenta que tiene el cargo necesario, o pida el permiso a su institución."),
    ),
    404: Words(
        N_("No encontramos esta página"),
        N_("Revise la dirección. Si llegó por un enlace, la página pudo cambiar de lugar."),
    ),
    405: Words(N_("Esta página no admite esa acción"), N_("Vuelva atrás y use los botones de la página.")),
    409: Words(
        N_("Otra persona cambió esto mientras usted escribía"),
        N_("Vuelva atrás, copie su texto, cargue la página otra vez y compare antes de guardar."),
    ),
    410: Words(N_("Esta página ya no existe"), N_("Use el buscador para encontrar lo que la reemplaza.")),
    413: Words(
        N_("Lo que envió es demasiado grande"),
        N_("El límite es de %(limit)s MB en cada envío. Reduzca el archivo o envíelo en partes."),
    ),
    414: Words(N_("La dirección es demasiado larga"), N_("Quite filtros y busque de nuevo.")),
    415: Words(N_("No aceptamos ese tipo de contenido"), N_("Envíe uno de los formatos indicados.")),
    422: Words(N_("Algunos datos no son válidos"), N_("Vuelva atrás, corríjalos y envíe de nuevo.")),
    429: Words(N_("Demasiados intentos seguidos"), N_("Espere unos minutos antes de intentarlo de nuevo.")),
    500: Words(
        N_("Algo falló de nuestro lado"),
        N_("No es culpa suya. Inténtelo de nuevo en unos minutos; lo que ya guardó sigue guardado."),
    ),
    503: Words(
        N_("El servicio no está disponible en este momento"),
        N_("Estamos trabajando para restablecerlo. Inténtelo de nuevo en un minuto."),
    ),
}


def refusal(request: HttpRequest) -> HttpResponse | None:
    """A page for a request that is not read at all: too long, too large, or with bytes no text has."""
    query = request.META.get("QUERY_STRING", "")
    if len(request.path_info) + len(query) > LONGEST_ADDRESS:
        return page(request, 414)
    if "%00" in query or "\x00" in query or "\x00" in request.path_info:
        return page(request, 400)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        return page(request, 400)
    if int(length) > settings.MINGA_UPLOAD_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return page(request, 413)
    return None


def status_of(error: BaseException | None) -> int | None:
    """The status that tells of this error; None when nobody foresaw it."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), None)
    if status == 503:
        log.warning("unavailable", exc_info=error)
    return status


def page_for(request: HttpRequest, error: BaseException | None) -> HttpResponseBase | None:
    """The page for this error, or None when nobody foresaw it (then it is logged and becomes a 500)."""
    status = status_of(error)
    if status is None:
        return None
    if status == 403 and not asks_api(request) and not actor_of(request).known:
        from minga.modules.identity.contracts import sign_in_redirect

        return sign_in_redirect(request)
    said = error.message if isinstance(error, errors.MingaError) else ""
    return page(request, status, message=_(said) if said else "")


def with_words(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give an error that a view answered without any content the page of its status."""
    if (
        response.status_code >= 400
        and isinstance(response, HttpResponse)
        and not response.content
        and response.status_code in _WORDS
        and request.method != "HEAD"
    ):
        response.content = page(request, response.status_code).content
        response.headers["Content-Type"] = "text/html; charset=utf-8"
        if response.has_header("Content-Length"):  # that of the empty answer
            response.headers["Content-Length"] = str(len(response.content))
    return response


def page(request: HttpRequest, status: int, *, message: str = "") -> HttpResponse:
    """The error page of this status; `message`, when there is one, says more precisely what to do.

    A program that asks the API gets a problem instead.
    """
    if asks_api(request):
        return problem(request, status, detail=message)
    with translation.override(languages.language_of(request)):
        words = _WORDS.get(status, _WORDS[500])
        said = message or _(words.text) % {"limit": settings.MINGA_UPLOAD_LIMIT // 2**20}
        response = HttpResponse(_body(request, status, _(words.title), said), status=status)
    response.headers["Cache-Control"] = "no-store"
    if status in {429, 503}:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _body(request: HttpRequest, status: int, title: str, message: str) -> str:
    """The page with the visitor's own frame; if that fails with nobody's frame; if that fails, bare words.

    A 5xx starts with nobody's frame, because whose it is would have to be read from the database.
    """
    context = {
        "status": status,
        "heading": title,
        "message": message,
        "request_id": getattr(request, "minga_number", "") if status >= 500 else "",
    }
    attempts = [_stranger(request)] if status >= 500 else [request, _stranger(request)]
    for attempt in attempts:
        try:
            return render_to_string("ui/error.html", context, request=attempt)
        except Exception as trouble:
            log.warning("error page failed", exc_info=trouble)
    return _PLAIN.format(
        language=translation.get_language(),
        title=escape(title),
        message=escape(message),
        home=escape(_("Ir al inicio")),
    )


_PLAIN = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} - Minga</title></head>
<body><main><h1>{title}</h1><p>{message}</p><p><a href="/">{home}</a></p></main></body></html>
"""


def _stranger(request: HttpRequest) -> HttpRequest:
    """The same request from nobody: same address, no session and no account to read."""
    stranger = HttpRequest()
    stranger.method = "GET"
    stranger.path = stranger.path_info = request.path
    stranger.META = {
        name: request.META[name] for name in ("SERVER_NAME", "SERVER_PORT") if name in request.META
    }
    return stranger


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: it was open for too long, or it did not come from our page."""
    return page(
        request,
        403,
        message=_(
            "El formulario venció o su navegador no acepta cookies. Vuelva atrás, cargue la página otra vez "
            "y envíe el formulario de nuevo."
        ),
    )


def bad_request(request: HttpRequest, exception: BaseException | None = None) -> HttpResponseBase:
    """400, or 413 when the reason is size."""
    return page_for(request, exception) or page(request, 400)


def forbidden(request: HttpRequest, exception: BaseException | None = None) -> HttpResponseBase:
    """403, or the way to sign in."""
    return page_for(request, exception) or page(request, 403)


def not_found(request: HttpRequest, exception: BaseException | None = None) -> HttpResponseBase:
    """404."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """What failed outside a view: the page of the error under way when it has one, else 500."""
    return page_for(request, sys.exc_info()[1]) or page(request, 500)
