"""The reference of all facts: generated from the rooms' declarations, never written by hand."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from minga.foundation.ledger import catalogue
from minga.kernel import facts
from minga.ui.http import page, render


@dataclass(frozen=True)
class Entry:
    """One kind of fact as the reference shows it."""

    name: str
    version: int
    title: str
    fields: tuple[tuple[str, str, bool], ...]
    """(name, type, required)"""
    schema: str


@require_safe
@page(queries=0, cache=3600)
def reference(request: HttpRequest) -> HttpResponse:
    """All kinds of facts with their fields and JSON Schema."""
    entries = [_entry(kind) for kind in facts.catalogue()]
    return render(request, "site/facts.html", {"entries": entries})


@require_safe
@page(queries=0, cache=3600)
def schemas(request: HttpRequest) -> HttpResponse:
    """The same for programs: the catalogue as JSON."""
    return JsonResponse(catalogue.schemas(), json_dumps_params={"ensure_ascii": False})


def _entry(kind: type[facts.Fact]) -> Entry:
    schema = facts.json_schema(kind)
    required = schema.get("required", [])
    fields = tuple(
        (name, _type(described, schema), name in required)
        for name, described in schema.get("properties", {}).items()
    )
    text = orjson.dumps(schema, option=orjson.OPT_INDENT_2).decode()
    return Entry(kind.name, kind.version, gettext(kind.title), fields, text)


def _type(described: dict[str, Any], schema: dict[str, Any]) -> str:
    """A JSON Schema type in a word or two: its title, format, values or plain type."""
    if "$ref" in described:
        described = schema["$defs"][described["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in described:
        return " | ".join(_type(choice, schema) for choice in described["anyOf"])
    if "enum" in described:
        return " | ".join(str(value) for value in described["enum"])
    if "pattern" in described:
        return {"^urn:": "urn", "^[0-9": "sha-256"}.get(described["pattern"][:5], "code")
    return str(described.get("format") or described.get("type", ""))
