"""Progress reports as an institution prepares and files them: text, claims, evidence."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.calendars.queries import calendar_on
from minga.foundation.files.models import StoredFile
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.clock import now, today
from minga.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from minga.kernel.facts import Code, Sha256
from minga.modules.directory.contracts import InstitutionSummary
from minga.modules.plan import queries
from minga.modules.plan.actions import powers
from minga.modules.plan.actions.roadmaps import own_part
from minga.modules.plan.facts import ReportSubmitted
from minga.modules.plan.models import Claim, Evidence, Report
from minga.modules.plan.models.periods import Quarter
from minga.modules.plan.models.report import TEXTS, WRITABLE, ClaimState, ReportState
from minga.modules.plan.models.roadmap import WHOLE
from minga.ui.formats import day as in_words

MOST_EVIDENCE = 50


@dataclass(frozen=True, kw_only=True)
class ReportText:
    """What an official writes in a report; `reported` is the institution's own figure in percent."""

    reported: int | None
    done: str
    difficulties: str
    next_steps: str


@dataclass(frozen=True, kw_only=True)
class EvidenceText:
    """What an official brings to prove that a milestone was reached: a file, or the number of an act in the ledger."""

    milestone: UUID
    done_on: date
    title: str
    file: StoredFile | None
    file_name: str
    act: int | None
    source: str


@transaction.atomic
def start_report(
    *, initiative: str, quarter: Quarter, institution: InstitutionSummary, actor: Actor
) -> Report:
    """Start the report of `institution` about an initiative for a quarter that has begun.

    Raises Forbidden unless the actor prepares for it, Invalid when the plan does not ask this institution, there is
    no roadmap in force, or the quarter lies ahead or before the roadmap; Conflict when the report exists.
    """
    actor.require(*powers.PREPARERS, institution=institution.reference)
    part = own_part(initiative, institution)
    if part.in_force is None:
        raise Invalid(_("Primero presente su hoja de ruta: el informe dice cuánto se avanzó en ella."))
    asked = {owed.quarter: owed for owed in part.obligations if owed.quarter is not None}
    if quarter not in asked:
        message = _(
            "De ese trimestre no se pide un informe: no empieza todavía, o no había trabajo pendiente en él."
        )
        raise Invalid(message, {"period": [message]})
    report = Report(
        roadmap=part.in_force,
        initiative=initiative,
        institution_id=institution.id,
        period=quarter.code,
        drafted_by=actor.reference,
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("El informe de ese trimestre ya existe.")) from None
    return report


@transaction.atomic
def write_report(report_id: UUID, text: ReportText, *, version: int, actor: Actor) -> Report:
    """Rewrite a report that is not filed, or was given back. Raises Invalid for a figure outside 0 to 100."""
    report = _writable(report_id, version=version, actor=actor)
    if text.reported is None and report.submitted_at is not None:
        message = _("Este informe ya se presentó una vez: escriba cuánto avanzó, de 0 a 100.")
        raise Invalid(message, {"reported": [message]})
    if text.reported is not None and not 0 <= text.reported <= WHOLE:
        message = _("Escriba un número entero entre 0 y 100.")
        raise Invalid(message, {"reported": [message]})
    for field, value in asdict(text).items():
        setattr(report, field, value)
    return versions.save(report)


@transaction.atomic
def add_evidence(report_id: UUID, text: EvidenceText, *, version: int, actor: Actor) -> Evidence:
    """Say in a report that a milestone was reached, and bring what proves it.

    Raises Invalid when the roadmap has no such milestone, MINTEL accepted it before, the day lies ahead, or there is
    neither one file nor the number of one public act.
    """
    report = _writable(report_id, version=version, actor=actor)
    _check(text, report)
    claim, _new = Claim.objects.get_or_create(
        report=report, milestone=text.milestone, defaults={"done_on": text.done_on}
    )
    if claim.state == ClaimState.WITHDRAWN:
        claim.state = ClaimState.PENDING
        claim.save(update_fields=["state"])
    evidence = Evidence.objects.create(
        claim=claim,
        title=text.title,
        file=text.file,
        file_name=text.file_name,
        act=text.act,
        source=text.source,
        added_by=actor.reference,
    )
    versions.save(report)
    return evidence


@transaction.atomic
def withdraw_evidence(evidence_id: UUID, *, version: int, actor: Actor) -> Report:
    """Take evidence out of a report that is still open: what was filed before stays, marked as withdrawn.

    A claim whose last evidence goes is no longer claimed.
    """
    found = queries.workplace_evidence(evidence_id)
    report = _writable(found.claim.report_id, version=version, actor=actor)
    evidence = Evidence.objects.select_for_update().get(pk=found.pk)
    if evidence.withdrawn_at is not None:
        raise Invalid(_("Esa prueba ya se retiró."))
    if evidence.filed_at is None:
        evidence.delete()
    else:
        evidence.withdrawn_at = now()
        evidence.save(update_fields=["withdrawn_at"])
    claim = found.claim
    if not claim.evidence.exists():
        claim.delete()
    elif not claim.evidence.filter(withdrawn_at__isnull=True).exists():
        claim.state = ClaimState.WITHDRAWN
        claim.save(update_fields=["state"])
    return versions.save(report)


