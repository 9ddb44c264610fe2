"""Using a service: registered and filed by the institution, confirmed by the provider, ended by both."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.files.models import StoredFile
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.clock import now, start_of, today
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.kernel.facts import Code, Fact, Sha256
from minga.modules.cloud import facts
from minga.modules.cloud.actions.holding import hold, institution_of
from minga.modules.cloud.actions.powers import SIGNERS, WRITERS, is_provider, require_provider
from minga.modules.cloud.models import Adoption, AdoptionEvent, Service
from minga.modules.cloud.models.adoption import AdoptionState, AdoptionStep, Side
from minga.modules.cloud.models.service import Family, ServiceState
from minga.modules.cloud.queries.services import PROVIDER
from minga.modules.directory.contracts import InstitutionSummary

_CONFIRMED = {
    Family.DATA_CENTRE: facts.HostingConfirmed,
    Family.NETWORK: facts.ConnectionConfirmed,
    Family.APPLICATION: facts.ApplicationConfirmed,
}
_ENDED = {
    Family.DATA_CENTRE: facts.HostingEnded,
    Family.NETWORK: facts.ConnectionEnded,
    Family.APPLICATION: facts.ApplicationEnded,
}
_WITH_INSTITUTION = (AdoptionState.DRAFT, AdoptionState.OBSERVED)


@dataclass(frozen=True, kw_only=True)
class AdoptionText:
    """What an institution writes about its contract."""

    service: Service
    contract: str
    starts_on: date
    expected_end: date | None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The paper that proves the contract; without a file, the one that is there stays."""

    file: StoredFile | None = None
    name: str = ""


def draft_adoption(
    text: AdoptionText, *, institution: InstitutionSummary, evidence: Evidence, actor: Actor
) -> Adoption:
    """Start to register a contract of `institution`.

    Raises Forbidden unless the actor writes for it, Invalid when the contract is registered already or the
    service is not offered then.
    """
    actor.require(*WRITERS, institution=institution.reference)
    _require_fitting(text, institution)
    adoption = Adoption(institution_id=institution.id)
    with _once(), transaction.atomic():
        _fill(adoption, text, evidence, invented=institution.synthetic).save(force_insert=True)
        _tell(adoption, AdoptionStep.DRAFTED, Side.INSTITUTION, actor)
    return adoption


def change_adoption(
    id: UUID, text: AdoptionText, *, version: int, evidence: Evidence, actor: Actor
) -> Adoption:
    """Rewrite a draft, or what the provider sent back. Raises Forbidden, Conflict, Invalid."""
    with _once(), transaction.atomic():
        adoption = _held(id, version)
        actor.require(*WRITERS, institution=institution_of(adoption.institution_id))
        _require_state(adoption, *_WITH_INSTITUTION)
        _require_offered(text)
        return _saved(_fill(adoption, text, evidence, invented=adoption.institution.synthetic))


@transaction.atomic
def discard_adoption(id: UUID, *, version: int, actor: Actor) -> None:
    """Throw a draft away: nobody else has seen it. Raises Forbidden, Conflict."""
    adoption = _held(id, version)
    actor.require(*WRITERS, institution=institution_of(adoption.institution_id))
    _require_state(adoption, AdoptionState.DRAFT)
    adoption.delete()


@transaction.atomic
def file_adoption(id: UUID, *, version: int, actor: Actor) -> Adoption:
    """Ask the provider to confirm. Raises Forbidden unless the actor approves for the institution, Invalid."""
    adoption = _held(id, version)
    actor.require(*SIGNERS, institution=institution_of(adoption.institution_id))
    _require_state(adoption, *_WITH_INSTITUTION)
    missing = {}
    if adoption.evidence_id is None:
        missing["evidence"] = [_("Adjunte el contrato o el acta que prueba el uso del servicio.")]
    if adoption.starts_on > today():
        missing["starts_on"] = [_("Preséntelo cuando el servicio ya esté en uso: desde la fecha de inicio.")]
    if missing:
        raise Invalid(_("Complete el registro antes de presentarlo."), missing)
    adoption.state = AdoptionState.FILED
    _tell(adoption, AdoptionStep.FILED, Side.INSTITUTION, actor)
    return _saved(adoption)


