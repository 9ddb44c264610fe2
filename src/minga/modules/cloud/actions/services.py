"""Keeping the cartera: only the provider's officials change it."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.ledger.recording import record
from minga.foundation.search import index
from minga.kernel.actors import Actor
from minga.kernel.clock import start_of, today
from minga.kernel.errors import Conflict, Invalid
from minga.kernel.facts import Code
from minga.kernel.references import Reference
from minga.kernel.text import N_, slug, sort_key
from minga.modules.cloud.actions.holding import hold, institution_of
from minga.modules.cloud.actions.powers import SIGNERS, require_provider
from minga.modules.cloud.facts import (
    PriceSet,
    PriceWithdrawn,
    ServiceOffered,
    ServicePromised,
    ServiceRetired,
)
from minga.modules.cloud.models import Price, Promise, Service
from minga.modules.cloud.models.service import Category, Period, ServiceState
from minga.modules.cloud.queries.services import PROVIDER, search_document
from minga.modules.directory import contracts as directory

_REQUIRED = {
    "audience": N_("Escriba para quién es el servicio antes de ofrecerlo."),
    "how_to_ask": N_("Escriba cómo se pide el servicio antes de ofrecerlo."),
}


@dataclass(frozen=True, kw_only=True)
class ServiceText:
    """What the provider writes about a service."""

    category: Category
    title: str
    summary: str
    audience: str
    how_to_ask: str
    availability_target: Decimal | None
    response_target_ms: int | None


@transaction.atomic
def draft_service(text: ServiceText, *, actor: Actor, source: str = "", synthetic: bool = False) -> Service:
    """Start a service that nobody sees yet.

    Raises Forbidden unless the actor works for the provider, Invalid when its title is taken.
    """
    require_provider(actor)
    provider = directory.institution(PROVIDER)
    code = slug(text.title, max_length=60)
    if not code:
        message = _("Escriba un título con letras o números.")
        raise Invalid(message, {"title": [message]})
    try:
        with transaction.atomic():
            return Service.objects.create(
                **asdict(text),
                code=code,
                sort_key=sort_key(text.title),
                provider_id=provider.id,
                source=source,
                synthetic=synthetic or provider.synthetic,
            )
    except IntegrityError:
        raise _taken() from None


def _taken() -> Invalid:
    message = _("Ya hay un servicio con ese título. Escriba otro.")
    return Invalid(message, {"title": [message]})


@transaction.atomic
def change_service(code: str, text: ServiceText, *, version: int, actor: Actor) -> Service:
    """Rewrite what a service says of itself; its address stays.

    Raises Conflict after another edit, Invalid when it is offered and something that people need is missing
    or its family would change.
    """
    require_provider(actor)
    service = hold(Service.objects.filter(code=code), version=version)
    _require_same_family(service, text)
    for field, value in asdict(text).items():
        setattr(service, field, value)
    if service.state != ServiceState.DRAFT:
        _require_complete(service)
    service.sort_key = sort_key(text.title)
    return _saved(service, actor)


def _require_same_family(service: Service, text: ServiceText) -> None:
    """Contracts count in the family in which they were confirmed: one that moved would never stop counting there."""
    if service.state != ServiceState.DRAFT and text.category.family is not service.family:
        message = _("Elija una categoría de la misma familia. Para otra familia, prepare otro servicio.")
        raise Invalid(message, {"category": [message]})


def _require_complete(service: Service) -> None:
    missing = {field: [_(words)] for field, words in _REQUIRED.items() if not getattr(service, field)}
    if missing:
        raise Invalid(_("Faltan datos que las instituciones necesitan."), missing)


@transaction.atomic
def offer_service(code: str, *, version: int, actor: Actor) -> Service:
    """Put a drafted or retired service in the open from today on.

    Raises Forbidden unless the actor approves for the provider, Invalid naming each missing field.
    """
    require_provider(actor, *SIGNERS)
    service = hold(Service.objects.filter(code=code), version=version)
    if service.state == ServiceState.OFFERED:
        raise Conflict(_("Este servicio ya se ofrece."))
    _require_complete(service)
    service.state, service.retired_on = ServiceState.OFFERED, None
    service.offered_on = service.offered_on or today()
    return _published(service, ServiceOffered(category=Code(service.category)), actor)


@transaction.atomic
def retire_service(code: str, *, version: int, actor: Actor) -> Service:
    """Offer a service no more; whoever uses it goes on using it. Raises Forbidden, Conflict."""
    require_provider(actor, *SIGNERS)
    service = hold(Service.objects.filter(code=code), version=version)
    if service.state != ServiceState.OFFERED:
        raise Conflict(_("Solo se puede retirar un servicio que se ofrece."))
    service.state, service.retired_on = ServiceState.RETIRED, today()
    return _published(service, ServiceRetired(category=Code(service.category)), actor)


@transaction.atomic
def discard_service(code: str, *, version: int, actor: Actor) -> None:
    """Throw a draft away: nothing was published. Raises Forbidden, Conflict."""
    require_provider(actor)
    service = hold(Service.objects.filter(code=code), version=version)
    if service.state != ServiceState.DRAFT:
        raise Conflict(_("Solo se puede descartar un borrador."))
    service.delete()


def _published(service: Service, fact: ServiceOffered | ServiceRetired, actor: Actor) -> Service:
    _saved(service, actor)
    record(
        fact,
        actor=actor,
        subject=service.reference,
        institution=institution_of(service.provider_id),
        synthetic=service.synthetic,
    )
    return service


def _saved(service: Service, actor: Actor) -> Service:
    versions.save(service)
    if service.state != ServiceState.DRAFT:
        index([search_document(service)])
        _promise(service, actor)
    return service


def _promise(service: Service, actor: Actor) -> None:
    """Keep what the service promises from today on, when that is something else than before."""
    before = service.promises.order_by("since").last() or Promise()
    if (before.availability, before.response_ms) == (service.availability_target, service.response_target_ms):
        return
    promise = Promise.objects.keep(service, since=today())
    record(
        ServicePromised(availability=promise.availability, response_ms=promise.response_ms),
        actor=actor,
        subject=service.reference,
        institution=institution_of(service.provider_id),
        synthetic=service.synthetic,
    )


@dataclass(frozen=True, kw_only=True)
class PriceText:
    """What the provider writes about a price."""

    concept: str
    unit: str
    period: Period
    amount: Decimal
    valid_from: date


@transaction.atomic
def set_price(code: str, text: PriceText, *, actor: Actor, synthetic: bool = False) -> Price:
    """Say what one unit costs from a day on; the price before stays in the history.

    Raises Forbidden unless the actor approves for the provider, Invalid when the concept is sold by another unit
    or already has a price from that day.
    """
    require_provider(actor, *SIGNERS)
    service = hold(Service.objects.filter(code=code))
    _require_same_unit(service, text)
    try:
        with transaction.atomic():
            price = Price.objects.create(
                **asdict(text), service=service, synthetic=synthetic or service.synthetic
            )
    except IntegrityError:
        message = _("Este concepto ya tiene un precio desde ese día. Retírelo o elija otra fecha.")
        raise Invalid(message, {"valid_from": [message]}) from None
    record(
        PriceSet(
            price=Reference.of("cloud-price", price.id),
            amount=price.amount,
            period=Code(price.period),
            valid_from=price.valid_from,
        ),
        actor=actor,
        subject=service.reference,
        institution=institution_of(service.provider_id),
        occurred_at=start_of(price.valid_from),
        synthetic=price.synthetic,
    )
    return price


def _require_same_unit(service: Service, text: PriceText) -> None:
    """Prices of one concept can be compared over time only when they pay for the same thing."""
    other = service.prices.filter(concept=text.concept).exclude(unit=text.unit, period=text.period).first()
    if other is not None:
        message = _(
            "«%(concept)s» se cobra por %(unit)s, %(period)s. Use la misma unidad u otro concepto."
        ) % {
            "concept": other.concept,
            "unit": other.unit,
            "period": other.get_period_display(),
        }
        raise Invalid(message, {"unit": [message]})


@transaction.atomic
def withdraw_price(code: str, price_id: UUID, *, actor: Actor) -> None:
    """Take back a price that was published by mistake; the ledger remembers both acts. Raises Forbidden."""
    require_provider(actor, *SIGNERS)
    price = hold(Price.objects.filter(service__code=code, id=price_id))
    reference, synthetic = Reference.of("cloud-price", price.id), price.synthetic
    service = price.service
    price.delete()
    record(
        PriceWithdrawn(price=reference),
        actor=actor,
        subject=service.reference,
        institution=institution_of(service.provider_id),
        synthetic=synthetic,
    )
