"""Writing the guidelines: a draft copied from the version in force, changed, and published for good."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.ledger.recording import record
from minga.foundation.search import index, remove
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import Conflict, Invalid
from minga.kernel.facts import Sha256
from minga.modules.cloud.actions.holding import hold
from minga.modules.cloud.facts import GuidelinePublished
from minga.modules.cloud.models import Guideline, Question, Section
from minga.modules.cloud.models.guideline import GuidelineState
from minga.modules.cloud.queries import guidelines as queries

Row = TypeVar("Row", Section, Question)
_SECTION = ("key", "position", "title", "text")
_QUESTION = ("key", "position", "text", "help", "remedy", "basis", "critical", "weight")


@dataclass(frozen=True, kw_only=True)
class GuidelineText:
    """What the steward writes about a version as a whole."""

    title: str
    introduction: str
    changes: str


@dataclass(frozen=True, kw_only=True)
class SectionText:
    """A chapter, and its place in the order."""

    position: int
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class QuestionText:
    """A question of the checklist, and its place in the order; `weight` from 1 to 5."""

    position: int
    text: str
    help: str
    remedy: str
    basis: str
    critical: bool
    weight: int


@transaction.atomic
def draft_guideline(*, actor: Actor) -> Guideline:
    """Start the next version as a copy of the one in force. Raises Forbidden, and Conflict while one is in work."""
    actor.require(Role.STEWARD)
    if Guideline.objects.filter(state=GuidelineState.DRAFT).exists():
        raise Conflict(_("Ya hay una versión en borrador. Termínela o descártela antes de empezar otra."))
    number = (Guideline.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    model = queries.in_force()
    draft = Guideline.objects.create(
        number=number,
        title=model.title if model else _("Lineamientos para contratar servicios en la nube"),
        introduction=model.introduction if model else "",
    )
    if model:
        Section.objects.bulk_create(
            Section(guideline=draft, **_values(each, _SECTION)) for each in model.sections.all()
        )
        Question.objects.bulk_create(
            Question(guideline=draft, **_values(each, _QUESTION)) for each in model.questions.all()
        )
    return draft


def _values(row: Section | Question, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(row, field) for field in fields}


@transaction.atomic
def change_guideline(number: int, text: GuidelineText, *, version: int, actor: Actor) -> Guideline:
    """Rewrite a draft's title and introduction. Raises Forbidden, Conflict."""
    draft = _held(number, actor, version)
    for field, value in asdict(text).items():
        setattr(draft, field, value)
    return _saved(draft)


@transaction.atomic
def write_section(
    number: int, text: SectionText, *, section: int | None, version: int, actor: Actor
) -> Section:
    """Add a chapter to a draft, or rewrite the one with this key. Raises Forbidden, Conflict, NotFound."""
    draft = _held(number, actor, version)
    row = hold(draft.sections.filter(id=section)) if section else Section(guideline=draft)
    return _written(draft, row, asdict(text))


@transaction.atomic
def write_question(
    number: int, text: QuestionText, *, question: int | None, version: int, actor: Actor
) -> Question:
    """Add a question to a draft, or rewrite the one with this key. Raises Forbidden, Conflict, NotFound."""
    draft = _held(number, actor, version)
    row = hold(draft.questions.filter(id=question)) if question else Question(guideline=draft)
    return _written(draft, row, asdict(text))


@transaction.atomic
def remove_section(number: int, section: int, *, version: int, actor: Actor) -> None:
    """Take a chapter out of a draft. Raises Forbidden, Conflict, NotFound."""
    draft = _held(number, actor, version)
    hold(draft.sections.filter(id=section)).delete()
    _saved(draft)


@transaction.atomic
def remove_question(number: int, question: int, *, version: int, actor: Actor) -> None:
    """Take a question out of a draft. Raises Forbidden, Conflict, NotFound."""
    draft = _held(number, actor, version)
    hold(draft.questions.filter(id=question)).delete()
    _saved(draft)


@transaction.atomic
def discard_guideline(number: int, *, version: int, actor: Actor) -> None:
    """Throw a draft away. Raises Forbidden, Conflict."""
    _held(number, actor, version).delete()


@transaction.atomic
def publish_guideline(number: int, *, version: int, actor: Actor) -> Guideline:
    """Put a draft in force; from now on it never changes.

    Raises Forbidden, Conflict, and Invalid when it says nothing, asks nothing, or does not say what is new.
    """
    draft = _held(number, actor, version)
    before = queries.in_force()
    if not draft.introduction or not draft.sections.exists() or not draft.questions.exists():
        raise Invalid(_("Escriba la introducción, al menos una sección y al menos una pregunta."))
    if before and not draft.changes:
        message = _("Diga qué cambia frente a la versión anterior.")
        raise Invalid(message, {"changes": [message]})
    draft.state, draft.published_on = GuidelineState.PUBLISHED, today()
    _saved(draft)
    if before:
        remove([before.reference])
    index([queries.search_document(draft)])
    record(
        GuidelinePublished(questions=draft.questions.count(), content=_digest(draft)),
        actor=actor,
        subject=draft.reference,
    )
    return draft


def _digest(guideline: Guideline) -> Sha256:
    """SHA-256 over all that the version says, so that anybody can prove which words were in force."""
    content = {
        "guideline": model_to_dict(guideline, ["number", "title", "introduction", "changes"]),
        "sections": [_values(each, _SECTION) for each in guideline.sections.all()],
        "questions": [_values(each, _QUESTION) for each in guideline.questions.all()],
    }
    return Sha256(hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest())


def _held(number: int, actor: Actor, version: int) -> Guideline:
    actor.require(Role.STEWARD)
    found = hold(Guideline.objects.filter(number=number), version=version)
    if found.state != GuidelineState.DRAFT:
        raise Conflict(_("Una versión publicada no se puede cambiar. Empiece otra."))
    return found


def _written(draft: Guideline, row: Row, values: dict[str, Any]) -> Row:
    for field, value in values.items():
        setattr(row, field, value)
    row.save()
    _saved(draft)
    return row


def _saved(draft: Guideline) -> Guideline:
    return versions.save(draft)
