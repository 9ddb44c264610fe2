"""The card of the plan's room."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from minga.foundation.search import Document
from minga.kernel.actors import Actor, Role
from minga.kernel.cards import (
    Finding,
    Label,
    NavigationEntry,
    Panel,
    Room,
    SearchSource,
    Seed,
    Severity,
    Subscription,
    Task,
)
from minga.kernel.clock import today
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.directory import contracts as directory
from minga.modules.plan import facts, indicators, queries
from minga.modules.plan.actions import powers
from minga.modules.plan.actions.demonstration import seed_progress
from minga.modules.plan.actions.norms import REGISTRARS, writes_for
from minga.modules.plan.actions.sheets import load_sheets
from minga.modules.plan.actions.state import load_state
from minga.modules.plan.cli import add_commands
from minga.modules.plan.jobs import after_norm
from minga.modules.plan.models import Milestone, Norm, Publication, Report, Roadmap
from minga.modules.plan.models.norm import NormState
from minga.modules.plan.models.report import ReportState
from minga.modules.plan.models.roadmap import DECIDED
from minga.modules.plan.models.structure import plan
from minga.modules.plan.queries import Obligation, Part, Turn


def _initiative_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    known = plan().initiatives
    return {
        reference: Label(
            f"{reference.id} {known[reference.id].title}", reverse("plan:initiative", args=[reference.id])
        )
        for reference in references
        if reference.id in known
    }


def _norm_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    norms = Norm.objects.filter(id__in=[reference.id for reference in references]).only("id", "number")
    return {norm.reference: Label(norm.number, reverse("plan:norm", args=[norm.id])) for norm in norms}


def _roadmap_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    rows = Roadmap.objects.filter(id__in=[reference.id for reference in references])
    return {
        row.reference: Label(
            gettext("Hoja de ruta %(code)s, versión %(number)s")
            % {"code": row.initiative, "number": row.number},
            reverse("plan:roadmap", args=[row.id]) if row.state in DECIDED else "",
        )
        for row in rows
    }


def _report_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    rows = Report.objects.filter(id__in=[reference.id for reference in references])
    return {
        row.reference: Label(
            gettext("Informe %(code)s, %(quarter)s") % {"code": row.initiative, "quarter": row.quarter.title},
            reverse("plan:report", args=[row.id]) if row.state != ReportState.DRAFT else "",
        )
        for row in rows
    }


def _milestone_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    rows = Milestone.objects.filter(key__in=[reference.id for reference in references]).order_by(
        "roadmap__number"
    )
    return {row.reference: Label(row.title) for row in rows}


def _state_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    return {
        reference: Label(
            gettext("Estado del plan, %(period)s") % {"period": reference.id},
            reverse("plan:state", args=[reference.id]),
        )
        for reference in references
    }


def _institution_panel(institution: Reference, on: date) -> Panel | None:
    """What the plan asks of an institution: the strategies it carries out or supports."""
    code = directory.institution_by_id(UUID(institution.id)).code
    answering = {
        strategy: part.role
        for strategy, taking_part in queries.participants().items()
        for part in taking_part
        if part.institution.reference == institution
    }
    roles = answering or plan().roles_of(code)
    if not roles:
        return None
    words = {"executor": gettext("Ejecuta"), "collaborator": gettext("Colabora")}
    rows = [
        (words[role], f"{number} {plan().strategies[number].title}", reverse("plan:strategy", args=[number]))
        for number, role in roles.items()
    ]
    if answering:
        rows.append(
            (
                gettext("Avance"),
                gettext("Hojas de ruta, informes y atrasos"),
                reverse("plan:institution", args=[code]),
            )
        )
    return Panel(gettext("Qué le pide el plan"), rows)


def _home() -> Panel:
    """How the plan goes, in three lines for the home page."""
    readings = queries.readings().values()
    measured = sum(reading.value is not None for reading in readings)
    reached = sum(reading.reached for reading in readings)
    overview = reverse("plan:overview")
    return Panel(
        gettext("Cómo va el plan"),
        [
            (gettext("Indicadores que se miden en vivo"), f"{measured} / {len(readings)}", overview),
            (gettext("Metas cumplidas"), str(reached), overview),
        ],
    )


def _tasks(actor: Actor) -> Iterator[Task]:
    """Norms to register, roadmaps and reports to file or correct, and for MINTEL those to review."""
    yield from _norm_tasks(actor)
    if not actor.holds(*powers.PREPARERS, *powers.REVIEWERS):
        return
    own, reviews = powers.works_for(actor), powers.may_review(actor)
    for part in queries.parts(institutions=None if reviews else own):
        mine = part.participant.institution.id in own
        for owed in part.obligations:
            if owed.asked and mine:
                kind = (
                    gettext("Por corregir en el plan")
                    if owed.turn is Turn.CORRECTION
                    else gettext("Por presentar en el plan")
                )
                yield _task(kind, part, owed)
            elif owed.turn is Turn.REVIEW and reviews:
                yield _task(gettext("Por revisar en el plan"), part, owed)


def _task(kind: str, part: Part, owed: Obligation) -> Task:
    institution = part.participant.institution
    what = owed.quarter.title if owed.quarter else gettext("Hoja de ruta")
    return Task(
        kind=kind,
        title=f"{part.initiative.code} {what}",
        url=reverse("plan:part_work", args=[part.initiative.code, institution.code]),
        detail=f"{part.initiative.title} · {institution.acronym or institution.name}",
        due=owed.due_on,
        institution=institution.reference,
    )


def _norm_tasks(actor: Actor) -> Iterator[Task]:
    """The drafts that wait for someone who registers norms."""
    if not actor.holds(*REGISTRARS):
        return
    for norm in queries.workplace_norms(institutions=writes_for(actor), state=NormState.DRAFT):
        yield Task(
            kind=gettext("Normas en borrador por registrar"),
            title=norm.number,
            url=reverse("plan:norm_edit", args=[norm.id]),
            detail=norm.institution.name,
            institution=norm.institution.reference,
        )


def _check_config() -> list[Finding]:
    """Whether published values keep up with the ledger."""
    newest = Publication.objects.order_by("-id").first()
    if newest is None:
        return [
            Finding(
                Severity.WARNING,
                gettext("El plan todavía no publica ningún valor."),
                gettext("Deje en marcha «minga worker» o ejecute «minga plan publish»."),
            )
        ]
    if newest.day < today() - timedelta(days=1):
        return [
            Finding(
                Severity.ERROR,
                gettext("Los valores del plan no se publican desde hace más de un día."),
                gettext("Revise que «minga worker» esté en marcha."),
            )
        ]
    return [Finding(Severity.OK, gettext("Los valores del plan están al día."))]


def _documents() -> Iterator[Document]:
    """Everything of the plan that people can find: strategies, initiatives and indicators."""
    for entry in plan().strategies.values():
        url = reverse("plan:strategy", args=[entry.code])
        yield _document("strategy", entry.code, entry.title, url, " ".join(entry.beneficiaries))
    for item in plan().initiatives.values():
        url = reverse("plan:initiative", args=[item.code])
        yield _document("initiative", item.code, item.title, url, plan().strategies[item.strategy].title)
    for indicator in plan().indicators.values():
        url = reverse("plan:indicator", args=[indicator.code])
        words = "indicador meta línea base ficha metodológica"
        yield _document("indicator", indicator.code, indicator.title, url, words)
    for norm in Norm.objects.exclude(state=NormState.DRAFT).select_related("institution"):
        yield queries.search_document(norm)


def _document(kind: str, code: str, title: str, url: str, body: str) -> Document:
    return Document(
        kind="plan", reference=Reference.of(kind, code), title=f"{code} {title}", body=body, url=url
    )


card = Room(
    name="plan",
    title=N_("Plan"),
    level=6,
    serves=tuple(f"E{number}" for number in range(1, 15)),
    urls=(("", "minga.modules.plan.urls"),),
    api="minga.modules.plan.api",
    navigation=(
        NavigationEntry(
            title=N_("El plan"),
            url_name="plan:overview",
            order=30,
            description=N_("Qué se propuso el Estado y cómo va, con cada dato a la vista."),
        ),
    ),
    workplace=(
        NavigationEntry(
            title=N_("Avance del plan"),
            url_name="plan:progress_work",
            order=20,
            description=N_(
                "Hojas de ruta, informes y pruebas: lo que su institución debe y lo que MINTEL revisa."
            ),
            roles=(Role.EDITOR, Role.APPROVER, Role.HEAD, Role.STEWARD, Role.AUDITOR),
        ),
        NavigationEntry(
            title=N_("Normas del plan"),
            url_name="plan:norms",
            order=30,
            description=N_("Registre las normas que su institución emite para cumplir el plan."),
            roles=(Role.EDITOR, Role.APPROVER, Role.HEAD, Role.STEWARD, Role.AUDITOR),
        ),
    ),
    facts=(
        facts.NormIssued,
        facts.NormWithdrawn,
        facts.DeadlineSet,
        facts.RoadmapSubmitted,
        facts.RoadmapObserved,
        facts.RoadmapApproved,
        facts.ReportSubmitted,
        facts.ReportObserved,
        facts.ReportRejected,
        facts.ReportAccepted,
        facts.MilestoneAccepted,
        facts.MilestoneRefused,
        facts.StatePublished,
    ),
    indicators=indicators.ALL,
    subscriptions=tuple(
        Subscription(fact=kind.name, name="plan.after_norm", handler=after_norm)
        for kind in (facts.NormIssued, facts.NormWithdrawn)
    ),
    search=(SearchSource(kind="plan", title=N_("Plan"), documents=_documents),),
    labels={
        "initiative": _initiative_labels,
        "norm": _norm_labels,
        "roadmap": _roadmap_labels,
        "progress-report": _report_labels,
        "milestone": _milestone_labels,
        "state-report": _state_labels,
    },
    institution_panel=_institution_panel,
    home=_home,
    tasks=_tasks,
    asks_for_opinion=tuple(
        f"plan:{name}"
        for name in (
            "overview",
            "programme",
            "strategy",
            "initiative",
            "indicator",
            "sheet",
            "norm",
            "act",
            "institution",
            "roadmap",
            "report",
            "state",
        )
    ),
    append_only=("plan_publication", "plan_sheetversion", "plan_statereport", "plan_statedocument"),
    check_config=_check_config,
    seeds=(
        Seed(90, N_("Fichas metodológicas"), load_sheets),
        Seed(110, N_("Avance inventado para la demostración"), seed_progress, demonstration=True),
        Seed(120, N_("Estado del plan del último trimestre"), load_state, demonstration=True),
    ),
    commands=(add_commands,),
)
