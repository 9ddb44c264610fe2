"""Letters to those who owe the plan something, a little before its last day and from time to time after it."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from minga.foundation.calendars.queries import calendar_on
from minga.foundation.outbox.sending import send
from minga.kernel.actors import Role
from minga.kernel.calendars import Calendar
from minga.kernel.clock import today
from minga.modules.directory import contracts as directory
from minga.modules.identity.contracts import STEWARDING, Mailbox, mailboxes
from minga.modules.plan import queries
from minga.modules.plan.actions import powers
from minga.modules.plan.queries import Obligation, Part, Turn
from minga.ui.formats import day as in_words

BEFORE = (5, 1)
"""Working days before the last day on which a letter goes out."""
AGAIN = 5
"""After the last day a letter goes out on the first working day, and then each time so many have passed."""

_Owed = tuple[Part, Obligation]


def remind() -> int:
    """Write today's letters and say how many are new; safe to run again on the same day.

    A letter to each person of an institution that has something to file (all of it in one letter), and to those who
    review at MINTEL. Nothing goes out on a day that is not worked.
    """
    calendar, on = calendar_on(), today()
    if not calendar.day(on).counts:
        return 0
    owed, reviews = _grouped(queries.parts())
    written = 0
    for institution, entries in owed.items():
        if _is_the_day(entries, calendar, on):
            written += _write(
                mailboxes(institution=institution, roles=powers.PREPARERS, on=on),
                entries,
                about=str(institution),
            )
    if _is_the_day(reviews, calendar, on):
        steering = directory.institution(STEWARDING).id
        written += _write(
            mailboxes(institution=steering, roles=[Role.STEWARD], on=on), reviews, about="review"
        )
    return written


def _grouped(parts: Iterable[Part]) -> tuple[dict[UUID, list[_Owed]], list[_Owed]]:
    """What each institution has to file, and what waits for a review."""
    owed: dict[UUID, list[_Owed]] = {}
    reviews: list[_Owed] = []
    for part in parts:
        for obligation in part.obligations:
            if obligation.asked:
                owed.setdefault(part.participant.institution.id, []).append((part, obligation))
            elif obligation.turn is Turn.REVIEW:
                reviews.append((part, obligation))
    return owed, reviews


def _is_the_day(entries: Sequence[_Owed], calendar: Calendar, on: date) -> bool:
    return any(
        worth_a_letter(due_on=obligation.due_on, calendar=calendar, on=on)
        for _part, obligation in entries
        if obligation.due_on is not None
    )


def worth_a_letter(*, due_on: date, calendar: Calendar, on: date) -> bool:
    """Whether something due on a day is worth a letter on another."""
    if on <= due_on:
        return calendar.working_days_between(on, due_on) in BEFORE
    passed = calendar.working_days_between(due_on, on)
    return passed == 1 or passed % AGAIN == 0


@transaction.atomic
def _write(boxes: Sequence[Mailbox], entries: Sequence[_Owed], *, about: str) -> int:
    written = 0
    for box in boxes:
        with override(box.language):
            subject = ngettext(
                "Plan de gobierno electrónico: tiene %(count)s asunto pendiente",
                "Plan de gobierno electrónico: tiene %(count)s asuntos pendientes",
                len(entries),
            ) % {"count": len(entries)}
            written += send(
                to=box.address,
                subject=subject,
                body=_body(entries),
                kind="plan.reminder",
                key=f"plan.reminder:{today().isoformat()}:{about}:{box.account.id}",
                language=box.language,
            )
    return written


def _body(entries: Sequence[_Owed]) -> str:
    lines = [_line(part, obligation) for part, obligation in entries]
    address = f"{settings.MINGA_PUBLIC_URL.rstrip('/')}{reverse('plan:progress_work')}"
    closing = _("Puede verlo y responder en su escritorio: %(address)s") % {"address": address}
    return "\n\n".join([_("Tiene pendiente:"), *lines, closing])


def _line(part: Part, obligation: Obligation) -> str:
    what = (
        _("Informe del %(quarter)s") % {"quarter": obligation.quarter.title.lower()}
        if obligation.quarter
        else _("Hoja de ruta")
    )
    line = f"{part.initiative.code} {part.initiative.title} · {part.participant.institution.title} · {what}"
    if obligation.due_on is None:
        return line
    until = _("hasta el %(day)s") % {"day": in_words(obligation.due_on)}
    if obligation.late:
        until = _("atrasado desde el %(day)s") % {"day": in_words(obligation.due_on)}
    return f"{line} · {until}"
