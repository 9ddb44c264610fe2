"""What a new instance starts with: the services that the plan's text proves, and a first draft of the guidelines."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.clock import start_of
from minga.kernel.facts import Code
from minga.kernel.text import slug, sort_key
from minga.modules.cloud.actions import guidelines
from minga.modules.cloud.actions.holding import institution_of
from minga.modules.cloud.facts import ServiceOffered
from minga.modules.cloud.models import Guideline, Service
from minga.modules.cloud.models.service import ServiceState
from minga.modules.cloud.queries.services import PROVIDER
from minga.modules.directory import contracts as directory

DATA = Path(__file__).resolve().parent.parent / "data"
SEED = Actor.system("seed")
_OFFERED_SINCE = date(2018, 1, 1)
"""The plan's first day: its text says that these services were offered then, not since when."""


def read(name: str) -> Any:
    """One of the room's own data files."""
    return yaml.safe_load((DATA / name).read_text("utf-8"))


@transaction.atomic
def load_services() -> str:
    """Add the services that are missing; what the provider changed since stays as it is."""
    data = read("services.yaml")
    made = [row for row in data["services"] if _add(row, data["how_to_ask"])]
    return f"{len(made)} servicios nuevos, {len(data['services']) - len(made)} que ya estaban"


def _add(row: dict[str, Any], how_to_ask: str) -> bool:
    code = slug(row["title"], max_length=60)
    if Service.objects.filter(code=code).exists():
        return False
    offered = row["state"] == ServiceState.OFFERED
    service = Service.objects.create(
        **row,
        code=code,
        sort_key=sort_key(row["title"]),
        how_to_ask=how_to_ask if offered else "",
        provider_id=directory.institution(PROVIDER).id,
        offered_on=_OFFERED_SINCE if offered else None,
    )
    if offered:
        record(
            ServiceOffered(category=Code(service.category)),
            actor=SEED,
            subject=service.reference,
            institution=institution_of(service.provider_id),
            occurred_at=start_of(_OFFERED_SINCE),
        )
    return True


@transaction.atomic
def load_guidelines() -> str:
    """Give the steward a first version to change and publish; nothing when there is any version."""
    if Guideline.objects.exists():
        return "ya había una versión de los lineamientos"
    data = read("guidelines.yaml")
    number = guidelines.draft_guideline(actor=SEED).number
    text = guidelines.GuidelineText(title=data["title"], introduction=data["introduction"], changes="")
    guidelines.change_guideline(number, text, version=_version(number), actor=SEED)
    for position, row in enumerate(data["sections"], start=1):
        section = guidelines.SectionText(position=position, **row)
        guidelines.write_section(number, section, section=None, version=_version(number), actor=SEED)
    for position, row in enumerate(data["questions"], start=1):
        question = guidelines.QuestionText(position=position, **row)
        guidelines.write_question(number, question, question=None, version=_version(number), actor=SEED)
    return f"una versión en borrador, con {len(data['questions'])} preguntas"


def _version(number: int) -> int:
    return Guideline.objects.get(number=number).version