@transaction.atomic
def discard_report(report_id: UUID, *, version: int, actor: Actor) -> None:
    """Throw away a draft that was never filed."""
    report = _writable(report_id, version=version, actor=actor)
    if report.submitted_at is not None:
        raise Invalid(_("Este informe ya se presentó una vez: corríjalo en lugar de descartarlo."))
    report.delete()


@transaction.atomic
def submit_report(report_id: UUID, *, version: int, actor: Actor) -> Report:
    """File a report: its figure is public from now on, and its evidence can never be changed.

    Raises Forbidden unless the actor files for the institution, Invalid naming what is missing.
    """
    report = _writable(report_id, version=version, actor=actor, filing=True)
    _require_whole(report)
    report.state = ReportState.SUBMITTED
    report.submitted_by, report.submitted_at = actor.reference, now()
    report.first_submitted_at = report.first_submitted_at or report.submitted_at
    report.due_on = report.due_on or report.quarter.due(calendar_on())
    report.filed_reported, report.filed = report.reported, {name: getattr(report, name) for name in TEXTS}
    versions.save(report)
    Evidence.objects.filter(claim__report=report, filed_at__isnull=True).update(filed_at=report.submitted_at)
    record(
        ReportSubmitted(
            initiative=queries.initiative(report.initiative).reference,
            roadmap=report.roadmap.reference,
            period=Code(report.period),
            reported=report.reported or 0,
            evidence=_digests(report),
        ),
        actor=actor,
        subject=report.reference,
        institution=powers.institution_of(report.institution_id),
        synthetic=report.roadmap.synthetic,
    )
    return report


def _digests(report: Report) -> tuple[Sha256, ...]:
    """SHA-256 of the files that stand behind a report, in a stable order."""
    rows = Evidence.objects.filter(claim__report=report, withdrawn_at__isnull=True, file__isnull=False)
    return tuple(Sha256(digest) for digest in sorted(set(rows.values_list("file_id", flat=True))))


def _check(text: EvidenceText, report: Report) -> None:
    problems: dict[str, list[str]] = {}
    part = queries.part(initiative=report.initiative, institution=report.institution_id)
    if text.milestone not in {step.milestone.key for step in part.steps if not step.done_on}:
        problems["milestone"] = [_("Elija un hito pendiente de la hoja de ruta vigente.")]
    if text.done_on > min(today(), report.quarter.end):
        problems["done_on"] = [_("Escriba una fecha que ya pasó y que no sea posterior al trimestre.")]
    else:
        problems |= _other_day(text, report)
    if (text.file is None) == (text.act is None):
        problems["file"] = [_("Adjunte un archivo o escriba el número de un acto; no ambos.")]
    if text.act is not None:
        problems |= _unknown_act(text.act)
    if Evidence.objects.filter(claim__report=report).count() >= MOST_EVIDENCE:
        problems["file"] = [_("Un informe lleva como máximo %(most)s pruebas.") % {"most": MOST_EVIDENCE}]
    if problems:
        raise Invalid(_("Revise los datos de la prueba."), problems)


def _other_day(text: EvidenceText, report: Report) -> dict[str, list[str]]:
    claimed = Claim.objects.filter(report=report, milestone=text.milestone).first()
    if claimed is None or claimed.done_on == text.done_on:
        return {}
    words = _("En este informe ya dijo que el hito se cumplió el %(day)s: use la misma fecha.")
    return {"done_on": [words % {"day": in_words(claimed.done_on)}]}


def _unknown_act(position: int) -> dict[str, list[str]]:
    try:
        queries.act(position)
    except NotFound:
        return {"act": [_("No hay un acto público con ese número. Está en la página del acto, en el plan.")]}
    return {}


def _require_whole(report: Report) -> None:
    problems: dict[str, list[str]] = {}
    if report.reported is None:
        problems["reported"] = [_("Escriba cuánto avanzó la iniciativa, de 0 a 100.")]
    if not report.done.strip():
        problems["done"] = [_("Cuente qué se hizo en el trimestre.")]
    part = queries.part(initiative=report.initiative, institution=report.institution_id)
    pending = {step.milestone.key for step in part.steps if not step.done_on}
    if (
        Claim.objects.filter(report=report)
        .exclude(state=ClaimState.WITHDRAWN)
        .exclude(milestone__in=pending)
        .exists()
    ):
        problems["evidence"] = [
            _(
                "Un hito de este informe ya fue aceptado o no está en la hoja de ruta vigente: retire sus pruebas."
            )
        ]
    if problems:
        raise Invalid(_("Complete el informe antes de presentarlo."), problems)


def _writable(report_id: UUID, *, version: int, actor: Actor, filing: bool = False) -> Report:
    institution = queries.workplace_report(report_id).institution_id
    if not (powers.may_file if filing else powers.may_prepare)(actor, institution):
        raise Forbidden()
    report = locked(report_id, version=version)
    if report.state not in WRITABLE:
        raise Invalid(_("Este informe ya se presentó: no se puede cambiar."))
    current = queries.part(initiative=report.initiative, institution=institution).in_force
    if current is not None:
        report.roadmap = current
    return report


def locked(report_id: UUID, *, version: int) -> Report:
    """The report, held until the transaction ends; Conflict when somebody saved it after the actor read `version`."""
    return versions.hold(
        Report.objects.filter(id=report_id),
        version=version,
        missing=_("No hay un informe con esa dirección."),
        changed=_(
            "Otra persona cambió este informe mientras usted lo tenía abierto. Revíselo y vuelva a enviar."
        ),
    )
