"""Drafting, registering and withdrawing the norms that the plan asks for."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.files.models import StoredFile
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import start_of, today
from minga.kernel.errors import Conflict, Invalid
from minga.kernel.facts import Code, Sha256
from minga.kernel.references import Reference
from minga.modules.directory.contracts import InstitutionSummary
from minga.modules.plan import queries
from minga.modules.plan.facts import NormIssued, NormWithdrawn
from minga.modules.plan.models import Norm
from minga.modules.plan.models.norm import NormState, WithdrawalReason
from minga.modules.plan.models.structure import Kind, plan

WRITERS = (Role.EDITOR, Role.APPROVER, Role.HEAD, Role.STEWARD)
REGISTRARS = (Role.APPROVER, Role.HEAD, Role.STEWARD)


@dataclass(frozen=True, kw_only=True)
class NormText:
    """What an official writes about a norm."""

    initiative: str
    title: str
    number: str
    issued_on: date | None
    gazette_number: str
    gazette_on: date | None


def draft_norm(
    text: NormText,
    *,
    institution: InstitutionSummary,
    document: StoredFile | None,
    document_name: str,
    actor: Actor,
) -> Norm:
    """Start the record of a norm of `institution`.

    Raises Forbidden unless the actor writes for it, Invalid when the institution has no part in the
    initiative's strategy.
    """
    _require(actor, institution.reference, WRITERS)
    _require_fitting(text.initiative, institution.code)
    return Norm.objects.create(
        **asdict(text),
        institution_id=institution.id,
        document=document,
        document_name=document_name,
        drafted_by=actor.reference,
    )


@transaction.atomic
def change_norm(
    norm_id: UUID,
    text: NormText,
    *,
    version: int,
    document: StoredFile | None,
    document_name: str,
    actor: Actor,
) -> Norm:
    """Rewrite a draft; a document of None keeps the one it has.

    Raises Conflict when somebody saved it after the actor read `version`, Invalid when it is a draft no more.
    """
    norm = _locked(norm_id, WRITERS, version=version, actor=actor)
    _require_draft(norm)
    _require_fitting(text.initiative, norm.institution.code)
    for field, value in asdict(text).items():
        setattr(norm, field, value)
    if document is not None:
        norm.document, norm.document_name = document, document_name
    versions.save(norm)
    return norm


@transaction.atomic
def discard_norm(norm_id: UUID, *, version: int, actor: Actor) -> None:
    """Throw a draft away: nothing was published, so nothing is recorded."""
    norm = _locked(norm_id, WRITERS, version=version, actor=actor)
    _require_draft(norm)
    norm.delete()


def issue_norm(norm_id: UUID, *, version: int, actor: Actor) -> Norm:
    """Register a drafted norm as issued: from now on it counts for its initiative.

    Raises Forbidden unless the actor approves for the institution, Invalid naming each missing field, and
    Conflict when the draft changed meanwhile or the initiative already has a norm in force.
    """
    try:
        with transaction.atomic():
            return _issue(norm_id, version=version, actor=actor)
    except IntegrityError:
        raise Conflict(
            _("Esta iniciativa ya tiene una norma vigente. Retírela antes de registrar otra.")
        ) from None


def _issue(norm_id: UUID, *, version: int, actor: Actor) -> Norm:
    norm = _locked(norm_id, REGISTRARS, version=version, actor=actor)
    _require_draft(norm)
    missing = _missing(norm)
    if missing or norm.issued_on is None or norm.document is None:
        raise Invalid(_("Complete los datos de la norma antes de registrarla."), missing)
    norm.state, norm.registered_by = NormState.ISSUED, actor.reference
    versions.save(norm)
    record(
        NormIssued(
            initiative=queries.initiative(norm.initiative).reference,
            issued_on=norm.issued_on,
            gazette_on=norm.gazette_on,
            document=Sha256(norm.document.sha256),
        ),
        actor=actor,
        subject=norm.reference,
        institution=_institution(norm),
        occurred_at=start_of(norm.issued_on),
    )
    return norm


@transaction.atomic
def withdraw_norm(norm_id: UUID, *, reason: WithdrawalReason, on: date, version: int, actor: Actor) -> Norm:
    """Say that a registered norm no longer holds since the day `on`; its record stays.

    One registered by mistake never counted, so its withdrawal takes effect on its own date. Raises Invalid
    when `on` is before the norm or in the future, Forbidden and Conflict as when issuing.
    """
    norm = _locked(norm_id, REGISTRARS, version=version, actor=actor)
    if norm.state != NormState.ISSUED or norm.issued_on is None:
        raise Invalid(_("Solo se puede retirar una norma registrada como emitida."))
    since = norm.issued_on if reason == WithdrawalReason.ERROR else on
    if not norm.issued_on <= since <= today():
        message = _("Escriba una fecha entre la emisión de la norma y hoy.")
        raise Invalid(message, {"withdrawn_on": [message]})
    norm.state, norm.withdrawal_reason, norm.withdrawn_on = NormState.WITHDRAWN, reason, since
    versions.save(norm)
    record(
        NormWithdrawn(initiative=queries.initiative(norm.initiative).reference, reason=Code(reason.value)),
        actor=actor,
        subject=norm.reference,
        institution=_institution(norm),
        occurred_at=start_of(since),
    )
    return norm


def may_write(actor: Actor, institution: Reference | None = None) -> bool:
    """Whether the actor drafts norms: for `institution`, or for any."""
    return actor.holds(*WRITERS, institution=institution) or actor.holds(Role.STEWARD)


def writes_for(actor: Actor) -> list[UUID] | None:
    """The institutions whose norms the official sees at work; None means all: the steward and auditors."""
    if actor.holds(Role.STEWARD, Role.AUDITOR):
        return None
    return actor.institutions(*WRITERS)


def may_register(actor: Actor, institution: Reference) -> bool:
    """Whether the actor registers the norms of `institution`."""
    return actor.holds(*REGISTRARS, institution=institution) or actor.holds(Role.STEWARD)


def _require(actor: Actor, institution: Reference, roles: tuple[Role, ...]) -> None:
    """The plan's steward acts for any institution, everybody else only for their own."""
    if not actor.holds(Role.STEWARD):
        actor.require(*roles, institution=institution)


