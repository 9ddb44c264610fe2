"""What MINTEL decides on progress reports: accept, give back with observations, reject."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.clock import now
from minga.kernel.errors import Forbidden, Invalid
from minga.kernel.facts import Code, Sha256
from minga.kernel.references import Reference
from minga.modules.plan import queries
from minga.modules.plan.actions import powers
from minga.modules.plan.actions.reports import locked
from minga.modules.plan.actions.roadmaps import require_reason
from minga.modules.plan.facts import (
    MilestoneAccepted,
    MilestoneRefused,
    ReportAccepted,
    ReportObserved,
    ReportRejected,
    ReportSubmitted,
)
from minga.modules.plan.models import Claim, Evidence, Report
from minga.modules.plan.models.report import ClaimState, ReportState
from minga.modules.plan.models.roadmap import WHOLE

_Fact = ReportAccepted | ReportObserved | ReportRejected | MilestoneAccepted | MilestoneRefused


@transaction.atomic
def accept_report(
    report_id: UUID,
    *,
    validated: int,
    milestones: Collection[UUID],
    reason: str = "",
    version: int,
    actor: Actor,
) -> Report:
    """Accept and publish a report with MINTEL's own figure in percent, and its evidence of these milestones.

    A claimed milestone that is not among `milestones` is refused, which needs a reason. Raises Forbidden unless the
    actor reviews (nobody accepts what they filed), Invalid naming the field.
    """
    report = _under_review(report_id, version=version, actor=actor)
    if not 0 <= validated <= WHOLE:
        message = _("Escriba un número entero entre 0 y 100.")
        raise Invalid(message, {"validated": [message]})
    powers.hold_part(report.initiative, report.institution_id)
    claims = _standing(report)
    pending = _pending(report)
    _require_open(pending, {claim.milestone for claim in claims} & set(milestones))
    if any(claim.milestone not in milestones for claim in claims):
        require_reason(reason)
    for claim in claims:
        claim.state = ClaimState.ACCEPTED if claim.milestone in milestones else ClaimState.REFUSED
    Claim.objects.bulk_update(claims, ["state"])
    report.validated = validated
    _decide(report, ReportState.ACCEPTED, reason, actor)
    _record_claims(claims, pending, report, actor)
    initiative = queries.initiative(report.initiative).reference
    _record(
        ReportAccepted(initiative=initiative, period=Code(report.period), validated=validated), report, actor
    )
    return report


@transaction.atomic
def observe_report(report_id: UUID, *, reason: str, version: int, actor: Actor) -> Report:
    """Give a report back to be put right, saying what is wrong. Raises as `accept_report`."""
    report = _under_review(report_id, version=version, actor=actor)
    require_reason(reason)
    _decide(report, ReportState.OBSERVED, reason, actor)
    initiative = queries.initiative(report.initiative).reference
    _record(ReportObserved(initiative=initiative, period=Code(report.period)), report, actor)
    return report


@transaction.atomic
def reject_report(report_id: UUID, *, reason: str, version: int, actor: Actor) -> Report:
    """Reject a report for good, saying why: the quarter needs another one. Raises as `accept_report`."""
    report = _under_review(report_id, version=version, actor=actor)
    require_reason(reason)
    claims = _standing(report)
    for claim in claims:
        claim.state = ClaimState.REFUSED
    Claim.objects.bulk_update(claims, ["state"])
    _decide(report, ReportState.REJECTED, reason, actor)
    _record_claims(claims, {}, report, actor)
    initiative = queries.initiative(report.initiative).reference
    _record(ReportRejected(initiative=initiative, period=Code(report.period)), report, actor)
    return report


def _under_review(report_id: UUID, *, version: int, actor: Actor) -> Report:
    actor.require(*powers.REVIEWERS)
    report = locked(report_id, version=version)
    if report.state != ReportState.SUBMITTED:
        raise Invalid(_("Este informe no espera una decisión."))
    filed = queries.hands_in(report.reference, ReportSubmitted)
    proved = Evidence.objects.filter(claim__report=report).values_list("added_by", flat=True)
    if actor.reference in {report.drafted_by, report.submitted_by, *filed, *proved}:
        raise Forbidden(
            _("Quien escribe, prueba o presenta un informe no decide sobre él. Pídalo a otra persona.")
        )
    return report


def _standing(report: Report) -> list[Claim]:
    """The claims that the institution did not take back."""
    return list(report.claims.exclude(state=ClaimState.WITHDRAWN))


def _pending(report: Report) -> dict[UUID, int]:
    """Keys and weights of the milestones of the roadmap in force that nobody has proved yet."""
    part = queries.part(initiative=report.initiative, institution=report.institution_id)
    return {step.milestone.key: step.milestone.weight for step in part.steps if not step.done_on}


def _require_open(pending: Collection[UUID], milestones: Collection[UUID]) -> None:
    """A milestone is accepted once, and only while it is in the roadmap in force."""
    if not set(milestones) <= set(pending):
        message = _(
            "Un hito ya fue aceptado en otro informe o no está en la hoja de ruta vigente: no lo marque."
        )
        raise Invalid(message, {"milestones": [message]})


def _decide(report: Report, state: ReportState, reason: str, actor: Actor) -> None:
    report.state, report.reason = state, reason.strip()
    report.decided_by, report.decided_at = actor.reference, now()
    versions.save(report)


def _record_claims(
    claims: Collection[Claim], weights: Mapping[UUID, int], report: Report, actor: Actor
) -> None:
    """One fact for each claim, with what proves it and the weight that it has today."""
    initiative = queries.initiative(report.initiative).reference
    proofs: dict[UUID, set[str]] = {}
    rows = Evidence.objects.filter(claim__in=claims, withdrawn_at__isnull=True, file__isnull=False)
    for milestone, digest in rows.values_list("claim__milestone", "file_id"):
        proofs.setdefault(milestone, set()).add(digest)
    for claim in claims:
        fact: _Fact = MilestoneRefused(initiative=initiative, report=report.reference)
        if claim.state == ClaimState.ACCEPTED:
            fact = MilestoneAccepted(
                initiative=initiative,
                report=report.reference,
                weight=weights[claim.milestone],
                done_on=claim.done_on,
                evidence=tuple(Sha256(digest) for digest in sorted(proofs.get(claim.milestone, ()))),
            )
        _record(fact, report, actor, subject=Reference.of("milestone", claim.milestone))


def _record(fact: _Fact, report: Report, actor: Actor, subject: Reference | None = None) -> None:
    record(
        fact,
        actor=actor,
        subject=subject or report.reference,
        institution=powers.institution_of(report.institution_id),
        synthetic=report.roadmap.synthetic,
    )
