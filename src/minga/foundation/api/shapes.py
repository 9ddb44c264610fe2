"""Shapes that all answers share: things, long lists of them, and their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Generic, Self, TypeVar

from django.http import HttpRequest, QueryDict
from pydantic import BaseModel, ConfigDict, Field

from minga.foundation.api.paging import Cut

ROOT = "/api/v1"
"""Where the API answers; a change that breaks its readers gets another root."""

Links = Annotated[
    dict[str, str],
    Field(
        description="Addresses of related things by relation: `self` is this one, `html` its page for people.",
        examples=[{"self": "https://minga.example/api/v1/institutions/mintel"}],
    ),
]


def asks_api(request: HttpRequest) -> bool:
    """Whether a program asks, and not a page's reader: its errors and its language are told otherwise."""
    return request.path_info.startswith("/api/")


@dataclass(frozen=True)
class Addresses:
    """Whole addresses on the host that was asked."""

    origin: str

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The addresses for the answer to this request."""
        return cls(f"{request.scheme}://{request.get_host()}")

    def api(self, *parts: object) -> str:
        """The address of a thing of the API, such as `api("institutions", "mintel")`."""
        return "/".join((f"{self.origin}{ROOT}", *map(str, parts)))

    def page(self, path: str) -> str:
        """The address of a page for people."""
        return f"{self.origin}{path}"


def _optional(schema: dict[str, Any]) -> None:
    """No field is sure to come, because a reader can ask for some of them only (`?fields=`)."""
    schema.pop("required", None)


class Resource(BaseModel):
    """A thing that the API tells about; readers may ask for some of its fields only."""

    model_config = ConfigDict(json_schema_extra=_optional)


class Coded(BaseModel):
    """A value of a closed list."""

    code: str = Field(description="Stable code.")
    name: str = Field(description="What it is called, in the reader's language.")


class Titled(BaseModel):
    """Another thing, by its code and what it is called."""

    code: str | None = Field(description="Stable code; null when nothing is kept under a code.")
    title: str = Field(description="What it is called.")
    links: Links


class Named(BaseModel):
    """A thing that facts point at, by its stable name."""

    urn: str = Field(description="Stable name.", examples=["urn:minga:initiative:1.1"])
    title: str = Field(description="What it is called.")
    links: Links


DecimalText = Annotated[
    str,
    Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", description="A decimal number, as text so that nothing is lost."),
]


def decimal_text(value: Decimal) -> str:
    """A decimal number without an exponent and without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


Item = TypeVar("Item", bound=BaseModel)


class Listing(BaseModel, Generic[Item]):
    """One page of a list, in a stable order."""

    items: list[Item] = Field(description="The things on this page.")
    total: int = Field(
        description="How many things the whole list has; on further pages, had when the first was read.",
        examples=[221],
    )
    links: Links = Field(
        description="Addresses of pages of this list: `self`, `first`, and `next` and `prev` where there are such."
    )

    @classmethod
    def of(cls, request: HttpRequest, cut: Cut[Any], items: Sequence[Item], **pinned: object) -> Self:
        """The page that was cut, with links to those beside it; `pinned` are parameters that they must keep."""
        base = f"{Addresses.of(request).origin}{request.path}"
        links = {"self": _link(base, request, {}), "first": _link(base, request, {"cursor": None})}
        for name, cursor in (("prev", cut.before), ("next", cut.after)):
            if cursor:
                links[name] = _link(base, request, {"cursor": cursor, **pinned})
        return cls.model_construct(items=list(items), total=cut.total, links=links)


def _link(base: str, request: HttpRequest, changes: dict[str, object]) -> str:
    query: QueryDict = request.GET
    if changes:
        query = query.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
    return f"{base}?{query.urlencode()}" if query else base
