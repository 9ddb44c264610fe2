"""Putting an institution's details right, and keeping its contacts up to date."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation import search
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.errors import Invalid
from minga.kernel.facts import Code
from minga.modules.directory.actions.details import (
    Details,
    Lookups,
    model_values,
    settle,
    settle_contacts,
)
from minga.modules.directory.actions.holding import hold, save
from minga.modules.directory.actions.populations import end_memberships, mirror_priority
from minga.modules.directory.facts import InstitutionChanged
from minga.modules.directory.models import Institution, PriorityGroup, Register
from minga.modules.directory.queries import document


def change_details(
    *, id: UUID, details: Details, version: int | None, actor: Actor, lookups: Lookups | None = None
) -> Institution:
    """Put details right. A name changed here is a correction; an official change is `rename_institution`.

    An earlier end also ends its stay in every register. Saving what is already there changes nothing. Raises
    Forbidden for anyone but a steward, Conflict after another edit (unless `version` is None) and Invalid for
    details that break a rule.
    """
    actor.require(Role.STEWARD)
    known = lookups or Lookups.read()
    with transaction.atomic():
        institution = hold(id, version)
        settled = settle(details, known, of=institution.pk)
        values = model_values(settled, known)
        _check_beginning(institution, settled)
        changed = [name for name, value in values.items() if getattr(institution, name) != value]
        for name in changed:
            setattr(institution, name, values[name])
        regrouped = _regroup(institution, settled.priority_groups)
        if not changed and not regrouped:
            return institution
        if {"name", "acronym", "valid_from"} & set(changed):
            _correct_names(institution)
        save(institution, changed)
        if "valid_until" in changed and institution.valid_until:
            end_memberships(institution, institution.valid_until, actor=actor)
        if regrouped and institution.memberships.filter(register=Register.APC).exists():
            mirror_priority(institution, actor=actor)
        _tell(institution, [*changed, *(["priority_groups"] if regrouped else [])], actor)
    return institution


def change_contacts(
    *,
    id: UUID,
    websites: Sequence[str],
    email: str,
    phone: str,
    address: str,
    version: int,
    actor: Actor,
) -> Institution:
    """Bring the institution's contacts up to date.

    Allowed to a steward, and to whoever approves or heads in that institution. Raises Forbidden, Conflict after
    another edit, and Invalid for an address that cannot be one.
    """
    with transaction.atomic():
        institution = hold(id, version)
        if not actor.holds(Role.STEWARD):
            actor.require(Role.HEAD, Role.APPROVER, institution=institution.reference)
        values = settle_contacts(websites=websites, email=email, phone=phone, address=address)
        changed = [name for name, value in values.items() if getattr(institution, name) != value]
        if not changed:
            return institution
        for name in changed:
            setattr(institution, name, values[name])
        save(institution, changed)
        _tell(institution, changed, actor)
    return institution


def _regroup(institution: Institution, groups: Sequence[str]) -> bool:
    """Tie the institution to these priority groups; whether that changed any."""
    present = set(institution.priority_groups.values_list("code", flat=True))
    institution.priority_groups.set(PriorityGroup.objects.filter(code__in=groups))
    return present != set(groups)


def _check_beginning(institution: Institution, details: Details) -> None:
    """An institution cannot begin after it was in a register or had taken a later name."""
    since = details.valid_from
    if since is None:
        return
    if institution.memberships.filter(valid_from__lt=since).exists():
        message = _(
            "La institución ya constaba en un registro antes de esa fecha. Corrija primero sus registros."
        )
    elif institution.names.filter(valid_until__lte=since).exists():
        message = _("La institución ya cambió de nombre antes de esa fecha.")
    else:
        return
    raise Invalid(message, {"valid_from": [message]})


def _correct_names(institution: Institution) -> None:
    """Carry a correction of name or beginning to the dated names."""
    names = list(institution.names.order_by("valid_until"))
    present = next(name for name in names if name.valid_until is None)
    present.name, present.acronym = institution.name, institution.acronym
    if len(names) == 1:
        present.valid_from = institution.valid_from
    present.save(update_fields=["name", "acronym", "valid_from"])


def _tell(institution: Institution, changed: Sequence[str], actor: Actor) -> None:
    search.index([document(institution)])
    names = tuple(Code(name.removesuffix("_id") if name != "gobec_id" else name) for name in changed)
    record(
        InstitutionChanged(fields=names),
        actor=actor,
        subject=institution.reference,
        institution=institution.reference,
        synthetic=institution.synthetic,
    )