@transaction.atomic
def observe_adoption(id: UUID, *, reason: str, version: int, actor: Actor) -> Adoption:
    """The provider sends a registration back and says what to correct. Raises Forbidden, Conflict, Invalid."""
    require_provider(actor)
    adoption = _held(id, version)
    _require_state(adoption, AdoptionState.FILED)
    adoption.state = AdoptionState.OBSERVED
    _tell(adoption, AdoptionStep.OBSERVED, Side.PROVIDER, actor, _reason(reason))
    return _saved(adoption)


@transaction.atomic
def confirm_adoption(id: UUID, *, version: int, actor: Actor) -> Adoption:
    """The provider confirms that the service is in use since the contract's first day: now it counts.

    Raises Forbidden unless the actor approves for the provider, Conflict when it is not waiting for that.
    """
    require_provider(actor, *SIGNERS)
    adoption = _held(id, version)
    _require_state(adoption, AdoptionState.FILED)
    adoption.state = AdoptionState.CONFIRMED
    _tell(adoption, AdoptionStep.CONFIRMED, Side.PROVIDER, actor)
    _saved(adoption)
    evidence = Sha256(adoption.evidence_id) if adoption.evidence_id else None
    kind = _CONFIRMED[adoption.service.family]
    _record(adoption, kind(service=adoption.service.reference, evidence=evidence), adoption.starts_on, actor)
    return adoption


@transaction.atomic
def ask_end(id: UUID, *, on: date, reason: str, version: int, actor: Actor) -> Adoption:
    """One party says that the service is no longer used since a day; it counts until the other one agrees.

    Where the institution has closed there is no other party, and the provider's word ends it.

    Raises Forbidden unless the actor approves for one of the parties, Invalid for a day outside the contract.
    """
    adoption = _held(id, version)
    side = _side_of(adoption, actor)
    _require_state(adoption, AdoptionState.CONFIRMED)
    if adoption.end_asked_by and not adoption.orphaned:
        raise Conflict(_("Ya hay un aviso de término por responder."))
    if not adoption.starts_on <= on <= today():
        message = _("Escriba una fecha entre el inicio del contrato y hoy.")
        raise Invalid(message, {"on": [message]})
    if adoption.orphaned:
        return _end(adoption, on, side, reason, actor)
    adoption.ended_on, adoption.end_asked_by = on, side
    _tell(adoption, AdoptionStep.END_ASKED, side, actor, reason)
    return _saved(adoption)


@transaction.atomic
def answer_end(id: UUID, *, agreed: bool, reason: str, version: int, actor: Actor) -> Adoption:
    """The other party agrees that the service ended, or says that it goes on.

    Raises Forbidden for anyone who does not approve for that party, Invalid when a refusal gives no reason.
    """
    adoption = _held(id, version)
    _require_state(adoption, AdoptionState.CONFIRMED)
    if not adoption.end_asked_by or adoption.ended_on is None:
        raise Conflict(_("No hay un aviso de término por responder."))
    side = adoption.answers_end
    _require_side(adoption, side, actor)
    ended_on, adoption.end_asked_by = adoption.ended_on, ""
    if not agreed:
        adoption.ended_on = None
        _tell(adoption, AdoptionStep.END_DECLINED, side, actor, _reason(reason))
        return _saved(adoption)
    return _end(adoption, ended_on, side, reason, actor)


@transaction.atomic
def withdraw_adoption(id: UUID, *, reason: str, version: int, actor: Actor) -> Adoption:
    """Say that a registration was an error: it never counted.

    Before it is confirmed the institution's approvers do so, afterwards only the provider's. Raises Forbidden,
    Conflict, and Invalid without a reason.
    """
    adoption = _held(id, version)
    counted = adoption.state in (AdoptionState.CONFIRMED, AdoptionState.ENDED)
    side = Side.PROVIDER if counted else Side.INSTITUTION
    _require_side(adoption, side, actor)
    if not counted:
        _require_state(adoption, AdoptionState.FILED, AdoptionState.OBSERVED)
    adoption.state, adoption.ended_on, adoption.end_asked_by = AdoptionState.WITHDRAWN, None, ""
    _tell(adoption, AdoptionStep.WITHDRAWN, side, actor, _reason(reason))
    _saved(adoption)
    if counted:
        _record_end(adoption, "error", adoption.starts_on, actor)
    return adoption


