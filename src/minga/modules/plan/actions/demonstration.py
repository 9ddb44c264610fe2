"""Invented progress for a demonstration: every state of a roadmap and of a report, marked as synthetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.db import transaction

from minga.foundation.files.storing import store
from minga.kernel.actors import Actor
from minga.kernel.clock import GUAYAQUIL, frozen, now, today
from minga.modules.directory import contracts as directory
from minga.modules.identity.contracts import Account, actor_for
from minga.modules.plan.actions.reports import (
    EvidenceText,
    ReportText,
    add_evidence,
    start_report,
    submit_report,
    write_report,
)
from minga.modules.plan.actions.reviews import accept_report, observe_report
from minga.modules.plan.actions.roadmaps import (
    MilestoneText,
    approve_roadmap,
    describe_roadmap,
    put_milestone,
    start_roadmap,
    submit_roadmap,
)
from minga.modules.plan.models import Report, Roadmap
from minga.modules.plan.models.periods import Quarter

INSTITUTION = "mdt"
_SUMMARY = (
    "Ejemplo inventado para la demostración. Un equipo de la institución prepara cada resultado, lo consulta con "
    "quienes lo usarán y lo publica."
)
_STEPS = (
    ("Diagnóstico terminado", "Informe técnico firmado", 30),
    ("Propuesta consultada con la ciudadanía", "Acta de la consulta", 30),
    ("Resultado publicado y en uso", "Dirección donde está en uso", 40),
)


@dataclass(frozen=True)
class _Cast:
    editor: Actor
    approver: Actor
    steward: Actor


def seed_progress() -> str:
    """Make the invented roadmaps and reports, once; nothing where the demonstration people are missing."""
    cast = _cast()
    if cast is None or Roadmap.objects.filter(synthetic=True).exists():
        return "nada nuevo"
    quarter = Quarter.of(today())
    begun = _moment(quarter.previous.previous.start + timedelta(days=20))
    with transaction.atomic():
        for code in ("1.1", "1.2", "1.3"):
            with frozen(begun):
                _roadmap(code, cast, until="approved")
        _reports("1.1", cast, (quarter.previous.previous, quarter.previous), decided=2)
        _reports("1.2", cast, (quarter.previous.previous, quarter.previous), decided=1)
        _reports("1.3", cast, (quarter.previous.previous,), decided=0, observed=True)
        _reports("1.1", cast, (quarter,), decided=0, filed=False)
        _roadmap("1.4", cast, until="draft")
        _roadmap("1.5", cast, until="submitted")
    return f"{Roadmap.objects.count()} hojas de ruta y {Report.objects.count()} informes inventados"


def _cast() -> _Cast | None:
    addresses = (f"editor.{INSTITUTION}", f"approver.{INSTITUTION}", "steward.mintel")
    found = [
        Account.objects.filter(email=f"{name}@example.org", synthetic=True).first() for name in addresses
    ]
    people = [actor_for(account) for account in found if account is not None]
    return _Cast(*people) if len(people) == len(addresses) else None


def _moment(day: date) -> datetime:
    """Mid-morning of a day, and never later than now."""
    return min(datetime.combine(day, time(10), tzinfo=GUAYAQUIL), now())


def _roadmap(code: str, cast: _Cast, *, until: str) -> Roadmap:
    made = start_roadmap(
        initiative=code,
        institution=directory.institution(INSTITUTION),
        synthetic=True,
        actor=cast.editor,
    )
    describe_roadmap(made.id, summary=_SUMMARY, version=1, actor=cast.editor)
    quarter = Quarter.of(today())
    for number, (title, proof, weight) in enumerate(_STEPS):
        text = MilestoneText(
            title=title, proof=proof, weight=weight, starts_on=quarter.start, due_on=quarter.next.end
        )
        put_milestone(made.id, text, version=2 + number, actor=cast.editor)
        quarter = quarter.next.next
    made.refresh_from_db()
    if until == "draft":
        return made
    made = submit_roadmap(made.id, version=made.version, actor=cast.approver)
    return (
        made if until == "submitted" else approve_roadmap(made.id, version=made.version, actor=cast.steward)
    )


def _reports(
    code: str,
    cast: _Cast,
    about: Iterable[Quarter],
    *,
    decided: int,
    observed: bool = False,
    filed: bool = True,
) -> None:
    for number, quarter in enumerate(about):
        with frozen(_moment(quarter.end + timedelta(days=5))):
            report = _report(code, cast, quarter, claim=number, filed=filed)
        if filed and (number < decided or observed):
            with frozen(_moment(quarter.end + timedelta(days=20))):
                _decide(report, cast, observed=observed)


def _report(code: str, cast: _Cast, quarter: Quarter, *, claim: int, filed: bool) -> Report:
    made = start_report(
        initiative=code,
        quarter=quarter,
        institution=directory.institution(INSTITUTION),
        actor=cast.editor,
    )
    text = ReportText(
        reported=min(100, 35 * (claim + 1)),
        done="Ejemplo inventado: se cumplieron las reuniones previstas y se entregó el resultado del trimestre.",
        difficulties="",
        next_steps="Preparar el siguiente hito.",
    )
    made = write_report(made.id, text, version=1, actor=cast.editor)
    milestones = list(made.roadmap.milestones.all())
    milestone = milestones[min(claim if filed else 2, len(milestones) - 1)]
    proof = ContentFile(f"hito,fecha\n{milestone.title},{today()}\n".encode(), name="prueba-inventada.csv")
    kept = store(proof, actor=cast.editor, allowed=["text/csv"])
    evidence = EvidenceText(
        milestone=milestone.key,
        done_on=min(quarter.end, today()),
        title=milestone.proof,
        file=kept,
        file_name=kept.name,
        act=None,
        source="",
    )
    add_evidence(made.id, evidence, version=made.version, actor=cast.editor)
    made.refresh_from_db()
    return submit_report(made.id, version=made.version, actor=cast.approver) if filed else made


def _decide(report: Report, cast: _Cast, *, observed: bool) -> None:
    if observed:
        reason = "Ejemplo inventado: falta la firma en el informe técnico."
        observe_report(report.id, reason=reason, version=report.version, actor=cast.steward)
        return
    claimed = {claim.milestone for claim in report.claims.all()}
    accept_report(
        report.id,
        validated=(report.reported or 0) - 5,
        milestones=claimed,
        version=report.version,
        actor=cast.steward,
    )
