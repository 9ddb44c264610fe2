"""The description of the whole API (OpenAPI 3.1): django-ninja's, with what the door adds to every operation.

Its words are English, from docstrings and descriptions; the Spanish ones are for the documentation's page.
"""

import copy
import inspect
import re
from functools import cache
from typing import Any

import orjson
from ninja.openapi.schema import OpenAPISchema

from minga import __version__
from minga.foundation.api.shapes import ROOT
from minga.site.api.assembly import Described, api, operations
from minga.site.api.door import FIELDS
from minga.site.problems import MEDIA_TYPE, Problem

Json = dict[str, Any]

DESCRIPTION = """Minga's public data, read only: the State's institutions and territory, the plan of e-government, its
indicators, and every recorded fact behind each number.

Anybody may read it, without an account; an institution's token only lets it ask more often. Lists come in pages that
follow the `Link` header. `fields` asks for some fields only. Answers carry an `ETag`. Errors are problem details
(RFC 9457). Fields and links may be added at any time; what would break a reader gets another version."""

TAGS = {
    "entry": "Where everything is.",
    "institutions": "The dated register of the State's institutions, and the registers they belong to.",
    "territory": "The political division of the country (INEC).",
    "plan": "Programmes, strategies, initiatives and the norms registered for them.",
    "indicators": "The plan's indicators, and everyone behind each value.",
    "cloud": "The government cloud: its services, who uses them, and how well they work.",
    "facts": "The append-only ledger that every number comes from.",
}
_HEADERS: dict[str, tuple[str, str]] = {
    "RateLimit-Policy": (
        "Requests (q) that this caller may make in a window of w seconds.",
        '"anonymous";q=300;w=300',
    ),
    "RateLimit": ("Requests left (r), and seconds until all are back (t).", '"anonymous";r=299;t=1'),
    "ETag": ("Mark of this very answer, for If-None-Match.", '"3f2a"'),
    "Link": (
        "Other pages of the list (RFC 8288): first, next, prev.",
        '<https://minga.example/...>; rel="next"',
    ),
    "Retry-After": ("Seconds to wait.", "7"),
    "X-Request-ID": ("Number of this request, for whoever reports it.", "6a1f"),
}
_PROBLEMS = {
    400: "The address holds what no text holds",
    401: "The token opens nothing: expired, revoked or mistyped",
    404: "There is no such thing",
    406: "The caller does not accept JSON",
    414: "The address is longer than anybody reads",
    422: "A parameter is wrong, unknown or given twice",
    429: "Too many requests",
}


@cache
def document() -> Json:
    """The description as data."""
    described: Json = copy.deepcopy(dict(_by_ninja()))
    described["info"] = {
        "title": "Minga",
        "version": f"1 ({__version__})",
        "description": DESCRIPTION,
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }
    described["servers"] = [{"url": ROOT, "description": "This instance."}]
    described["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
    described["security"] = [{}, {"token": []}]
    described["paths"] = {
        path or "/": {"get": _operation(methods["get"])}
        for path, methods in sorted(described["paths"].items())
    }
    described["components"]["schemas"] |= _problem_shapes()
    described["components"]["responses"] = {str(code): _problem(code) for code in _PROBLEMS}
    described["components"]["headers"] = {name: _header(*words) for name, words in _HEADERS.items()}
    described["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of an institution, `minga_...`: optional, for a larger allowance.",
        }
    }
    told: Json = _with_plain_names(_without_titles(described))
    told["components"]["schemas"] = _needed(told)
    return told


