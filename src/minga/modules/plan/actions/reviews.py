"""What MINTEL decides on progress reports: accept, give back with observations, reject."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.clock import now
from minga.kernel.errors import Forbidden, Invalid
from minga.kernel.facts import Code
from minga.modules.plan import queries
from minga.modules.plan.actions import powers
from minga.modules.plan.actions.reports import digests, locked
from minga.modules.plan.actions.roadmaps import require_reason
from minga.modules.plan.facts import (
    MilestoneAccepted,
    MilestoneRefused,
    ReportAccepted,
    ReportObserved,
    ReportRejected,
)
from minga.modules.plan.models import Claim, Report
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
    claims = list(report.claims.all())
    if any(claim.milestone not in milestones for claim in claims):
        require_reason(reason)
    for claim in claims:
        claim.state = ClaimState.ACCEPTED if claim.milestone in milestones else ClaimState.REFUSED
        claim.save(update_fields=["state"])
    report.validated = validated
    _decide(report, ReportState.ACCEPTED, reason, actor)
    initiative = queries.initiative(report.initiative).reference
    for claim in claims:
        _record_claim(claim, report, actor)
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
    Claim.objects.filter(report=report).update(state=ClaimState.REFUSED)
    _decide(report, ReportState.REJECTED, reason, actor)
    initiative = queries.initiative(report.initiative).reference
    _record(ReportRejected(initiative=initiative, period=Code(report.period)), report, actor)
    return report


def _under_review(report_id: UUID, *, version: int, actor: Actor) -> Report:
    actor.require(*powers.REVIEWERS)
    report = locked(report_id, version=version)
    if report.state != ReportState.SUBMITTED:
        raise Invalid(_("Este informe no espera una decisión."))
    if report.submitted_by == actor.reference:
        raise Forbidden(_("Quien presenta un informe no puede decidir sobre él. Pídalo a otra persona."))
    return report


def _decide(report: Report, state: ReportState, reason: str, actor: Actor) -> None:
    report.state, report.reason = state, reason.strip()
    report.decided_by, report.decided_at = actor.reference, now()
    report.version += 1
    report.save()


def _record_claim(claim: Claim, report: Report, actor: Actor) -> None:
    milestone = report.roadmap.milestones.get(key=claim.milestone)
    initiative = queries.initiative(report.initiative).reference
    fact: _Fact = MilestoneRefused(initiative=initiative, report=report.reference)
    if claim.state == ClaimState.ACCEPTED:
        fact = MilestoneAccepted(
            initiative=initiative,
            report=report.reference,
            weight=milestone.weight,
            done_on=claim.done_on,
            evidence=digests(report, milestone=claim.milestone),
        )
    record(
        fact,
        actor=actor,
        subject=milestone.reference,
        institution=powers.institution_of(report.institution_id),
        synthetic=report.roadmap.synthetic,
    )


def _record(fact: _Fact, report: Report, actor: Actor) -> None:
    record(
        fact,
        actor=actor,
        subject=report.reference,
        institution=powers.institution_of(report.institution_id),
        synthetic=report.roadmap.synthetic,
    )
