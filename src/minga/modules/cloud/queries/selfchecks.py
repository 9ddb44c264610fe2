"""Reading self-checks: the list of questions with their answers, and the result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minga.kernel.cards import Label
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.cloud.models import Answer, Question, SelfCheck
from minga.modules.cloud.models.selfcheck import Verdict

_WORTH = {Verdict.YES: Decimal(1), Verdict.PARTLY: Decimal("0.5"), Verdict.NO: Decimal(0)}


def selfcheck(id: UUID) -> SelfCheck:
    """The check with this key; NotFound otherwise."""
    found = SelfCheck.objects.select_related("guideline", "institution").filter(id=id).first()
    if found is None:
        raise NotFound(_("No hay una autoevaluación con esa dirección."))
    return found


def selfchecks(*, institutions: list[UUID] | None) -> QuerySet[SelfCheck]:
    """Checks of these institutions (all when None), the newest first."""
    found = SelfCheck.objects.select_related("guideline", "institution")
    return found if institutions is None else found.filter(institution_id__in=institutions)


def question_at(check: SelfCheck, position: int) -> Question:
    """The question at this place of the check's version, from 1; NotFound otherwise."""
    questions = list(check.guideline.questions.all())
    if not 1 <= position <= len(questions):
        raise NotFound(_("Esa pregunta no existe."))
    return questions[position - 1]


@dataclass(frozen=True)
class Line:
    """One question with its place in the list and its answer, if it has one."""

    place: int
    question: Question
    answer: Answer | None

    @property
    def missing(self) -> bool:
        """Whether the purchase still lacks what the question asks for."""
        return self.answer is not None and self.answer.verdict in (Verdict.NO, Verdict.PARTLY)


@dataclass(frozen=True)
class Result:
    """How a purchase stands against the checklist; `score` is None when nothing applies to it."""

    lines: tuple[Line, ...]
    score: int | None

    @property
    def unanswered(self) -> tuple[Line, ...]:
        """Questions without an answer."""
        return tuple(line for line in self.lines if line.answer is None)

    @property
    def missing(self) -> tuple[Line, ...]:
        """What is missing, critical points first."""
        found = [line for line in self.lines if line.missing]
        return tuple(sorted(found, key=lambda line: not line.question.critical))

    @property
    def critical_missing(self) -> tuple[Line, ...]:
        """The missing points without which the institution should not buy."""
        return tuple(line for line in self.missing if line.question.critical)

    @property
    def next_place(self) -> int | None:
        """The place of the first question without an answer; None when all have one."""
        return self.unanswered[0].place if self.unanswered else None


def result(check: SelfCheck) -> Result:
    """The questions and answers of a check with its score (two queries)."""
    answers = {answer.question_id: answer for answer in check.answers.all()}
    lines = tuple(
        Line(place, question, answers.get(question.pk))
        for place, question in enumerate(check.guideline.questions.all(), start=1)
    )
    verdicts = [
        (line.question.weight, Verdict(line.answer.verdict)) for line in lines if line.answer is not None
    ]
    return Result(lines, score(verdicts))


def score(verdicts: Sequence[tuple[int, Verdict]]) -> int | None:
    """Percent of the weight that is met, from (weight, verdict) pairs, rounded half up.

    "Partly" is worth half; what does not apply is left out on both sides. None when nothing applies.
    """
    applying = [(weight, verdict) for weight, verdict in verdicts if verdict is not Verdict.NOT_APPLICABLE]
    whole = sum(weight for weight, _verdict in applying)
    if not whole:
        return None
    met = sum((weight * _WORTH[verdict] for weight, verdict in applying), Decimal(0))
    return int((met * 100 / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def selfcheck_labels(references: Sequence[Reference]) -> Mapping[Reference, Label]:
    """What to call each check on a public page: what an institution plans to buy is its own business."""
    return {reference: Label(_("Autoevaluación de una compra")) for reference in references}