def _institution(norm: Norm) -> Reference:
    return Reference.of("institution", norm.institution_id)


def _require_fitting(initiative_code: str, institution_code: str) -> None:
    """The initiative asks for a norm, and the institution carries out or supports its strategy."""
    initiative = queries.initiative(initiative_code)
    message = ""
    if initiative.kind is not Kind.NORM:
        message = _("Esa iniciativa no pide una norma.")
    elif initiative.strategy not in plan().roles_of(institution_code):
        message = _("Esta institución no ejecuta ni colabora en la estrategia de esa iniciativa.")
    if message:
        raise Invalid(message, {"initiative": [message]})


def _locked(norm_id: UUID, roles: tuple[Role, ...], *, version: int, actor: Actor) -> Norm:
    _require(actor, _institution(queries.workplace_norm(norm_id)), roles)
    return versions.hold(
        Norm.objects.filter(id=norm_id),
        version=version,
        missing=_("No hay una norma con esa dirección."),
        changed=_("Otra persona cambió esta norma mientras usted la editaba. Su texto sigue abajo."),
    )


def _require_draft(norm: Norm) -> None:
    if norm.state != NormState.DRAFT:
        raise Invalid(_("Esta norma ya se registró: sus datos no se pueden cambiar."))


def _missing(norm: Norm) -> dict[str, list[str]]:
    missing: dict[str, list[str]] = {}
    if norm.issued_on is None:
        missing["issued_on"] = [_("Escriba la fecha en que se emitió la norma.")]
    elif norm.issued_on > today():
        missing["issued_on"] = [_("La fecha de emisión no puede estar en el futuro.")]
    if norm.document is None:
        missing["document"] = [_("Adjunte el documento de la norma.")]
    return missing
