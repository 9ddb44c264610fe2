"""Publishing indicator values, and computing them again from what was stored with them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from minga.foundation.ledger.measure import AsOf, Outcome, evaluate
from minga.foundation.ledger.sealing import frontier
from minga.kernel.clock import today
from minga.kernel.indicators import Indicator, definition, definition_hash, from_definition
from minga.kernel.text import N_
from minga.modules.plan import queries
from minga.modules.plan.models import Publication

_LOCK = 0x506C616E
"""One publisher at a time: two at once could leave the older value as the newest."""


_FIELDS = {
    "value": N_("el valor"),
    "numerator": N_("el numerador"),
    "denominator": N_("el denominador"),
    "digest": N_("la huella de los sujetos"),
}


@dataclass(frozen=True)
class Check:
    """What recomputing one published value gave; `fault` is empty when it is the same to the last subject."""

    publication: Publication
    fault: str = ""


def publish(*, day: date | None = None) -> list[Publication]:
    """Publish every indicator that changed since its latest value, and all of them once a day.

    Reads the ledger only up to a settled position, so that each value can be computed again for ever; never up
    to an earlier one than before, as `frontier` may answer while a long transaction runs.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        return _publish(day or today())


def _publish(day: date) -> list[Publication]:
    latest = {code: reading.published for code, reading in queries.readings().items()}
    position = max(frontier(), *(published.position for published in latest.values() if published), 0)
    made = []
    for code, declaration in queries.declarations().items():
        candidate = _measured(declaration, AsOf(day, position))
        if _is_news(candidate, latest.get(code)):
            candidate.save(force_insert=True)
            made.append(candidate)
    return made


def _is_news(candidate: Publication, latest: Publication | None) -> bool:
    if latest is None or latest.day != candidate.day:
        return True
    return (latest.digest, latest.definition_hash) != (candidate.digest, candidate.definition_hash)


def _measured(declaration: Indicator, as_of: AsOf) -> Publication:
    outcome = evaluate(declaration, as_of)
    return Publication(
        indicator=declaration.code,
        day=as_of.day,
        position=as_of.position,
        definition=definition(declaration),
        definition_hash=definition_hash(declaration),
        value=outcome.value,
        numerator=len(outcome.counting),
        denominator=len(outcome.members),
        digest=_digest(outcome),
    )


def _digest(outcome: Outcome) -> str:
    lines = [f"{member.subject} {int(member.counts)} {member.position}" for member in outcome.members]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def recompute() -> Iterator[Check]:
    """Compute every published value again, by the method and at the position stored with it."""
    for publication in Publication.objects.order_by("id").iterator():
        yield Check(publication, _fault_of(publication))


def _fault_of(publication: Publication) -> str:
    try:
        declaration = from_definition(publication.definition)
    except (ValueError, KeyError) as error:
        return _("su método no se puede leer: %(error)s") % {"error": error}
    if definition_hash(declaration) != publication.definition_hash:
        return _("su método se cambió después de publicarlo")
    again = _measured(declaration, AsOf(publication.day, publication.position))
    for field, called in _FIELDS.items():
        before, after = getattr(publication, field), getattr(again, field)
        if before != after:
            return _("%(field)s era %(before)s y ahora da %(after)s") % {
                "field": _(called),
                "before": before,
                "after": after,
            }
    return ""
