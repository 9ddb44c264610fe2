"""The plan's structure by code, and every indicator with its latest published value."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minga.kernel import cards
from minga.kernel.errors import NotFound
from minga.kernel.indicators import Indicator
from minga.modules.plan.models import Publication
from minga.modules.plan.models.structure import IndicatorEntry, Initiative, Programme, Strategy, plan
from minga.modules.plan.queries.columns import columns


@dataclass(frozen=True)
class Reading:
    """An indicator of the plan and where it stands; `published` is None while no room measures it."""

    entry: IndicatorEntry
    published: Publication | None

    @property
    def value(self) -> Decimal | None:
        """The latest published value."""
        return self.published.value if self.published else None

    @property
    def reached(self) -> bool:
        """Whether the latest value meets the target."""
        return self.value is not None and self.value >= self.entry.target


def declarations() -> dict[str, Indicator]:
    """What the rooms of this house measure, by indicator code."""
    return {indicator.code: indicator for indicator in cards.each(lambda room: room.indicators)}


def own_facts() -> set[str]:
    """Names of the plan's own kinds of fact: all of them are public, with what they say."""
    return {kind.name for room in cards.rooms() if room.name == "plan" for kind in room.facts}


# One step down the index for each indicator, however many values were published before.
_NEWEST = f"""
    SELECT newest.* FROM unnest(%(codes)s::text[]) AS asked (code)
    CROSS JOIN LATERAL (
        SELECT {columns(Publication, "definition")} FROM plan_publication
        WHERE indicator = asked.code ORDER BY id DESC LIMIT 1
    ) newest
"""  # noqa: S608 - of constants


def readings(entries: Iterable[IndicatorEntry] | None = None) -> dict[str, Reading]:
    """Indicators of the plan with their latest published values, by code, in the plan's order (one query).

    None asks for all.
    """
    asked = plan().indicators.values() if entries is None else tuple(entries)
    newest = Publication.objects.raw(_NEWEST, {"codes": [entry.code for entry in asked]})
    published = {publication.indicator: publication for publication in newest}
    return {entry.code: Reading(entry, published.get(entry.code)) for entry in asked}


def reading_of(code: str) -> Reading:
    """One indicator with its latest published value; NotFound for an unknown code."""
    entry = indicator_entry(code)
    newest = Publication.objects.filter(indicator=code).order_by("-id").defer("definition").first()
    return Reading(entry, newest)


def programme(code: str) -> Programme:
    """The programme with this code; NotFound otherwise."""
    for candidate in plan().programmes:
        if candidate.code == code:
            return candidate
    raise NotFound(_("El plan no tiene un programa con ese código."))


def strategy(code: str) -> Strategy:
    """The strategy with this code; NotFound otherwise."""
    try:
        return plan().strategies[code]
    except KeyError:
        raise NotFound(_("El plan no tiene una estrategia con ese código.")) from None


def initiative(code: str) -> Initiative:
    """The initiative with this code; NotFound otherwise."""
    try:
        return plan().initiatives[code]
    except KeyError:
        raise NotFound(_("El plan no tiene una iniciativa con ese código.")) from None


def indicator_entry(code: str) -> IndicatorEntry:
    """The indicator with this code; NotFound otherwise."""
    try:
        return plan().indicators[code]
    except KeyError:
        raise NotFound(_("El plan no tiene un indicador con ese código.")) from None


def publications_of(code: str, *, limit: int = 20) -> QuerySet[Publication]:
    """The newest published values of an indicator."""
    return Publication.objects.filter(indicator=code).order_by("-id")[:limit]
