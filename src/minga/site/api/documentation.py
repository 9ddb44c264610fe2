"""The documentation's page: made from the API's own description, in the reader's language, without foreign scripts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minga.foundation.api.paging import LARGEST
from minga.foundation.api.shapes import ROOT, Addresses
from minga.kernel.text import N_
from minga.site.api.assembly import Described, operations
from minga.site.api.door import FIELDS, quotas
from minga.site.api.openapi import TAGS, parameters_of
from minga.site.problems import ANCHOR, KINDS
from minga.ui.http import page, render

_GROUPS = {
    "entry": N_("Entrada"),
    "institutions": N_("Instituciones"),
    "territory": N_("Territorio"),
    "plan": N_("Plan"),
    "indicators": N_("Indicadores"),
    "cloud": N_("Nube del Estado"),
    "facts": N_("Hechos"),
}
_KINDS = {
    "integer": N_("número entero"),
    "date": N_("fecha"),
    "uuid": N_("clave UUID"),
    "array": N_("lista separada por comas"),
    "string": N_("texto"),
}


@dataclass(frozen=True)
class Shown:
    """One operation as the page shows it."""

    id: str
    title: str
    path: str
    example: str
    parameters: list[dict[str, str]]


@require_safe
@page(queries=0, cache=3600)
def developers(request: HttpRequest) -> HttpResponse:
    """How programs read Minga: where to start, every operation, errors, limits, tokens and versions."""
    origin = Addresses.of(request).origin
    anonymous, named = quotas()
    most, seconds = anonymous.requests, int(anonymous.window.total_seconds())
    groups = [
        (tag, _(_GROUPS.get(tag, tag)), [_shown(each, origin) for each in _listed(tag)]) for tag in TAGS
    ]
    context = {
        "origin": origin,
        "root": f"{ROOT}/",
        "groups": groups,
        "problems": [
            {"code": status, "id": f"{ANCHOR}{kind.slug}", "title": _(kind.title), "detail": _(kind.detail)}
            for status, kind in sorted(KINDS.items())
        ],
        "anonymous": anonymous,
        "named": named,
        "minutes": seconds // 60,
        "allowance": f'RateLimit-Policy: "anonymous";q={most};w={seconds}\nRateLimit: "anonymous";r={most - 1};t=1',
        "with_token": f"curl -H 'Authorization: Bearer minga_…' {origin}{ROOT}/",
        "largest": LARGEST,
    }
    return render(request, "site/developers.html", context)


@require_safe
@page(queries=0)
def lead_there(request: HttpRequest) -> HttpResponse:
    """From the API's root, which is no answer, to its documentation."""
    return HttpResponseRedirect(reverse("site:developers"))


def _listed(tag: str) -> list[Described]:
    return [each for each in operations().values() if tag in (each.operation.tags or ())]


def _shown(described: Described, origin: str) -> Shown:
    operation, given = described.operation, parameters_of(described)
    path = f"{ROOT}{described.path or '/'}"
    example = f"{origin}{path}"
    for parameter in given:
        if parameter["in"] == "path":
            name, value = parameter["name"], parameter["example"]
            example = example.replace(f"{{{name}}}", str(value))
    return Shown(
        id=operation.operation_id or "",
        title=_(operation.summary) if operation.summary else "",
        path=path,
        example=example,
        parameters=[_told(parameter) for parameter in given],
    )


def _told(parameter: dict[str, Any]) -> dict[str, str]:
    """A parameter in words: its name, what it means and what may be written."""
    schema = parameter["schema"]
    meaning = (
        _("Qué campos trae la respuesta; sin él, todos.")
        if parameter["name"] == FIELDS
        else _(schema["title"])
    )
    kind = schema.get("format") or schema["type"]
    choices = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    words = _(_KINDS.get(kind, kind)) if kind == "array" or not choices else _("uno de estos")
    return {"name": parameter["name"], "meaning": meaning, "kind": words, "choices": ", ".join(choices)}
