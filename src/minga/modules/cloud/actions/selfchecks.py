"""Checking a purchase before it is made: answered one by one, then finished for good."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.clock import now
from minga.kernel.errors import Conflict, Invalid, NotFound
from minga.modules.cloud.actions.holding import hold, institution_of
from minga.modules.cloud.actions.powers import WRITERS
from minga.modules.cloud.facts import SelfCheckFinished
from minga.modules.cloud.models import Answer, SelfCheck
from minga.modules.cloud.models.selfcheck import SelfCheckState, Verdict
from minga.modules.cloud.queries.guidelines import in_force
from minga.modules.cloud.queries.selfchecks import question_at, result
from minga.modules.directory.contracts import InstitutionSummary


def start_selfcheck(*, subject: str, institution: InstitutionSummary, actor: Actor) -> SelfCheck:
    """Begin to check a planned purchase against the guidelines in force.

    Raises Forbidden unless the actor writes for the institution, NotFound while there are no guidelines.
    """
    actor.require(*WRITERS, institution=institution.reference)
    guideline = in_force()
    if guideline is None:
        raise NotFound(_("Todavía no hay lineamientos publicados."))
    return SelfCheck.objects.create(guideline=guideline, institution_id=institution.id, subject=subject)


@transaction.atomic
def answer_question(id: UUID, position: int, *, verdict: Verdict, note: str, actor: Actor) -> Answer:
    """Keep the answer to the question at this place of the list, from 1; the latest one holds.

    Raises Forbidden, Conflict when the check is finished, NotFound for a place without a question, and Invalid
    when a question is said not to apply without a reason.
    """
    check = _open(id, actor)
    question = question_at(check, position)
    if verdict is Verdict.NOT_APPLICABLE and not note.strip():
        message = _("Explique por qué no aplica a esta compra.")
        raise Invalid(message, {"note": [message]})
    answer, _new = Answer.objects.update_or_create(
        selfcheck=check, question=question, defaults={"verdict": verdict, "note": note.strip()}
    )
    return answer


@transaction.atomic
def finish_selfcheck(id: UUID, *, actor: Actor) -> SelfCheck:
    """Close the check with its result, which never changes. Raises Forbidden, Conflict, Invalid."""
    check = _open(id, actor)
    outcome = result(check)
    if outcome.unanswered:
        raise Invalid(_("Faltan preguntas por responder. Respóndalas antes de terminar."))
    check.state, check.finished_at = SelfCheckState.FINISHED, now()
    check.score, check.critical_missing = outcome.score, len(outcome.critical_missing)
    check.save()
    institution = institution_of(check.institution_id)
    record(
        SelfCheckFinished(
            guideline=check.guideline.reference,
            score=check.score,
            critical_missing=check.critical_missing,
        ),
        actor=actor,
        subject=check.reference,
        institution=institution,
        synthetic=check.institution.synthetic,
    )
    return check


@transaction.atomic
def link_purchase(id: UUID, *, purchase: str, actor: Actor) -> SelfCheck:
    """Say which purchase a finished check was for, by its code in the procurement portal. Raises Forbidden."""
    check = _held(id, actor)
    if check.state != SelfCheckState.FINISHED:
        raise Conflict(_("Termine la autoevaluación antes de vincular la compra."))
    check.purchase = purchase
    check.save(update_fields=["purchase"])
    return check


@transaction.atomic
def discard_selfcheck(id: UUID, *, actor: Actor) -> None:
    """Throw an unfinished check away. Raises Forbidden, Conflict."""
    _open(id, actor).delete()


def _held(id: UUID, actor: Actor) -> SelfCheck:
    check = hold(SelfCheck.objects.select_related("guideline", "institution").filter(id=id))
    actor.require(*WRITERS, institution=institution_of(check.institution_id))
    return check


def _open(id: UUID, actor: Actor) -> SelfCheck:
    check = _held(id, actor)
    if check.state != SelfCheckState.OPEN:
        raise Conflict(_("Esta autoevaluación ya terminó: sus respuestas no se pueden cambiar."))
    return check
