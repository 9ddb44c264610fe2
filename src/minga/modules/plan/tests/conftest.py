"""The cast: institutions of the directory and officials who hold posts in them."""

from uuid import NAMESPACE_URL, uuid5

import pytest
from django.db import transaction

from minga.kernel.actors import Actor, Post, Role
from minga.kernel.clock import today
from minga.kernel.references import Reference
from minga.modules.directory import contracts as directory
from minga.modules.directory.module import card as directory_card
from minga.modules.plan import actions
from minga.modules.plan.actions import EvidenceText, MilestoneText, NormText, ReportText
from minga.modules.plan.models import Roadmap
from minga.modules.plan.models.periods import Quarter


@pytest.fixture(scope="module")
def _seeded(django_db_setup, django_db_blocker):
    """The real register, loaded once for a module, and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        for seed in sorted(directory_card.seeds, key=lambda seed: seed.order):
            seed.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def official(_seeded, db):
    """A function that makes an official with one role in one institution, by its code."""

    def make(role: Role, institution: str) -> Actor:
        found = directory.institution(institution)
        return Actor(
            reference=Reference.of("account", uuid5(NAMESPACE_URL, f"{role}-{institution}")),
            posts=(Post(role, found.reference, found.code),),
            name="Persona inventada",
        )

    return make


@pytest.fixture
def text():
    """What an official writes about a norm of initiative 1.1."""
    from datetime import date

    return NormText(
        initiative="1.1",
        title="Norma técnica de participación electrónica",
        number="Acuerdo Ministerial 001-2026",
        issued_on=date(2026, 3, 2),
        gazette_number="Suplemento 12",
        gazette_on=date(2026, 3, 20),
    )


@pytest.fixture
def milestones():
    """Two milestones that add up: 40 % and 60 %."""
    from datetime import date

    return (
        MilestoneText(
            title="Diagnóstico terminado",
            proof="Informe técnico firmado",
            weight=40,
            starts_on=date(2026, 1, 5),
            due_on=date(2026, 6, 30),
        ),
        MilestoneText(
            title="Norma en consulta pública",
            proof="Publicación de la consulta",
            weight=60,
            starts_on=date(2026, 7, 1),
            due_on=date(2027, 3, 31),
        ),
    )


@pytest.fixture
def paper(db):
    """A function that stores a small PDF with these words in it and returns the stored file."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from minga.foundation.files.storing import store

    def make(words: str = "prueba"):
        body = b"%PDF-1.4\n% " + words.encode() + b"\n%%EOF\n"
        return store(
            SimpleUploadedFile("prueba.pdf", body), actor=Actor.system("test"), allowed=["application/pdf"]
        )

    return make


@pytest.fixture
def roadmap(official, milestones):
    """A function that makes a roadmap of an institution for an initiative, up to the state asked for."""

    def make(initiative: str = "1.1", institution: str = "mdt", *, until: str = "approved"):
        editor, approver = official(Role.EDITOR, institution), official(Role.APPROVER, institution)
        found = actions.start_roadmap(
            initiative=initiative, institution=directory.institution(institution), actor=editor
        )
        actions.describe_roadmap(found.id, summary="Así lo haremos.", version=1, actor=editor)
        for version, text in enumerate(milestones, start=2):
            actions.put_milestone(found.id, text, version=version, actor=editor)
        found.refresh_from_db()
        if until in ("submitted", "approved"):
            found = actions.submit_roadmap(found.id, version=found.version, actor=approver)
        if until == "approved":
            steward = official(Role.STEWARD, "mintel")
            found = actions.approve_roadmap(found.id, version=found.version, actor=steward)
        return found

    return make


@pytest.fixture
def report(official, roadmap, paper):
    """A function that makes the report of this quarter, claiming the first milestone, up to the state asked for."""

    def make(*, until: str = "submitted", reported: int = 50):
        plan = Roadmap.objects.filter(state="approved").first() or roadmap()
        editor, approver = official(Role.EDITOR, "mdt"), official(Role.APPROVER, "mdt")
        found = actions.start_report(
            initiative=plan.initiative,
            quarter=Quarter.of(today()),
            institution=directory.institution("mdt"),
            actor=editor,
        )
        written = ReportText(
            reported=reported, done="Se hizo el diagnóstico.", difficulties="", next_steps=""
        )
        found = actions.write_report(found.id, written, version=1, actor=editor)
        if until == "written":
            return found
        kept = paper()
        brought = EvidenceText(
            milestone=plan.milestones.order_by("due_on")[0].key,
            done_on=today(),
            title="Informe técnico",
            file=kept,
            file_name=kept.name,
            act=None,
            source="",
        )
        actions.add_evidence(found.id, brought, version=found.version, actor=editor)
        found.refresh_from_db()
        if until == "draft":
            return found
        return actions.submit_report(found.id, version=found.version, actor=approver)

    return make
