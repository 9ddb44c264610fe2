"""What the cloud room's sample pages show beside its demonstration: one thing in each state that has words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.files.base import ContentFile

from minga.foundation.files.storing import store
from minga.kernel.actors import Actor
from minga.kernel.clock import now, today
from minga.modules.cloud.actions import adoptions, costs, guidelines, incidents, selfchecks
from minga.modules.cloud.models import (
    Guideline,
    Improvement,
    Incident,
    Maintenance,
    Monitor,
    Price,
    Proposal,
    Service,
)
from minga.modules.cloud.models.selfcheck import Verdict
from minga.modules.directory.contracts import institution
from tests.browser.papers import pdf


def cloud(actor: Callable[[str], Actor]) -> dict[str, str]:
    """Make all of it and tell its ids; `actor` finds an invented official by e-mail."""
    editor, approver = actor("editor.mdt@example.org"), actor("approver.mdt@example.org")
    provider, steward = actor("approver.cnt@example.org"), actor("steward.mintel@example.org")
    return {
        **_contracts(editor, approver, provider),
        **_writing(steward),
        **_checks(editor),
        **_ideas(editor),
        **_measurements(editor, provider),
    }


def _contracts(editor: Actor, approver: Actor, provider: Actor) -> dict[str, str]:
    draft = _draft("MDT-CNT-2026-001", editor)
    filed = _draft("MDT-CNT-2026-002", editor)
    adoptions.file_adoption(filed, version=1, actor=approver)
    ending = _draft("MDT-CNT-2026-003", editor)
    adoptions.file_adoption(ending, version=1, actor=approver)
    adoptions.confirm_adoption(ending, version=2, actor=provider)
    adoptions.ask_end(ending, on=today(), reason="Se cerró la oficina.", version=3, actor=approver)
    return {"contract_draft": str(draft), "contract_filed": str(filed), "contract_ending": str(ending)}


def _draft(contract: str, editor: Actor) -> UUID:
    file = store(ContentFile(pdf(contract), name="contrato.pdf"), actor=editor, allowed=["application/pdf"])
    text = adoptions.AdoptionText(
        service=Service.objects.get(code="enlace-de-datos"),
        contract=contract,
        starts_on=date(2019, 4, 15),
        expected_end=None,
    )
    evidence = adoptions.Evidence(file=file, name=file.name)
    return adoptions.draft_adoption(text, institution=institution("mdt"), evidence=evidence, actor=editor).id


def _writing(steward: Actor) -> dict[str, str]:
    """A second version in force, and a third in work."""
    second = guidelines.draft_guideline(actor=steward)
    question = second.questions.all()[0]
    guidelines.remove_question(second.number, question.pk, version=1, actor=steward)
    text = guidelines.GuidelineText(
        title=second.title,
        introduction=f"{second.introduction} Valen para todas las instituciones.",
        changes="Se quitó una pregunta y la introducción dice para quién valen.",
    )
    guidelines.change_guideline(second.number, text, version=2, actor=steward)
    guidelines.publish_guideline(second.number, version=3, actor=steward)
    third = guidelines.draft_guideline(actor=steward)
    return {"section": str(third.sections.all()[0].pk), "question": str(third.questions.all()[0].pk)}


def _checks(editor: Actor) -> dict[str, str]:
    """A check with two answers, and a finished one that lacks some points."""
    made = {}
    for name, answers in (
        ("check_open", 2),
        ("check_done", Guideline.objects.get(number=2).questions.count()),
    ):
        check = selfchecks.start_selfcheck(
            subject="Correo electrónico en la nube para 300 personas",
            institution=institution("mdt"),
            actor=editor,
        )
        for place in range(1, answers + 1):
            verdict = Verdict.NO if place % 5 == 0 else Verdict.YES
            selfchecks.answer_question(
                check.id, place, verdict=verdict, note="Consta en el estudio.", actor=editor
            )
        made[name] = str(check.id)
    selfchecks.finish_selfcheck(UUID(made["check_done"]), actor=editor)
    return made


def _ideas(editor: Actor) -> dict[str, str]:
    service = Service.objects.get(code="computacion-compartida-cloud")
    cost = costs.declare_cost(
        service,
        concept="Servidor de 2 vCPU y 8 GB de memoria",
        monthly=Decimal("99.50"),
        institution=institution("mdt"),
        actor=editor,
    )
    return {
        "action": str(Improvement.objects.filter(state="open").latest("due_on").id),
        "proposal": str(Proposal.objects.get(category="server").id),
        "proposal_closed": str(Proposal.objects.get(state="open", closes_on__lt=today()).id),
        "declined": str(Proposal.objects.get(state="declined").id),
        "price": str(Price.objects.filter(service__code="enlace-de-datos")[0].id),
        "cost": str(cost.pk),
    }


def _measurements(editor: Actor, provider: Actor) -> dict[str, str]:
    """What the cloud's demonstration measures, with an incident in each state that asks for something."""
    failing = Service.objects.get(code="videoconferencia")
    opened = incidents.announce_incident(
        failing, began_at=now(), text="No se puede entrar a las salas.", actor=provider
    )
    told = incidents.report_incident(
        failing,
        institution=institution("mdt"),
        began_at=now(),
        text="La sala se cierra a los pocos minutos.",
        actor=editor,
    )
    works = Maintenance.objects.filter(begins_at__gt=now())
    return {
        "monitor": str(Monitor.objects.get(state="active").pk),
        "paused_monitor": str(Monitor.objects.get(state="paused").pk),
        "works": str(works.latest("begins_at").pk),
        "incident_open": str(opened.pk),
        "incident_told": str(told.pk),
        "incident_closed": str(Incident.objects.filter(state="closed").latest("began_at").pk),
    }
