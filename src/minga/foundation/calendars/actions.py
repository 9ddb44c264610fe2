"""What a steward does to the calendar."""

import datetime as dt
import re

from django.db import IntegrityError, transaction

from minga.foundation.calendars import known
from minga.foundation.calendars.facts import DayDeclared, DayWithdrawn
from minga.foundation.calendars.models import CalendarDay
from minga.foundation.calendars.queries import calendar_on
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.calendars import Override, OverrideKind, Place
from minga.kernel.clock import now
from minga.kernel.errors import Conflict, Invalid, NotFound
from minga.kernel.facts import Code
from minga.kernel.references import Reference
from minga.kernel.text import N_, BadText, clean_line

_CANTON = re.compile("(?:0[1-9]|1[0-9]|2[0-4]|90)[0-9]{2}")
_LONGEST = 300


@transaction.atomic
def declare_day(
    *,
    date: dt.date,
    kind: OverrideKind,
    name: str,
    norm: str,
    actor: Actor,
    canton: str = "",
    moved_from: dt.date | None = None,
) -> int:
    """Declare a day of rest or of work by virtue of a norm, and return its id.

    `canton` is an INEC code of four digits, empty for the whole country; `moved_from` the date whose rest goes to
    `date`, for kind MOVED. Raises Forbidden, Invalid (with the fields), or Conflict when that day and place already
    have a declaration.
    """
    actor.require(Role.STEWARD)
    return _declare(_checked(date, kind, name, norm, canton, moved_from), actor)


@transaction.atomic
def amend_day(
    *,
    day_id: int,
    date: dt.date,
    kind: OverrideKind,
    name: str,
    norm: str,
    actor: Actor,
    canton: str = "",
    moved_from: dt.date | None = None,
) -> int:
    """Put another declaration in the place of one that holds, and return the new id; the old one stays on record.

    Raises Conflict when somebody withdrew or amended it meanwhile; else as `declare_day`.
    """
    actor.require(Role.STEWARD)
    _withdraw(day_id, actor)
    return _declare(_checked(date, kind, name, norm, canton, moved_from), actor)


@transaction.atomic
def withdraw_day(*, day_id: int, actor: Actor) -> None:
    """Let a declaration cease to hold. Raises Forbidden, NotFound, or Conflict when it no longer held."""
    actor.require(Role.STEWARD)
    _withdraw(day_id, actor)


@transaction.atomic
def declare_known_days(*, actor: Actor) -> int:
    """Declare the decrees and local holidays that Minga brings along, and return how many were new.

    A day and place that were ever declared, even if withdrawn since, are left as the stewards want them.
    """
    actor.require(Role.STEWARD)
    decided = set(CalendarDay.objects.values_list("date", "canton"))
    new = [row for row in known.days() if (row.date, row.canton) not in decided]
    for row in new:
        _declare(row, actor)
    return len(new)


def _declare(day: Override, actor: Actor) -> int:
    try:
        with transaction.atomic():
            row = CalendarDay.objects.create(
                date=day.date,
                kind=day.kind,
                canton=day.canton,
                moved_from=day.moved_from,
                name=day.name,
                norm=day.norm,
                declared_at=now(),
                declared_by=actor.reference,
            )
    except IntegrityError as clash:
        raise Conflict(
            N_("Ese día ya tiene una declaración para ese lugar. Revísela antes de cambiarla.")
        ) from clash
    fact = DayDeclared(date=day.date, kind=day.kind, canton=_code(day.canton), moved_from=day.moved_from)
    record(fact, actor=actor, subject=Reference.of("calendar-day", row.pk))
    return row.pk


def _withdraw(day_id: int, actor: Actor) -> None:
    row = CalendarDay.objects.select_for_update().filter(id=day_id).first()
    if row is None:
        raise NotFound(N_("Ese día no está declarado en el calendario."))
    if row.withdrawn_at is not None:
        raise Conflict(N_("Otra persona ya retiró o cambió esta declaración. Vuelva a mirar el calendario."))
    row.withdrawn_at, row.withdrawn_by = now(), actor.reference
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    fact = DayWithdrawn(date=row.date, canton=_code(row.canton))
    record(fact, actor=actor, subject=Reference.of("calendar-day", row.pk))


def _checked(
    date: dt.date, kind: OverrideKind, name: str, norm: str, canton: str, moved_from: dt.date | None
) -> Override:
    """The declaration, or Invalid with what to write instead in each field."""
    fields: dict[str, list[str]] = {}
    name = _line("name", name, N_("Escriba el nombre del feriado o de la jornada."), fields)
    norm = _line(
        "norm", norm, N_("Escriba la norma que lo declara, por ejemplo Decreto Ejecutivo 249."), fields
    )
    if canton and not _CANTON.fullmatch(canton):
        fields["canton"] = [N_("Elija un cantón de la lista.")]
    if fields:
        raise Invalid(N_("Revise los datos del día."), fields)
    day = Override(date, kind, name, norm, canton, moved_from)
    if kind is OverrideKind.RECOVERY_WORKDAY and calendar_on().day(date, Place(canton)).counts:
        message = N_("Ese día ya es laborable: una jornada de recuperación va en un día de descanso.")
        raise Invalid(message, {"date": [message]})
    return day


def _line(field: str, text: str, missing: str, fields: dict[str, list[str]]) -> str:
    """The cleaned text of a field; what is wrong with it is added to `fields`."""
    try:
        cleaned = clean_line(text)
    except BadText as bad:
        fields[field] = [str(bad)]
        return ""
    if not cleaned:
        fields[field] = [missing]
    elif len(cleaned) > _LONGEST:
        fields[field] = [N_("Escriba 300 caracteres como máximo.")]
    return cleaned


def _code(canton: str) -> Code | None:
    return Code(canton) if canton else None
