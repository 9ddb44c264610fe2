"""The cloud for programs: the cartera, who uses it, and how well it works this month."""

from decimal import Decimal
from typing import Any, Literal, cast

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router

from minga.foundation.api.paging import Paging, cut_rows, cut_sequence, number, numbered
from minga.foundation.api.shapes import Addresses, Listing, Titled, decimal_text
from minga.kernel.clock import today
from minga.kernel.text import N_
from minga.modules.cloud import schemas
from minga.modules.cloud.models import Adoption, Price, Service
from minga.modules.cloud.models.service import Category
from minga.modules.cloud.queries import adoptions, monitoring, quality, services
from minga.modules.cloud.queries.monitoring import ServiceNow
from minga.ui.http import page

router = Router()


@router.get(
    "/cloud-services",
    response=Listing[schemas.Service],
    operation_id="listCloudServices",
    summary=N_("La cartera de servicios de la nube del Estado"),
    tags=["cloud"],
)
@page(queries=2)
def list_services(
    request: HttpRequest, asked: Query[schemas.ServiceFilters], paging: Query[Paging]
) -> Listing[schemas.Service]:
    """Services that the State's provider offers or has offered, by title; drafts are its own business."""
    rows = services.public_services(family=asked.family)
    if asked.state:
        rows = rows.filter(state=asked.state)
    found = cut_rows(rows.values_list("sort_key", "id"), keys=("sort_key", "id"), page=paging)
    known = services.public_services().in_bulk([key for _, key in found.items])
    to = Addresses.of(request)
    items = [schemas.Service(**_service(to, known[key])) for _, key in found.items]
    return Listing[schemas.Service].of(request, found, items)


@router.get(
    "/cloud-services/{code}",
    response=schemas.ServiceDetail,
    operation_id="getCloudService",
    summary=N_("Un servicio de la cartera, con lo que cuesta hoy"),
    tags=["cloud"],
)
@page(queries=2)
def get_service(request: HttpRequest, code: schemas.ServiceCode) -> schemas.ServiceDetail:
    """One service of the cartera, with the price of each concept today."""
    found = services.public_service(code)
    prices = [tariff.price for tariff in services.tariffs(found, on=today()) if tariff.price]
    return schemas.ServiceDetail(
        **_service(Addresses.of(request), found), tariffs=[_tariff(price) for price in prices]
    )


@router.get(
    "/cloud-uses",
    response=Listing[schemas.Use],
    operation_id="listCloudUses",
    summary=N_("Qué instituciones usan qué servicios, con contrato confirmado"),
    tags=["cloud"],
)
@page(queries=2)
def list_uses(
    request: HttpRequest, asked: Query[schemas.UseFilters], paging: Query[Paging]
) -> Listing[schemas.Use]:
    """Confirmed contracts in use today: what indicators 11 and 12 count, invented ones aside."""
    rows = adoptions.in_use(family=asked.family or "")
    if asked.service:
        rows = rows.filter(service__code=asked.service)
    if asked.institution:
        rows = rows.filter(institution__code=asked.institution)
    keys = ("starts_on", "id")
    found = cut_rows(rows.values_list(*keys), keys=keys, page=paging)
    known = adoptions.in_use().in_bulk([key for _, key in found.items])
    to = Addresses.of(request)
    return Listing[schemas.Use].of(request, found, [_use(to, known[key]) for _, key in found.items])


@router.get(
    "/cloud-quality",
    response=Listing[schemas.Month],
    operation_id="listCloudQuality",
    summary=N_("Cómo funcionan los servicios este mes, medido por Minga"),
    tags=["cloud"],
)
@page(queries=8)
def list_quality(request: HttpRequest, paging: Query[Paging]) -> Listing[schemas.Month]:
    """Availability of each measured service in the present month, against what was promised."""
    measured = numbered(monitoring.overview(quality.month_of(today())))
    found = cut_sequence(measured, key=number, name="cloud.quality", page=paging)
    to = Addresses.of(request)
    return Listing[schemas.Month].of(request, found, [_month(to, entry) for _, entry in found.items])


def _service(to: Addresses, entry: Service) -> dict[str, Any]:
    provider = entry.provider
    return {
        "urn": entry.reference,
        "family": entry.family,
        "category": Category(entry.category),
        "provider": Titled(
            code=provider.code, title=provider.name, links={"self": to.api("institutions", provider.code)}
        ),
        "links": {
            "self": to.api("cloud-services", entry.code),
            "uses": f"{to.api('cloud-uses')}?service={entry.code}",
            "html": to.page(reverse("cloud:service", args=[entry.code])),
        },
        "availability_target": _text(entry.availability_target),
        **{name: getattr(entry, name) for name in _AS_KEPT},
    }


_AS_KEPT = (
    "code",
    "title",
    "summary",
    "state",
    "offered_on",
    "retired_on",
    "response_target_ms",
    "synthetic",
)


def _tariff(price: Price) -> schemas.Tariff:
    return schemas.Tariff(
        concept=price.concept,
        unit=price.unit,
        period=cast("Literal['month', 'year', 'once']", price.period),
        amount=decimal_text(price.amount),
        valid_from=price.valid_from,
    )


def _use(to: Addresses, use: Adoption) -> schemas.Use:
    return schemas.Use(
        id=use.id,
        urn=use.reference,
        institution=Titled(
            code=use.institution.code,
            title=use.institution.name,
            links={"self": to.api("institutions", use.institution.code)},
        ),
        service=_titled(to, use.service),
        family=use.service.family,
        contract=use.contract,
        starts_on=use.starts_on,
        expected_end=use.expected_end,
        synthetic=use.synthetic,
        links={"html": to.page(f"{reverse('cloud:adoption')}#{use.institution.code}")},
    )


def _month(to: Addresses, entry: ServiceNow) -> schemas.Month:
    month = entry.month
    return schemas.Month(
        service=_titled(to, entry.service),
        month=f"{quality.month_of(today()):%Y-%m}",
        availability=_text(month.availability),
        availability_with_works=_text(month.availability_with_works),
        coverage=_text(month.coverage),
        minutes_down=month.minutes_down,
        target=_text(entry.promise.availability if entry.promise else None),
        synthetic=entry.service.synthetic,
        links={"html": to.page(reverse("cloud:service_quality", args=[entry.service.code]))},
    )


def _titled(to: Addresses, service: Service) -> Titled:
    return Titled(
        code=service.code, title=service.title, links={"self": to.api("cloud-services", service.code)}
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else decimal_text(value)
