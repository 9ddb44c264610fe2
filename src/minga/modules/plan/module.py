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
    Severity,
    Subscription,
    Task,
)
from minga.kernel.clock import today
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.directory import contracts as directory
from minga.modules.plan import facts, indicators, queries
from minga.modules.plan.actions.norms import REGISTRARS, writes_for
from minga.modules.plan.cli import add_commands
from minga.modules.plan.jobs import after_norm
from minga.modules.plan.models import Norm, Publication
from minga.modules.plan.models.norm import NormState
from minga.modules.plan.models.structure import plan


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


def _institution_panel(institution: Reference, on: date) -> Panel | None:
    """What the plan asks of an institution: the strategies it carries out or supports."""
    roles = plan().roles_of(directory.institution_by_id(UUID(institution.id)).code)
    if not roles:
        return None
    words = {"executor": gettext("Ejecuta"), "collaborator": gettext("Colabora")}
    rows = [
        (words[role], f"{code} {plan().strategies[code].title}", reverse("plan:strategy", args=[code]))
        for code, role in roles.items()
    ]
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
    """The drafts that wait for someone who registers norms."""
    if not actor.holds(*REGISTRARS):
        return
    for norm in queries.workplace_norms(institutions=writes_for(actor), state=NormState.DRAFT)[:50]:
        yield Task(
            kind=gettext("Normas en borrador por registrar"),
            title=norm.number,
            url=reverse("plan:norm_edit", args=[norm.id]),
            detail=norm.institution.name,
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
        yield _document("indicator", indicator.code, indicator.title, url, "indicador meta línea base")
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
            title=N_("Normas del plan"),
            url_name="plan:norms",
            order=30,
            description=N_("Registre las normas que su institución emite para cumplir el plan."),
            roles=(Role.EDITOR, Role.APPROVER, Role.HEAD, Role.STEWARD, Role.AUDITOR),
        ),
    ),
    facts=(facts.NormIssued, facts.NormWithdrawn),
    indicators=indicators.ALL,
    subscriptions=tuple(
        Subscription(fact=kind.name, name="plan.after_norm", handler=after_norm)
        for kind in (facts.NormIssued, facts.NormWithdrawn)
    ),
    search=(SearchSource(kind="plan", title=N_("Plan"), documents=_documents),),
    labels={"initiative": _initiative_labels, "norm": _norm_labels},
    institution_panel=_institution_panel,
    home=_home,
    tasks=_tasks,
    asks_for_opinion=tuple(
        f"plan:{name}"
        for name in ("overview", "programme", "strategy", "initiative", "indicator", "norm", "act")
    ),
    append_only=("plan_publication",),
    check_config=_check_config,
    commands=(add_commands,),
)
