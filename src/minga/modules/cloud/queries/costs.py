"""Comparing what the same need costs with each service, and what institutions say they pay elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from uuid import UUID

from minga.kernel.money import CENT
from minga.modules.cloud.models import DeclaredCost, Price
from minga.modules.cloud.models.service import Category, Period
from minga.modules.cloud.queries.services import current_prices

FEWEST = 5
"""Declarations below which what institutions pay elsewhere is not shown."""


@dataclass(frozen=True)
class Offer:
    """What a need costs with one concept of one service, in dollars for the whole term.

    `elsewhere` is the middle of what at least five institutions say they pay for the same, None with fewer; what
    invented institutions say counts only beside an invented price.
    """

    price: Price
    total: Decimal
    elsewhere: Decimal | None
    declared: int


def total(amount: Decimal, period: Period, *, quantity: int, months: int) -> Decimal:
    """Dollars for `quantity` units during `months`: a yearly price is shared out by month, a single one paid once."""
    times = {Period.MONTH: Decimal(months), Period.YEAR: Decimal(months) / 12, Period.ONCE: Decimal(1)}
    return (amount * quantity * times[period]).quantize(CENT)


def compare(*, category: str, quantity: int, months: int, on: date) -> list[Offer]:
    """The offers of a category for a need: those of one unit together, the cheapest first (two queries)."""
    prices = [price for price in current_prices(on=on) if price.service.category == category]
    declared = _declared(price.service_id for price in prices)
    offers = []
    for price in prices:
        costs = declared.get((price.service_id, price.concept), [])
        monthly = [cost.monthly for cost in costs if price.synthetic or not cost.synthetic]
        elsewhere = median(monthly) * quantity * months if len(monthly) >= FEWEST else None
        offers.append(
            Offer(
                price,
                total(price.amount, Period(price.period), quantity=quantity, months=months),
                None if elsewhere is None else Decimal(elsewhere).quantize(CENT),
                len(monthly),
            )
        )
    return sorted(offers, key=lambda offer: (offer.price.unit, offer.total, offer.price.concept))


def _declared(services: Iterable[UUID]) -> dict[tuple[UUID, str], list[DeclaredCost]]:
    found: dict[tuple[UUID, str], list[DeclaredCost]] = {}
    for cost in DeclaredCost.objects.filter(service_id__in=set(services)):
        found.setdefault((cost.service_id, cost.concept), []).append(cost)
    return found


def declarable(*, on: date) -> list[Price]:
    """Today's prices that can be compared with a monthly cost: not those paid once (one query)."""
    return [price for price in current_prices(on=on) if price.period != Period.ONCE]


def priced_categories(*, on: date) -> list[Category]:
    """The categories in which something has a price today (one query)."""
    found = {price.service.category for price in current_prices(on=on)}
    return [category for category in Category if category in found]


def declared_by(institutions: list[UUID]) -> list[DeclaredCost]:
    """What these institutions have declared (one query)."""
    return list(
        DeclaredCost.objects.filter(institution_id__in=institutions).select_related("service", "institution")
    )
