"""Errors of the API as problem details (RFC 9457), in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import BaseModel, Field

from minga.foundation.api.shapes import Addresses
from minga.kernel.text import N_
from minga.site import languages

MEDIA_TYPE = "application/problem+json"
_EXPOSED = "Content-Language, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-ID"
ANCHOR = "problema-"
"""What the documentation's headings of problems begin with."""


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its name in `type`, what happened, and what the caller can do."""

    slug: str
    title: str
    detail: str


KINDS: Mapping[int, Kind] = {
    400: Kind(
        "bad-request",
        N_("No pudimos leer el pedido"),
        N_("La dirección tiene signos que ningún texto tiene."),
    ),
    401: Kind(
        "invalid-token",
        N_("La clave no sirve"),
        N_("Venció, fue revocada o está mal escrita. Pida otra a su institución, o pregunte sin clave."),
    ),
    404: Kind("not-found", N_("No existe"), N_("Revise la dirección: no hay nada aquí.")),
    405: Kind("method-not-allowed", N_("Esta dirección solo se lee"), N_("Pregunte con GET o HEAD.")),
    406: Kind(
        "not-acceptable", N_("Solo respondemos en JSON"), N_("Acepte application/json, o quite «Accept».")
    ),
    413: Kind(
        "content-too-large", N_("El pedido es demasiado grande"), N_("Pregunte con GET, sin contenido.")
    ),
    414: Kind(
        "uri-too-long", N_("La dirección es demasiado larga"), N_("Quite filtros y pregunte de nuevo.")
    ),
    415: Kind("content-not-taken", N_("No recibimos contenido"), N_("Pregunte con GET, sin contenido.")),
    422: Kind(
        "invalid-parameters",
        N_("Algunos parámetros no son válidos"),
        N_("Corrija los que dice «errors» y pregunte de nuevo."),
    ),
    429: Kind(
        "too-many-requests",
        N_("Demasiados pedidos seguidos"),
        N_("Espere los segundos que dice «Retry-After» antes de preguntar de nuevo."),
    ),
    500: Kind(
        "server-error",
        N_("Algo falló de nuestro lado"),
        N_("Pregunte de nuevo en unos minutos. Si se repite, avísenos con el número de «instance»."),
    ),
    503: Kind(
        "unavailable",
        N_("El servicio no está disponible en este momento"),
        N_("Pregunte de nuevo en los segundos que dice «Retry-After»."),
    ),
}
_SECONDS = {503: 15}
"""How long to stay away, where nobody says it more precisely."""

_FAULTS = {
    "day": N_("Escriba la fecha como 2026-03-02."),
    "whole": N_("Escriba un número entero, solo con cifras."),
    "greater_than_equal": N_("El menor valor posible es %(ge)s."),
    "less_than_equal": N_("El mayor valor posible es %(le)s."),
    "enum": N_("Los valores posibles son: %(expected)s."),
    "literal_error": N_("Los valores posibles son: %(expected)s."),
    "string_too_long": N_("Escriba %(max_length)s caracteres como máximo."),
    "string_too_short": N_("Escriba al menos %(min_length)s caracteres."),
}
"""What to write instead, by pydantic's names of what is wrong."""


class Fault(BaseModel):
    """One parameter that is wrong."""

    parameter: str = Field(description="Name of the query parameter.", examples=["page_size"])
    detail: str = Field(description="What to write instead, in the reader's language.")


class Problem(BaseModel):
    """What went wrong, as RFC 9457 tells it."""

    type: str = Field(description="Address of the part of the documentation about this kind of problem.")
    title: str = Field(description="The kind of problem in a few words, in the reader's language.")
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(description="What the caller can do.")
    instance: str = Field(description="Number of this request, for whoever reports it.")
    errors: list[Fault] = Field(default=[], description="With status 422: each parameter that is wrong.")


class Refused(Exception):
    """A request that gets no answer but a problem with this status."""

    def __init__(self, status: int, faults: Iterable[Fault] = (), **headers: str) -> None:
        super().__init__(status)
        self.status, self.faults, self.headers = status, tuple(faults), headers


def problem(
    request: HttpRequest, status: int, *, detail: str = "", faults: Iterable[Fault] = (), **headers: str
) -> HttpResponse:
    """The problem of this status; `detail` says more precisely what to do; headers with _ for -."""
    language = languages.language_of(request)
    with translation.override(language):
        kind = KINDS.get(status) or KINDS[500 if status >= 500 else 400]
        body: dict[str, Any] = {
            "type": type_address(request, kind),
            "title": _(kind.title),
            "status": status,
            "detail": detail or _(kind.detail),
            "instance": f"urn:minga:request:{getattr(request, 'minga_number', '0')}",
        }
        listed = [fault.model_dump() for fault in faults]
    if listed:
        body["errors"] = listed
    response = HttpResponse(orjson.dumps(body), status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language
    if status in _SECONDS:
        response.headers["Retry-After"] = str(_SECONDS[status])
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return open_to_all(response)


def type_address(request: HttpRequest, kind: Kind) -> str:
    """The address of the documentation about one kind of problem; from our own where the host asked is none of ours."""
    path = f"{reverse('site:developers')}#{ANCHOR}{kind.slug}"
    try:
        return Addresses.of(request).page(path)
    except DisallowedHost:
        return f"{settings.MINGA_PUBLIC_URL.rstrip('/')}{path}"


def faults_of(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """What pydantic found wrong with the parameters, in the reader's words; call in the reader's language."""
    return [
        Fault(parameter=str(error["loc"][-1]), detail=_fault(str(error["type"]), error.get("ctx") or {}))
        for error in errors
    ]


def _fault(kind: str, context: Mapping[str, Any]) -> str:
    known = _FAULTS.get(kind)
    if known is None:
        return _("Ese valor no es válido.")
    expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return _(known) % {**context, "expected": expected}


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Let programs on any page read the answer (CORS): it is public, and no cookie is ever looked at."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    return response
