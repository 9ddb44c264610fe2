"""Reading the cartera: services, and what they cost and cost before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.foundation.search import Document
from minga.kernel.cards import Label
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.cloud.models import Price, Service
from minga.modules.cloud.models.service import Family, ServiceState

PROVIDER = "cnt"
"""The directory's code of the institution that the plan charges with the data centre and the network."""


def public_services(*, family: Family | None = None) -> QuerySet[Service]:
    """Services that people may see, by title; those of one family when it is given."""
    found = Service.objects.public()
    return (found.of_family(family) if family else found).select_related("provider")


def cartera() -> QuerySet[Service]:
    """All services, drafts included, for those who keep them."""
    return Service.objects.select_related("provider")


def service(code: str) -> Service:
    """The service with this code, drafts included; NotFound otherwise."""
    return _found(Service.objects.all(), code)


def public_service(code: str) -> Service:
    """The service with this code, if people may see it; NotFound otherwise."""
    return _found(Service.objects.public(), code)


def _found(services: QuerySet[Service], code: str) -> Service:
    found = services.select_related("provider").filter(code=code).first()
    if found is None:
        raise NotFound(_("No hay un servicio con esa dirección. Búsquelo en la lista de servicios."))
    return found


@dataclass(frozen=True)
class Tariff:
    """A concept of a service: what it costs today, and what it has cost, oldest first.

    `change` is the share by which today's price differs from the first one, None with fewer than two.
    """

    concept: str
    unit: str
    period: str
    price: Price | None
    history: tuple[Price, ...]
    change: Decimal | None


def tariffs(service: Service, *, on: date) -> list[Tariff]:
    """The prices of a service by concept, as they are on a day (one query)."""
    return _by_concept(service.prices.order_by("concept", "valid_from"), on)


def _by_concept(prices: Iterable[Price], on: date) -> list[Tariff]:
    """`prices` of one service, by concept and then by day."""
    return [_tariff(list(group), on) for _concept, group in groupby(prices, key=lambda price: price.concept)]


def _tariff(history: Sequence[Price], on: date) -> Tariff:
    begun = [price for price in history if price.valid_from <= on]
    now, last = (begun[-1] if begun else None), history[-1]
    change = None
    if now is not None and len(begun) > 1 and begun[0].amount:
        change = now.amount / begun[0].amount - 1
    return Tariff(last.concept, last.unit, last.get_period_display(), now, tuple(history), change)


def current_prices(*, on: date) -> Iterator[Price]:
    """The price that holds on a day for each concept of each service on offer (one query)."""
    prices = (
        Price.objects.filter(valid_from__lte=on, service__state=ServiceState.OFFERED)
        .select_related("service")
        .order_by("service__sort_key", "service_id", "concept", "valid_from")
    )
    for _key, group in groupby(prices, key=lambda price: (price.service_id, price.concept)):
        yield list(group)[-1]


def by_family(services: Iterable[Service]) -> list[tuple[Family, list[Service]]]:
    """The services under each family, families without any included."""
    found = list(services)
    return [(family, [entry for entry in found if entry.family is family]) for family in Family]


def service_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call each service on a page (one query); a draft has a name but no public page."""
    found = Service.objects.filter(code__in=[reference.id for reference in references])
    return {entry.reference: Label(entry.title, _address(entry)) for entry in found}


def _address(entry: Service) -> str:
    return "" if entry.state == ServiceState.DRAFT else reverse("cloud:service", args=[entry.code])


def search_document(entry: Service) -> Document:
    """How people find a service."""
    return Document(
        kind="cloud",
        reference=entry.reference,
        title=entry.title,
        institution=entry.provider.name,
        keywords=(str(entry.get_category_display()), str(entry.family.label)),
        body=f"{entry.summary} {entry.audience} {entry.how_to_ask}",
        url=reverse("cloud:service", args=[entry.code]),
    )
