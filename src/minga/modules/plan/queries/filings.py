"""Roadmaps and reports one by one: as the public sees them, and as officials work with them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from minga.foundation.ledger.models import LedgerFact
from minga.kernel import cards
from minga.kernel.errors import NotFound
from minga.kernel.facts import Fact, fact_class
from minga.kernel.references import Reference
from minga.modules.plan.models import Claim, Evidence, Milestone, Report, Roadmap
from minga.modules.plan.models.report import ClaimState, ReportState
from minga.modules.plan.models.roadmap import DECIDED, RoadmapState
from minga.modules.plan.queries.structure import own_facts


@dataclass(frozen=True)
class Proof:
    """A claim in a report with the milestone it is about and the evidence that stands behind it."""

    claim: Claim
    milestone: Milestone
    evidence: tuple[Evidence, ...]
    withdrawn: tuple[Evidence, ...]

    @property
    def stands(self) -> bool:
        """Whether the institution still says that the milestone was reached."""
        return self.claim.state != ClaimState.WITHDRAWN


@dataclass(frozen=True)
class Happening:
    """One fact of a roadmap, report or milestone, for its history."""

    position: int
    when: Any
    title: str
    by: str


def workplace_roadmap(roadmap_id: UUID) -> Roadmap:
    """Any version of a roadmap, with its milestones; NotFound when there is none."""
    return _roadmap_in(Roadmap.objects.all(), roadmap_id)


def public_roadmap(roadmap_id: UUID) -> Roadmap:
    """A version that holds or has held, with its milestones; NotFound for any other."""
    return _roadmap_in(Roadmap.objects.filter(state__in=DECIDED), roadmap_id)


def _roadmap_in(rows: QuerySet[Roadmap], roadmap_id: UUID) -> Roadmap:
    found = rows.filter(id=roadmap_id).select_related("institution").prefetch_related("milestones").first()
    if found is None:
        raise NotFound(_("No hay una hoja de ruta con esa dirección."))
    return found


def versions_of(roadmap: Roadmap) -> QuerySet[Roadmap]:
    """All versions that hold or have held of the same roadmap, newest first."""
    return Roadmap.objects.filter(
        initiative=roadmap.initiative, institution_id=roadmap.institution_id, state__in=DECIDED
    ).order_by("-number")


def roadmap_in_force(*, initiative: str, institution: UUID) -> Roadmap | None:
    """The version that holds today, if any."""
    return Roadmap.objects.filter(
        initiative=initiative, institution_id=institution, state=RoadmapState.APPROVED
    ).first()


def workplace_report(report_id: UUID) -> Report:
    """Any report, drafts included; NotFound when there is none."""
    return _report_in(Report.objects.all(), report_id)


def public_report(report_id: UUID) -> Report:
    """A report that was filed, whatever MINTEL made of it; NotFound for drafts and unknown ones."""
    return _report_in(Report.objects.exclude(state=ReportState.DRAFT), report_id)


def _report_in(rows: QuerySet[Report], report_id: UUID) -> Report:
    found = rows.filter(id=report_id).select_related("institution", "roadmap").first()
    if found is None:
        raise NotFound(_("No hay un informe con esa dirección."))
    return found


def proofs_of(report: Report, *, filed_only: bool = False) -> list[Proof]:
    """What a report claims to have reached, in the order of the roadmap, with the evidence (three queries).

    `filed_only` leaves out what was added since the last filing: nobody else's business until it is filed.
    """
    evidence = Evidence.objects.select_related("file")
    if filed_only:
        evidence = evidence.filter(filed_at__isnull=False)
    claims = {
        claim.milestone: claim for claim in report.claims.prefetch_related(Prefetch("evidence", evidence))
    }
    found = []
    for milestone in report.roadmap.milestones.all():
        claim = claims.get(milestone.key)
        rows = list(claim.evidence.all()) if claim else []
        if claim and rows:
            live = tuple(row for row in rows if row.withdrawn_at is None)
            gone = tuple(row for row in rows if row.withdrawn_at is not None)
            found.append(Proof(claim, milestone, live, gone))
    return found


def public_evidence(evidence_id: UUID) -> Evidence:
    """A file behind an accepted report; NotFound for any other, also one that was withdrawn before acceptance."""
    found = (
        Evidence.objects.filter(
            id=evidence_id,
            file__isnull=False,
            withdrawn_at__isnull=True,
            claim__report__state=ReportState.ACCEPTED,
        )
        .select_related("file")
        .first()
    )
    if found is None:
        raise NotFound(_("No hay una prueba publicada con esa dirección."))
    return found


def workplace_evidence(evidence_id: UUID) -> Evidence:
    """Any evidence with its report; NotFound when there is none."""
    found = Evidence.objects.filter(id=evidence_id).select_related("file", "claim__report").first()
    if found is None:
        raise NotFound(_("No hay una prueba con esa dirección."))
    return found


def reached_keys(*, initiative: str, institution: UUID) -> set[UUID]:
    """Keys of the milestones whose evidence MINTEL accepted."""
    claims = Claim.objects.filter(
        state=ClaimState.ACCEPTED,
        report__state=ReportState.ACCEPTED,
        report__initiative=initiative,
        report__institution_id=institution,
    )
    return set(claims.values_list("milestone", flat=True))


def hands_in(subject: Reference, kind: type[Fact]) -> set[str]:
    """Who recorded a kind of fact about a thing: whoever filed it may not decide on it."""
    return set(LedgerFact.objects.filter(name=kind.name, subject=subject).values_list("actor", flat=True))


def history(subjects: Collection[Reference]) -> list[Happening]:
    """What the ledger knows of these things, newest first: who did what, when (two or three queries)."""
    rows = list(
        LedgerFact.objects.filter(name__in=own_facts(), subject__in=subjects)
        .order_by("-position")
        .values_list("position", "name", "version", "occurred_at", "actor")[:200]
    )
    labels = cards.name_all(Reference(row[4]) for row in rows)
    return [
        Happening(
            position=position,
            when=when,
            title=_(fact_class(name, version).title),
            by=labels[Reference(actor)].title,
        )
        for position, name, version, when, actor in rows
    ]
