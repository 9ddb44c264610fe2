"""The continuous improvement of the services: opened, followed, done and verified."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import now, today
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.kernel.facts import Code, Fact
from minga.modules.cloud import facts
from minga.modules.cloud.actions.holding import hold, institution_of
from minga.modules.cloud.actions.powers import WRITERS, is_provider
from minga.modules.cloud.models import Improvement, ImprovementNote, Service
from minga.modules.cloud.models.improvement import Cause, ImprovementState, NoteKind
from minga.modules.cloud.queries.improvements import OWNERS
from minga.modules.directory.contracts import InstitutionSummary


@dataclass(frozen=True, kw_only=True)
class ImprovementText:
    """What will be put right, who answers for it and until when."""

    service: Service
    title: str
    description: str
    cause: Cause
    owner_post: str
    due_on: date


def may_open(actor: Actor) -> bool:
    """Whether the actor opens actions: officials of the provider, and the plan's steward."""
    return is_provider(actor) or actor.holds(Role.STEWARD)


@transaction.atomic
def open_improvement(
    text: ImprovementText, *, owner: InstitutionSummary, actor: Actor, synthetic: bool = False
) -> Improvement:
    """Open an action. Raises Forbidden, and Invalid for an owner without a part in it or a day that has passed."""
    if not may_open(actor):
        raise Forbidden()
    if owner.code not in OWNERS:
        message = _("Responde el proveedor o el ente rector.")
        raise Invalid(message, {"owner": [message]})
    _require_future(text.due_on)
    action = Improvement.objects.create(
        **vars(text), owner_id=owner.id, opened_on=today(), synthetic=synthetic or text.service.synthetic
    )
    _note(action, NoteKind.OPENED, "", actor)
    _record(
        action,
        facts.ImprovementOpened(
            service=action.service.reference, cause=Code(action.cause), due_on=action.due_on
        ),
        actor,
    )
    return action


@transaction.atomic
def note_progress(id: UUID, *, text: str, actor: Actor) -> ImprovementNote:
    """Tell how an open action goes, in public. Raises Forbidden, Conflict, Invalid."""
    action = _held(id, None)
    _require_follower(action, actor)
    _require_state(action, ImprovementState.OPEN)
    return _note(action, NoteKind.PROGRESS, _said(text), actor)


@transaction.atomic
def postpone_improvement(id: UUID, *, due_on: date, reason: str, version: int, actor: Actor) -> Improvement:
    """Give an open action another last day; only the steward does. Raises Forbidden, Conflict, Invalid."""
    actor.require(Role.STEWARD)
    action = _held(id, version)
    _require_state(action, ImprovementState.OPEN)
    _require_future(due_on)
    action.due_on = due_on
    _note(action, NoteKind.POSTPONED, _said(reason), actor)
    _saved(action)
    _record(action, facts.ImprovementPostponed(service=action.service.reference, due_on=action.due_on), actor)
    return action


@transaction.atomic
def finish_improvement(id: UUID, *, text: str, version: int, actor: Actor) -> Improvement:
    """The owner says what was done. Raises Forbidden, Conflict, Invalid."""
    action = _held(id, version)
    actor.require(*WRITERS, institution=institution_of(action.owner_id))
    _require_state(action, ImprovementState.OPEN)
    action.state, action.done_on = ImprovementState.DONE, today()
    _note(action, NoteKind.DONE, _said(text), actor)
    _saved(action)
    _record(action, facts.ImprovementDone(service=action.service.reference), actor)
    return action


@transaction.atomic
def judge_improvement(id: UUID, *, done: bool, text: str, version: int, actor: Actor) -> Improvement:
    """The steward verifies what was said to be done, or sends it back and says what is missing.

    Raises Forbidden, Conflict, and Invalid when it goes back without a reason.
    """
    actor.require(Role.STEWARD)
    action = _held(id, version)
    _require_state(action, ImprovementState.DONE)
    service = action.service.reference
    fact: Fact
    if done:
        action.state, action.verified_on = ImprovementState.VERIFIED, today()
        _note(action, NoteKind.VERIFIED, text.strip(), actor)
        fact = facts.ImprovementVerified(service=service)
    else:
        action.state, action.done_on = ImprovementState.OPEN, None
        _note(action, NoteKind.RETURNED, _said(text), actor)
        fact = facts.ImprovementReturned(service=service)
    _saved(action)
    _record(action, fact, actor)
    return action


def may_follow(action: Improvement, actor: Actor) -> bool:
    """Whether the actor writes how it goes: its owner, the provider, the steward."""
    owner = institution_of(action.owner_id)
    return may_open(actor) or actor.holds(*WRITERS, institution=owner)


def _require_follower(action: Improvement, actor: Actor) -> None:
    if not may_follow(action, actor):
        raise Forbidden()


def _require_state(action: Improvement, state: ImprovementState) -> None:
    if action.state != state:
        raise Conflict(
            _("Eso ya no se puede hacer: la acción está en «%(state)s».")
            % {"state": action.get_state_display()}
        )


def _require_future(due_on: date) -> None:
    if due_on <= today():
        message = _("Escriba una fecha futura.")
        raise Invalid(message, {"due_on": [message]})


def _said(text: str) -> str:
    if not text.strip():
        message = _("Escriba qué se hizo o qué falta: quedará en la página pública.")
        raise Invalid(message, {"text": [message]})
    return text.strip()


def _note(action: Improvement, kind: NoteKind, text: str, actor: Actor) -> ImprovementNote:
    return ImprovementNote.objects.create(
        improvement=action, kind=kind, text=text, actor=actor.reference, written_at=now()
    )


def _held(id: UUID, version: int | None) -> Improvement:
    return hold(Improvement.objects.select_related("service").filter(id=id), version=version)


def _saved(action: Improvement) -> None:
    versions.save(action)


def _record(action: Improvement, fact: Fact, actor: Actor) -> None:
    record(
        fact,
        actor=actor,
        subject=action.reference,
        institution=institution_of(action.owner_id),
        synthetic=action.synthetic,
    )
