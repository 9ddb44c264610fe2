"""Puts the rooms' routers together: the operations, the addresses where they answer, and what each may be asked."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, NoReturn, get_args

import orjson
from django.http import HttpRequest
from django.urls import URLPattern, path
from ninja import NinjaAPI, Router
from ninja import errors as ninja_errors
from ninja.constants import NOT_SET
from ninja.operation import Operation
from ninja.renderers import BaseRenderer

from minga.foundation.api.shapes import Listing, Resource
from minga.kernel import cards
from minga.site.api.door import DESCRIPTION, FIELDS, JSON, Door, guarded

_NINJA_ERRORS = (
    Exception,
    ninja_errors.ValidationError,
    ninja_errors.HttpError,
    ninja_errors.AuthenticationError,
)


class Renderer(BaseRenderer):
    """JSON by orjson: days in ISO 8601, decimals as text; only the fields that were asked for."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The bytes of the answer."""
        fields: tuple[str, ...] = getattr(request, "minga_fields", ())
        if "items" in data:
            request.minga_pages = data["links"]  # type: ignore[attr-defined]
        if fields and "items" in data:
            data["items"] = [{name: item[name] for name in fields} for item in data["items"]]
        elif fields:
            data = {name: data[name] for name in fields}
        return orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)


@dataclass(frozen=True)
class Described:
    """One operation with what the documentation needs: where it answers and which fields it has."""

    operation: Operation
    path: str
    fields: tuple[str, ...]


def routers() -> list[Router]:
    """The routers that the cards name, rooms of lower levels first."""
    return [import_module(room.api).router for room in cards.rooms() if room.api]


@cache
def api() -> NinjaAPI:
    """The API of all rooms of the house."""
    made = NinjaAPI(
        title="Minga", version="1", openapi_url=None, docs_url=None, urls_namespace="api", renderer=Renderer()
    )
    for kind in _NINJA_ERRORS:
        made.add_exception_handler(kind, _to_the_door)
    for router in routers():
        made.add_router("", router)
    return made


@cache
def operations() -> dict[str, Described]:
    """Every operation by the name of its function, which is its own in the whole API."""
    return {
        operation.view_func.__name__: Described(
            operation, re.sub(r"{\w+:", "{", address), _fields_of(operation)
        )
        for router in routers()
        for mount in router.build_routers("")
        for address, view in mount.template.path_operations.items()
        for operation in view.operations
    }


def patterns() -> list[URLPattern]:
    """The addresses of all operations, each behind its door."""
    known = operations()
    made, _app, _namespace = api().urls
    return [
        path(str(pattern.pattern), guarded(pattern.callback, _door(known[pattern.name])))
        for pattern in made
        if isinstance(pattern, URLPattern) and pattern.name in known
    ]


def _door(described: Described) -> Door:
    parameters = {
        name
        for model in described.operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
    return Door(
        parameters=frozenset(parameters | ({FIELDS} if described.fields else set())),
        fields=described.fields,
        queries=vars(described.operation.view_func)["query_budget"],
        media=(JSON, DESCRIPTION) if described.path == "/openapi.json" else (JSON,),
    )


def _to_the_door(_request: HttpRequest, error: Exception | type[Exception]) -> NoReturn:
    """Let the door turn every error into words."""
    raise error


def _fields_of(operation: Operation) -> tuple[str, ...]:
    """Names of the fields of the things that an operation answers with; none when it answers with something else."""
    model = operation.response_models[200]
    shape = model.model_fields["response"].annotation if model is not NOT_SET else None
    if isinstance(shape, type) and issubclass(shape, Listing):
        (shape,) = get_args(shape.model_fields["items"].annotation)
    return tuple(shape.model_fields) if isinstance(shape, type) and issubclass(shape, Resource) else ()
