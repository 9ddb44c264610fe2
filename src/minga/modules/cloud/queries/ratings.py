"""Reading the monthly survey: who has still to answer, and averages that give nobody away."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet

from minga.kernel.clock import today
from minga.modules.cloud.models import Adoption, Rating, Service
from minga.modules.cloud.models.adoption import AdoptionState

FEWEST = 5
"""Answers below which no average is published: with fewer one could guess who said what."""


def month_to_rate(on: date) -> date:
    """The first day of the month whose survey is open on a day: the month before, for as long as this one lasts."""
    return (on.replace(day=1) - timedelta(days=1)).replace(day=1)


def last_day_to_rate(on: date) -> date:
    """The last day to answer the survey that is open on a day."""
    return (on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def a_year_before(on: date) -> date:
    """The month from which the last twelve closed months count."""
    month = month_to_rate(on)
    return month.replace(year=month.year - 1)


def used_in(month: date, *, institutions: Collection[UUID] | None = None) -> QuerySet[Adoption]:
    """Confirmed contracts that were in use during at least a day of a month, of institutions that had not closed."""
    next_month = (month + timedelta(days=32)).replace(day=1)
    during = Q(starts_on__lt=next_month) & (Q(ended_on__isnull=True) | Q(ended_on__gt=month))
    confirmed = (
        Adoption.objects.of_open(month)
        .filter(during, state__in=[AdoptionState.CONFIRMED, AdoptionState.ENDED])
        .select_related("service", "institution")
    )
    return confirmed if institutions is None else confirmed.filter(institution_id__in=institutions)


def to_rate(*, institutions: Collection[UUID], month: date) -> QuerySet[Adoption]:
    """Uses of a month that these institutions have not rated, one contract for each service."""
    answered = Rating.objects.filter(
        service=OuterRef("service"), institution=OuterRef("institution"), month=month
    )
    return (
        used_in(month, institutions=institutions)
        .filter(~Exists(answered))
        .order_by("institution_id", "service_id")
        .distinct("institution_id", "service_id")
    )


def rating(*, service: Service, institution: UUID, month: date) -> Rating | None:
    """What an institution answered about a service and a month, if it did."""
    return Rating.objects.filter(service=service, institution_id=institution, month=month).first()


def answered(*, institutions: Collection[UUID], month: date) -> QuerySet[Rating]:
    """What these institutions answered about a month."""
    return Rating.objects.filter(institution_id__in=institutions, month=month).select_related(
        "service", "institution"
    )


@dataclass(frozen=True)
class Average:
    """What institutions think of one service in one month; the grades are None with fewer than five answers."""

    service: UUID
    month: date
    answers: int
    overall: Decimal | None
    support: Decimal | None
    reliability: Decimal | None
    synthetic: bool


def averages(*, since: date, services: Iterable[UUID] | None = None) -> Iterator[Average]:
    """Averages by service and closed month since a day, the newest first (one query); an open month still changes."""
    found = Rating.objects.filter(month__gte=since, month__lt=month_to_rate(today()))
    if services is not None:
        found = found.filter(service__in=list(services))
    rows = (
        found.values("service", "month")
        .annotate(
            answers=Count("id"),
            overall=Avg("overall"),
            support=Avg("support"),
            reliability=Avg("reliability"),
            invented=BoolOr("synthetic"),
        )
        .order_by("-month", "service__sort_key")
    )
    for row in rows:
        enough = row["answers"] >= FEWEST
        yield Average(
            service=row["service"],
            month=row["month"],
            answers=row["answers"],
            overall=_rounded(row["overall"]) if enough else None,
            support=_rounded(row["support"]) if enough else None,
            reliability=_rounded(row["reliability"]) if enough else None,
            synthetic=row["invented"],
        )


def _rounded(mean: float | Decimal) -> Decimal:
    return Decimal(str(mean)).quantize(Decimal("0.1"))


def comments(*, service: Service) -> QuerySet[Rating]:
    """What institutions wrote about a service, the newest first: for the provider, the steward and auditors only."""
    return Rating.objects.filter(service=service).exclude(comment="").select_related("institution")