def text() -> str:
    """The description as it is served and kept."""
    return orjson.dumps(document(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _with_plain_names(described: Json) -> Json:
    """The same with `InstitutionList` for what pydantic calls `Listing_Institution_`."""
    plain = re.sub(rb"\bListing_(\w+?)_(?=\")", rb"\1List", orjson.dumps(described))
    told: Json = orjson.loads(plain)
    return told


def _needed(described: Json) -> Json:
    """The shapes that an answer refers to, by name; those of parameters stand with the parameters."""
    shapes, needed = described["components"]["schemas"], set()
    waiting = _names(described["paths"]) | _names(described["components"]["responses"])
    while waiting:
        needed |= waiting
        waiting = set().union(*(_names(shapes[name]) for name in waiting)) - needed
    return {name: shapes[name] for name in sorted(needed)}


def _names(value: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/([^"]+)"', orjson.dumps(value).decode()))


def _operation(given: Json) -> Json:
    """One operation with everything that the door adds to it."""
    described = _described(given["operationId"])
    summary, _line, rest = inspect.cleandoc(described.operation.view_func.__doc__ or "").partition("\n")
    return {
        "operationId": given["operationId"],
        "tags": given["tags"],
        "summary": summary.rstrip("."),
        **({"description": " ".join(rest.split())} if rest.strip() else {}),
        "parameters": parameters_of(described),
        "responses": {"200": _answer(given["responses"][200]), **_problems(described)},
    }


def _described(operation_id: str) -> Described:
    return next(each for each in operations().values() if each.operation.operation_id == operation_id)


def parameters_of(described: Described) -> list[Json]:
    """The parameters of one operation; `title` of each schema is its meaning in Spanish, to be translated."""
    given = _by_ninja().operation_parameters(described.operation)
    return [*map(_parameter, given), *_fields(described)]


@cache
def _by_ninja() -> OpenAPISchema:
    """The description that django-ninja makes by itself."""
    return OpenAPISchema(api(), "")


def _parameter(given: Json) -> Json:
    """A parameter without what a query cannot say: an address has no null."""
    schema = {
        key: value for key, value in given["schema"].items() if value is not None and key != "description"
    }
    choices = [choice for choice in schema.pop("anyOf", ()) if choice != {"type": "null"}]
    for choice in choices:
        listed = _by_ninja().schemas[choice["$ref"].rpartition("/")[2]] if "$ref" in choice else choice
        schema |= {key: value for key, value in listed.items() if key not in {"title", "description"}}
    example = {"example": schema.pop("example")} if "example" in schema else {}
    told = {key: given[key] for key in ("name", "in", "required", "description") if key in given}
    return told | example | {"schema": schema}


def _fields(described: Described) -> list[Json]:
    if not described.fields:
        return []
    return [
        {
            "name": FIELDS,
            "in": "query",
            "required": False,
            "description": "Names of the fields to answer with, separated by commas; all when it is left out.",
            "style": "form",
            "explode": False,
            "schema": {
                "type": "array",
                "minItems": 1,
                "uniqueItems": True,
                "items": {"type": "string", "enum": list(described.fields)},
            },
        }
    ]


def _answer(given: Json) -> Json:
    headers = [name for name in _HEADERS if name != "Retry-After"]
    return {
        "description": "The answer.",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": given["content"],
    }


def _problems(described: Described) -> Json:
    """The problems that the operation may answer with."""
    with_path = "{" in described.path or bool(described.operation.models)
    codes = [code for code in _PROBLEMS if code != 404 or with_path]
    return {str(code): {"$ref": f"#/components/responses/{code}"} for code in codes}


def _problem(code: int) -> Json:
    headers = [*(("Retry-After",) if code == 429 else ()), "X-Request-ID"]
    return {
        "description": _PROBLEMS[code],
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _problem_shapes() -> Json:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Problem": schema}


def _header(words: str, example: str) -> Json:
    return {"description": words, "schema": {"type": "string"}, "example": example}


def _without_titles(value: Any) -> Any:
    """The same without pydantic's titles: they are our Spanish words, or the names over again."""
    if isinstance(value, dict):
        return {
            key: _without_titles(inner)
            for key, inner in value.items()
            if not (
                key == "title"
                and isinstance(inner, str)
                and ("type" in value or "anyOf" in value or "$ref" in value or "enum" in value)
            )
        }
    return [_without_titles(item) for item in value] if isinstance(value, list) else value
