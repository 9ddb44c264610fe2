"""The site's own part of the API: where everything is, and the catalogue of facts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import P, PathEx, Query, Router
from pydantic import BaseModel, Field

from minga.foundation.api.paging import Paging, cut_sequence
from minga.foundation.api.shapes import ROOT, Addresses, Links, Listing, Resource
from minga.kernel import facts
from minga.kernel.errors import NotFound
from minga.kernel.text import N_
from minga.site.api.door import DESCRIPTION
from minga.ui.http import page

router = Router()
FactName = PathEx[
    str,
    P(
        title=N_("El nombre del tipo de hecho."),
        description="Name of the kind of fact.",
        example="plan.norm.issued",
    ),
]


class Entry(BaseModel):
    """Where everything is."""

    version: str = Field(
        description="Version of the API; another one answers at another address.", examples=["1"]
    )
    links: Links


class FactType(Resource):
    """A kind of fact that the ledger keeps."""

    name: str = Field(description="Stable name: room, thing, what happened.", examples=["plan.norm.issued"])
    version: int = Field(description="Version of its shape.", examples=[1])
    title: str = Field(description="What happens, in the reader's language.")
    payload_schema: dict[str, Any] = Field(
        description="JSON Schema (2020-12) of what a fact of this kind says."
    )
    links: Links


@router.get("", response=Entry, operation_id="getEntry", summary=N_("Dónde está cada cosa"), tags=["entry"])
@page(queries=0)
def get_entry(request: HttpRequest, response: HttpResponse) -> Entry:
    """Where everything is: start here and follow the links."""
    from minga.site.api.assembly import operations

    to = Addresses.of(request)
    described, documented = to.api("openapi.json"), to.page(reverse("site:developers"))
    lists = [each.path for each in operations().values() if each.path and "{" not in each.path]
    desc = f'<{described}>; rel="service-desc"; type="{DESCRIPTION}"'  # RFC 8631
    response.headers["Link"] = f'{desc}, <{documented}>; rel="service-doc"'
    links = {path.strip("/"): to.api(path.strip("/")) for path in sorted(lists) if path != "/openapi.json"}
    return Entry(
        version="1",
        links={
            "self": to.page(f"{ROOT}/"),
            "openapi": described,
            "html": documented,
            **links,
        },
    )


@router.get(
    "/fact-types",
    response=Listing[FactType],
    operation_id="listFactTypes",
    summary=N_("Los tipos de hechos que guarda el libro"),
    tags=["facts"],
)
@page(queries=0)
def list_fact_types(request: HttpRequest, paging: Query[Paging]) -> Listing[FactType]:
    """Kinds of facts that the ledger keeps, by name and version."""
    kinds = [(f"{kind.name} {kind.version}", kind) for kind in facts.catalogue()]
    found = cut_sequence(sorted(kinds), key=lambda pair: pair[0], name="site.fact_types", page=paging)
    to = Addresses.of(request)
    return Listing[FactType].of(request, found, [_fact_type(to, kind) for _, kind in found.items])


@router.get(
    "/fact-types/{name}",
    response=FactType,
    operation_id="getFactType",
    summary=N_("Un tipo de hecho, con su esquema"),
    tags=["facts"],
)
@page(queries=0)
def get_fact_type(request: HttpRequest, name: FactName) -> FactType:
    """A kind of fact with the shape of its latest version."""
    kinds = [kind for kind in facts.catalogue() if kind.name == name]
    if not kinds:
        raise NotFound(_("No hay un tipo de hecho con ese nombre."))
    return _fact_type(Addresses.of(request), kinds[-1])


@router.get("/openapi.json", include_in_schema=False)
@page(queries=0)
def get_openapi(request: HttpRequest) -> HttpResponse:
    """The description of the whole API for programs (OpenAPI 3.1)."""
    from minga.site.api.openapi import text

    return HttpResponse(text(), content_type=DESCRIPTION)


def _fact_type(to: Addresses, kind: type[facts.Fact]) -> FactType:
    html = f"{reverse('site:facts')}#{kind.name}.v{kind.version}"
    return FactType(
        name=kind.name,
        version=kind.version,
        title=_(kind.title) if kind.title else "",
        payload_schema=facts.json_schema(kind),
        links={"self": to.api("fact-types", kind.name), "html": to.page(html)},
    )
