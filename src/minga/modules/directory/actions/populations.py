"""Which registers an institution belongs to, kept in rows and mirrored into the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.errors import Invalid
from minga.kernel.facts import Code
from minga.modules.directory.actions.holding import hold, save
from minga.modules.directory.facts import Periods, PopulationDeclared
from minga.modules.directory.models import Institution, Membership, Register, Status

DECLARED = (Register.APC, Register.MUNICIPAL_GADS)
"""Registers that a steward declares; the priority one follows from the APC and the priority groups."""


@dataclass(frozen=True, order=True, kw_only=True)
class Period:
    """A stay in a register: [valid_from, valid_until), open while `valid_until` is None."""

    valid_from: date
    valid_until: date | None = None
    norm: str = ""
    status: str = Status.UNVERIFIED


def declare_population(
    *, id: UUID, register: str, periods: Sequence[Period], version: int, actor: Actor
) -> Institution:
    """State all periods in which the institution belongs to the register; earlier ones are replaced.

    Raises Forbidden for anyone but a steward, Conflict after another edit, and Invalid when a period ends
    before it starts, overlaps another or leaves the time in which the institution exists.
    """
    actor.require(Role.STEWARD)
    with transaction.atomic():
        institution = hold(id, version)
        settled = settle_periods(
            periods, register, since=institution.valid_from, until=institution.valid_until
        )
        set_periods(institution, register, settled, actor=actor)
        save(institution)
    return institution


def settle_periods(
    periods: Sequence[Period], register: str, *, since: date | None, until: date | None
) -> list[Period]:
    """The periods in order of time; Invalid when they contradict each other.

    `since` and `until` bound the time in which the institution exists, where they are known.
    """
    if register not in DECLARED:
        raise Invalid(_("Ese registro no se declara a mano."))
    ordered = sorted(periods, key=lambda period: period.valid_from)
    for before, after in pairwise(ordered):
        if before.valid_until is None or before.valid_until > after.valid_from:
            raise _wrong(_("Dos períodos del mismo registro no pueden coincidir en el tiempo."))
    for period in ordered:
        _check_period(period, since, until)
    return ordered


def set_periods(institution: Institution, register: str, periods: Sequence[Period], *, actor: Actor) -> None:
    """Keep these rows for the register and tell the ledger; nothing happens when nothing changes."""
    rows = Membership.objects.filter(institution=institution, register=register)
    kept = [
        Period(valid_from=row.valid_from, valid_until=row.valid_until, norm=row.norm, status=row.status)
        for row in rows.order_by("valid_from")
    ]
    if kept == list(periods):
        return
    rows.delete()
    Membership.objects.bulk_create(
        Membership(institution=institution, register=register, **vars(period)) for period in periods
    )
    if _dates(kept) != _dates(periods):
        declare(institution, register, _dates(periods), actor=actor)
        if register == Register.APC:
            mirror_priority(institution, actor=actor)


def end_memberships(institution: Institution, on: date, *, actor: Actor) -> None:
    """Let every stay in a register end when the institution does."""
    for register in DECLARED:
        rows = Membership.objects.filter(institution=institution, register=register).order_by("valid_from")
        periods = [
            Period(
                valid_from=row.valid_from,
                valid_until=min(row.valid_until or on, on),
                norm=row.norm,
                status=row.status,
            )
            for row in rows
            if row.valid_from < on
        ]
        set_periods(institution, register, periods, actor=actor)


def mirror_priority(institution: Institution, *, actor: Actor) -> None:
    """Declare the priority register anew: the APC periods of an institution tied to a priority group."""
    tied = institution.priority_groups.exists()
    rows = Membership.objects.filter(institution=institution, register=Register.APC).order_by("valid_from")
    periods = tuple(rows.values_list("valid_from", "valid_until")) if tied else ()
    declare(institution, Register.PRIORITY_APC, periods, actor=actor)


def declare(institution: Institution, register: str, periods: Periods, *, actor: Actor) -> None:
    """Write the population fact that indicators read."""
    record(
        PopulationDeclared(register=Code(register), periods=periods),
        actor=actor,
        subject=institution.reference,
        institution=institution.reference,
        synthetic=institution.synthetic,
    )


def _dates(periods: Sequence[Period]) -> Periods:
    return tuple((period.valid_from, period.valid_until) for period in periods)


def _check_period(period: Period, since: date | None, until: date | None) -> None:
    if period.valid_until is not None and period.valid_until <= period.valid_from:
        raise _wrong(_("Un período debe terminar después de haber empezado."))
    if since and period.valid_from < since:
        raise _wrong(_("Un período no puede empezar antes que la institución."))
    if until and (period.valid_until is None or period.valid_until > until):
        raise _wrong(_("Un período no puede terminar después que la institución."))


def _wrong(message: str) -> Invalid:
    return Invalid(message, {"periods": [message]})
