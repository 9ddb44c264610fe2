"""How an institution enters the register, changes its name, ends and passes its work on."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation import search
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import Invalid
from minga.kernel.facts import Code
from minga.kernel.text import sort_key
from minga.modules.directory.actions.details import (
    Details,
    Lookups,
    model_values,
    settle,
    settle_code,
    settle_line,
)
from minga.modules.directory.actions.holding import hold, save, unless_taken
from minga.modules.directory.actions.populations import end_memberships
from minga.modules.directory.facts import (
    InstitutionClosed,
    InstitutionRegistered,
    InstitutionRenamed,
    InstitutionsMerged,
)
from minga.modules.directory.models import (
    FormerCode,
    Institution,
    InstitutionName,
    PriorityGroup,
    Succession,
    SuccessionKind,
)
from minga.modules.directory.queries import document


def register_institution(
    *,
    code: str,
    details: Details,
    actor: Actor,
    synthetic: bool = False,
    lookups: Lookups | None = None,
) -> Institution:
    """Enter an institution in the register, with its name from the day it exists.

    Raises Forbidden for anyone but a steward, and Invalid for details that break a rule. `lookups` spares the
    reading of codes when many are registered at once; it learns the new one.
    """
    actor.require(Role.STEWARD)
    known = lookups or Lookups.read()
    with unless_taken(code):
        settled = settle(details, known)
        institution = Institution(
            code=settle_code(code, known), synthetic=synthetic, **model_values(settled, known)
        )
        institution.save(force_insert=True)
        institution.priority_groups.set(PriorityGroup.objects.filter(code__in=settled.priority_groups))
        InstitutionName.objects.create(
            institution=institution,
            name=settled.name,
            acronym=settled.acronym,
            valid_from=settled.valid_from,
            norm=settled.created_by,
            status=settled.status,
        )
        known.learn(institution)
        search.index([document(institution)])
        record(registered(institution), actor=actor, **_about(institution))
    return institution


def registered(institution: Institution) -> InstitutionRegistered:
    """The fact that this institution entered the register."""
    return InstitutionRegistered(
        code=Code(institution.code),
        type=Code(institution.type),
        exists_from=institution.valid_from,
        exists_until=institution.valid_until,
    )


def rename_institution(
    *, id: UUID, name: str, acronym: str, since: date, norm: str, code: str, version: int, actor: Actor
) -> Institution:
    """Give the institution a new official name from `since` on; the one before stays in its history.

    A new `code` changes its address, and the old one still leads to it. Raises Forbidden for anyone but a
    steward, Conflict after another edit, and Invalid for a date in the future or before the present name's.
    """
    actor.require(Role.STEWARD)
    with unless_taken(code):
        institution = hold(id, version)
        lookups = Lookups.read()
        words = {
            "name": settle_line("name", name, required=True),
            "acronym": settle_line("acronym", acronym),
        }
        decree = settle_line("norm", norm)
        present = institution.names.select_for_update().get(valid_until=None)
        _check_rename(institution, present, since)
        if code != institution.code:
            settle_code(code, lookups, of=institution.pk)
            FormerCode.objects.filter(code=code).delete()
            FormerCode.objects.create(code=institution.code, institution=institution)
        present.valid_until = since
        present.save(update_fields=["valid_until"])
        InstitutionName.objects.create(institution=institution, valid_from=since, norm=decree, **words)
        institution.code, institution.name, institution.acronym = code, words["name"], words["acronym"]
        institution.sort_key = sort_key(institution.name)[:400]
        save(institution, ["code", "name", "acronym", "sort_key"])
        search.index([document(institution)])
        record(InstitutionRenamed(code=Code(code), since=since), actor=actor, **_about(institution))
    return institution


def close_institution(*, id: UUID, on: date, norm: str, version: int, actor: Actor) -> Institution:
    """Let the institution end on a day, and with it its stay in every register.

    Raises Forbidden for anyone but a steward, Conflict after another edit, and Invalid when it already ended or
    had not begun.
    """
    actor.require(Role.STEWARD)
    with transaction.atomic():
        institution = hold(id, version)
        _close(institution, on, settle_line("norm", norm), actor)
        save(institution, ["valid_until", "closed_by"])
        search.index([document(institution)])
        record(InstitutionClosed(closed_on=on), actor=actor, **_about(institution))
    return institution


def succeed(
    *,
    id: UUID,
    successor: str,
    kind: str,
    on: date,
    norm: str,
    version: int,
    actor: Actor,
) -> Institution:
    """Note that the institution with code `successor` took over from this one on a day.

    A merger, an absorption or a suppression ends this institution that day unless it had already ended; a
    division leaves it alive. Raises Forbidden for anyone but a steward, Conflict after another edit, and Invalid
    for an unknown kind or successor, itself, or a succession already noted.
    """
    actor.require(Role.STEWARD)
    with transaction.atomic():
        institution = hold(id, version)
        decree = settle_line("norm", norm)
        heir = _heir(institution, successor, kind)
        if kind != SuccessionKind.SPLIT and institution.valid_until is None:
            _close(institution, on, decree, actor)
        Succession.objects.create(predecessor=institution, successor=heir, kind=kind, date=on, norm=decree)
        save(institution, ["valid_until", "closed_by"])
        search.index([document(institution)])
        record(
            InstitutionsMerged(successor=heir.reference, kind=Code(kind), took_effect_on=on),
            actor=actor,
            **_about(institution),
        )
    return institution


def _about(institution: Institution) -> dict[str, Any]:
    return {
        "subject": institution.reference,
        "institution": institution.reference,
        "synthetic": institution.synthetic,
    }


def _refuse(field: str, message: str) -> Invalid:
    return Invalid(message, {field: [message]})


def _check_rename(institution: Institution, present: InstitutionName, since: date) -> None:
    if since > today():
        raise _refuse("since", _("Registre el cambio de nombre cuando entre en vigor, no antes."))
    begins = present.valid_from or institution.valid_from
    if begins and since <= begins:
        raise _refuse("since", _("El nombre nuevo debe empezar después que el nombre actual."))
    if institution.valid_until and since >= institution.valid_until:
        raise _refuse("since", _("La institución ya no existía en esa fecha."))


def _close(institution: Institution, on: date, norm: str, actor: Actor) -> None:
    if institution.valid_until is not None:
        raise _refuse("on", _("Esta institución ya tiene fecha de cierre. Corríjala en sus datos."))
    if institution.valid_from and on <= institution.valid_from:
        raise _refuse("on", _("La institución debe terminar después de haber empezado."))
    institution.valid_until, institution.closed_by = on, norm
    end_memberships(institution, on, actor=actor)


def _heir(institution: Institution, code: str, kind: str) -> Institution:
    if kind not in SuccessionKind.values:
        raise _refuse("kind", _("Elija cómo pasó su trabajo a la otra institución."))
    heir = Institution.objects.filter(code=code).first()
    if heir is None:
        raise _refuse("successor", _("No existe la institución «%(code)s».") % {"code": code[:64]})
    if heir.pk == institution.pk:
        raise _refuse("successor", _("Una institución no puede sucederse a sí misma."))
    if Succession.objects.filter(predecessor=institution, successor=heir).exists():
        raise _refuse("successor", _("Esa sucesión ya está registrada."))
    return heir
