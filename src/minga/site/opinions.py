"""What people say of the public pages: whether one helped, and what they looked for. Nobody asks who they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.foundation.search.models import SearchDocument
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import Invalid, NotFound
from minga.kernel.references import Reference
from minga.kernel.text import BadText, clean_text
from minga.site.facts import OpinionErased
from minga.site.models import Opinion

READERS = (Role.STEWARD, Role.AUDITOR)
LONGEST_TEXT = 1000
SHOWN_DAYS = 90
KEPT_DAYS = 365

_YES, _NO = Count("pk", filter=Q(helped=True)), Count("pk", filter=Q(helped=False))


@dataclass(frozen=True)
class Tally:
    """How many said in the last 90 days that a page helped them, and how many that it did not."""

    address: str
    yes: int
    no: int


def give_opinion(*, address: str, helped: bool, text: str, token: UUID) -> None:
    """Keep an answer about the page at `address`, with the day; the same `token` again changes nothing.

    Raises Invalid (`text`) for a text that cannot be kept.
    """
    opinion = Opinion(token=token, address=address, helped=helped, text=_cleaned(text), day=today())
    Opinion.objects.bulk_create([opinion], ignore_conflicts=True)


def tallies(*, actor: Actor) -> QuerySet[Opinion, Any]:
    """The pages of which people said something in the last 90 days, those that helped least first.

    Rows hold `address`, `yes` and `no`. Only stewards and auditors may read them.
    """
    actor.require(*READERS)
    counted = _recent().values("address").annotate(yes=_YES, no=_NO)
    return counted.order_by("-no", "yes", "address")


def tally(address: str, *, actor: Actor) -> Tally:
    """The answers about one page; NotFound when nobody ever gave one."""
    actor.require(*READERS)
    counts = _recent().filter(address=address).aggregate(yes=_YES, no=_NO)
    if not any(counts.values()) and not Opinion.objects.filter(address=address).exists():
        raise NotFound(_("Todavía nadie ha opinado sobre esa página."))
    return Tally(address=address, **counts)


def comments(address: str, *, actor: Actor) -> QuerySet[Opinion]:
    """What people wrote about one page, newest first; it may name persons, in spite of the hint."""
    actor.require(*READERS)
    return Opinion.objects.filter(address=address).exclude(text="").order_by("-day", "token")


def titles(addresses: Iterable[str]) -> dict[str, str]:
    """What the search index calls these pages; those that it does not know are missing."""
    found = SearchDocument.objects.filter(url__in=list(addresses)).order_by("-id")
    return dict(found.values_list("url", "title"))


def erase(token: UUID, *, actor: Actor) -> str:
    """Remove the text of one answer, because it names somebody or does harm; returns the page's address.

    The answer still counts. Only stewards may; NotFound when there is no such answer.
    """
    actor.require(Role.STEWARD)
    with transaction.atomic():
        opinion = Opinion.objects.select_for_update().filter(token=token).first()
        if opinion is None:
            raise NotFound(_("Esa opinión ya no existe."))
        opinion.text = ""
        opinion.save(update_fields=["text"])
        record(OpinionErased(), actor=actor, subject=Reference.of("opinion", token))
    return opinion.address


def forget_old() -> int:
    """Remove the answers that are older than a year; returns how many."""
    return Opinion.objects.filter(day__lt=today() - timedelta(days=KEPT_DAYS)).delete()[0]


def _recent() -> QuerySet[Opinion]:
    return Opinion.objects.filter(day__gt=today() - timedelta(days=SHOWN_DAYS))


def _cleaned(text: str) -> str:
    try:
        cleaned = clean_text(text)
    except BadText as error:
        raise Invalid(fields={"text": [_(error.message)]}) from error
    if len(cleaned) > LONGEST_TEXT:
        words = _("Escriba %(count)s caracteres como máximo.") % {"count": LONGEST_TEXT}
        raise Invalid(fields={"text": [words]})
    return cleaned