def _end(adoption: Adoption, on: date, side: Side, reason: str, actor: Actor) -> Adoption:
    adoption.state, adoption.ended_on, adoption.end_asked_by = AdoptionState.ENDED, on, ""
    _tell(adoption, AdoptionStep.ENDED, side, actor, reason)
    _saved(adoption)
    _record_end(adoption, "ended", on, actor)
    return adoption


def _record_end(adoption: Adoption, reason: str, since: date, actor: Actor) -> None:
    kind = _ENDED[adoption.service.family]
    _record(adoption, kind(service=adoption.service.reference, reason=Code(reason)), since, actor)


def _record(adoption: Adoption, fact: Fact, since: date, actor: Actor) -> None:
    record(
        fact,
        actor=actor,
        subject=adoption.reference,
        institution=institution_of(adoption.institution_id),
        occurred_at=start_of(since),
        synthetic=adoption.synthetic,
    )


def _side_of(adoption: Adoption, actor: Actor) -> Side:
    """The party that the actor approves for; the provider's alone where the institution has closed."""
    if adoption.orphaned:
        require_provider(actor, *SIGNERS)
    if is_provider(actor, *SIGNERS):
        return Side.PROVIDER
    actor.require(*SIGNERS, institution=institution_of(adoption.institution_id))
    return Side.INSTITUTION


def _require_side(adoption: Adoption, side: Side, actor: Actor) -> None:
    if side is Side.PROVIDER:
        require_provider(actor, *SIGNERS)
    else:
        actor.require(*SIGNERS, institution=institution_of(adoption.institution_id))


def _require_fitting(text: AdoptionText, institution: InstitutionSummary) -> None:
    """The provider's own use proves nothing: it would confirm itself."""
    if institution.code == PROVIDER:
        raise Forbidden(_("El proveedor no registra contratos consigo mismo."))
    _require_offered(text)


def _require_offered(text: AdoptionText) -> None:
    service = text.service
    if service.state == ServiceState.DRAFT:
        message = _("Ese servicio todavía no se ofrece.")
        raise Invalid(message, {"service": [message]})
    if service.retired_on and text.starts_on > service.retired_on:
        message = _("Ese servicio ya no se ofrecía en la fecha de inicio. Revise la fecha o elija otro.")
        raise Invalid(message, {"starts_on": [message]})


def _require_state(adoption: Adoption, *states: AdoptionState) -> None:
    if adoption.state not in states:
        raise Conflict(
            _("Eso ya no se puede hacer: el registro está en «%(state)s».")
            % {"state": adoption.get_state_display()}
        )


def _reason(text: str) -> str:
    if not text.strip():
        message = _("Escriba el motivo, para que la otra parte sepa qué hacer.")
        raise Invalid(message, {"reason": [message]})
    return text


def _fill(adoption: Adoption, text: AdoptionText, evidence: Evidence, *, invented: bool) -> Adoption:
    """Write down what the institution wrote; `invented` says whether the institution itself is."""
    adoption.synthetic = invented or text.service.synthetic
    adoption.service, adoption.contract = text.service, text.contract
    adoption.starts_on, adoption.expected_end = text.starts_on, text.expected_end
    if evidence.file is not None:
        adoption.evidence, adoption.evidence_name = evidence.file, evidence.name
    return adoption


def _tell(adoption: Adoption, step: AdoptionStep, side: Side, actor: Actor, reason: str = "") -> None:
    AdoptionEvent.objects.create(
        adoption=adoption,
        step=step,
        side=side,
        reason=reason.strip(),
        actor=actor.reference,
        happened_at=now(),
    )


def _held(id: UUID, version: int) -> Adoption:
    return hold(Adoption.objects.select_related("service", "institution").filter(id=id), version=version)


def _saved(adoption: Adoption) -> Adoption:
    return versions.save(adoption)


@contextmanager
def _once() -> Iterator[None]:
    """Turn the database's refusal of a second registration of a contract into words at the field."""
    try:
        yield
    except IntegrityError as error:
        if "cloud_a_contract_is_registered_once" not in str(error):
            raise
        message = _("Ese contrato ya está registrado para ese servicio.")
        raise Invalid(message, {"contract": [message]}) from None
