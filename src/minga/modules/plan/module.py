"""The card of the plan's room."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from minga.foundation.search import Document
from minga.kernel.actors import Role
from minga.kernel.cards import Label, NavigationEntry, Panel, Room, SearchSource, Subscription
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.directory import contracts as directory
from minga.modules.plan import facts, indicators
from minga.modules.plan.cli import add_commands
from minga.modules.plan.jobs import republish
from minga.modules.plan.models import Norm
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
        Subscription(fact=kind.name, name="plan.republish", handler=republish)
        for kind in (facts.NormIssued, facts.NormWithdrawn)
    ),
    search=(SearchSource(kind="plan", title=N_("Plan"), documents=_documents),),
    labels={"initiative": _initiative_labels, "norm": _norm_labels},
    institution_panel=_institution_panel,
    commands=(add_commands,),
)
