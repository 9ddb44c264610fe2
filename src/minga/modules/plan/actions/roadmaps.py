"""Preparing, filing and deciding on roadmaps."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minga.foundation import versions
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.clock import now, today
from minga.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from minga.kernel.references import Reference
from minga.modules.directory.contracts import InstitutionSummary
from minga.modules.plan import queries
from minga.modules.plan.actions import powers
from minga.modules.plan.facts import DeadlineSet, RoadmapApproved, RoadmapObserved, RoadmapSubmitted
from minga.modules.plan.models import Milestone, Roadmap, RoadmapDeadline
from minga.modules.plan.models.periods import FIRST_YEAR, LAST_YEAR
from minga.modules.plan.models.roadmap import WHOLE, WRITABLE, RoadmapState

MOST_MILESTONES = 40
LONGEST_DEADLINE = timedelta(days=2 * 366)


@dataclass(frozen=True, kw_only=True)
class MilestoneText:
    """What an official writes about a milestone; `weight` in percent of the whole."""

    title: str
    proof: str
    weight: int
    starts_on: date
    due_on: date


@transaction.atomic
def start_roadmap(
    *, initiative: str, institution: InstitutionSummary, synthetic: bool = False, actor: Actor
) -> Roadmap:
    """Start the first roadmap of `institution` for an initiative, or the next version from the one in force.

    A `synthetic` one is invented for a demonstration: shown as such, with all its reports.

    Raises Forbidden unless the actor prepares for it, Invalid when the plan does not ask this institution, and
    Conflict when a version is under way already.
    """
    actor.require(*powers.PREPARERS, institution=institution.reference)
    before = own_part(initiative, institution).in_force
    known = Roadmap.objects.filter(initiative=initiative, institution_id=institution.id)
    newest = known.order_by("-number").values_list("number", flat=True).first() or 0
    roadmap = Roadmap(
        initiative=initiative,
        institution_id=institution.id,
        number=newest + 1,
        summary=before.summary if before else "",
        drafted_by=actor.reference,
        synthetic=synthetic or institution.synthetic or (before is not None and before.synthetic),
    )
    try:
        with transaction.atomic():
            roadmap.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("Ya hay una versión de esta hoja de ruta en preparación o por revisar.")) from None
    for row in before.milestones.all() if before else ():
        row.pk, row.roadmap = None, roadmap
        row.save(force_insert=True)
    return roadmap


@transaction.atomic
def describe_roadmap(roadmap_id: UUID, *, summary: str, version: int, actor: Actor) -> Roadmap:
    """Say in words how the institution will carry the initiative out."""
    roadmap = _writable(roadmap_id, version=version, actor=actor)
    roadmap.summary = summary
    return versions.save(roadmap)


@transaction.atomic
def put_milestone(
    roadmap_id: UUID, text: MilestoneText, *, key: UUID | None = None, version: int, actor: Actor
) -> Milestone:
    """Add a milestone, or rewrite the one with this key.

    Of a milestone that MINTEL accepted as reached only the weight may change: its evidence proves what it said.
    Raises Invalid naming the field, Conflict when somebody saved the roadmap after the actor read `version`.
    """
    roadmap = _writable(roadmap_id, version=version, actor=actor)
    _check(text)
    if key is None:
        if roadmap.milestones.count() >= MOST_MILESTONES:
            raise Invalid(_("Una hoja de ruta tiene como máximo %(most)s hitos.") % {"most": MOST_MILESTONES})
        milestone = Milestone(roadmap=roadmap, key=uuid.uuid4())
    else:
        milestone = _milestone(roadmap, key)
        if _is_reached(milestone, roadmap) and _differs(milestone, text):
            raise Invalid(_("MINTEL ya aceptó las pruebas de este hito: solo puede cambiar su peso."))
    for field, value in asdict(text).items():
        setattr(milestone, field, value)
    milestone.save()
    versions.save(roadmap)
    return milestone


@transaction.atomic
def remove_milestone(roadmap_id: UUID, *, key: UUID, version: int, actor: Actor) -> None:
    """Take a milestone out of a draft; one that was reached stays."""
    roadmap = _writable(roadmap_id, version=version, actor=actor)
    milestone = _milestone(roadmap, key)
    if _is_reached(milestone, roadmap):
        raise Invalid(_("MINTEL ya aceptó las pruebas de este hito: no se puede quitar."))
    milestone.delete()
    versions.save(roadmap)


@transaction.atomic
def discard_roadmap(roadmap_id: UUID, *, version: int, actor: Actor) -> None:
    """Throw away a draft that was never filed."""
    roadmap = _writable(roadmap_id, version=version, actor=actor)
    if roadmap.submitted_at is not None:
        raise Invalid(_("Esta versión ya se presentó una vez: corríjala en lugar de descartarla."))
    roadmap.delete()


@transaction.atomic
def submit_roadmap(roadmap_id: UUID, *, version: int, actor: Actor) -> Roadmap:
    """File a version for MINTEL's review.

    Raises Forbidden unless the actor files for the institution, Invalid when there is no summary or milestone, or
    the weights do not add up to 100.
    """
    roadmap = _writable(roadmap_id, version=version, actor=actor, filing=True)
    milestones = list(roadmap.milestones.all())
    _require_whole(roadmap, milestones)
    _require_reached_kept(roadmap, milestones)
    roadmap.state = RoadmapState.SUBMITTED
    roadmap.submitted_by, roadmap.submitted_at = actor.reference, now()
    versions.save(roadmap)
    fact = RoadmapSubmitted(
        initiative=_initiative(roadmap), number=roadmap.number, milestones=len(milestones)
    )
    _record(fact, roadmap, actor)
    return roadmap


@transaction.atomic
def approve_roadmap(roadmap_id: UUID, *, version: int, actor: Actor) -> Roadmap:
    """Let a filed version hold from now on, in place of the one before.

    Raises Forbidden unless the actor reviews, or when they wrote or filed it themselves; Invalid when a milestone
    that was reached meanwhile is not in it as it was.
    """
    roadmap = _under_review(roadmap_id, version=version, actor=actor)
    powers.hold_part(roadmap.initiative, roadmap.institution_id)
    _require_reached_kept(roadmap, list(roadmap.milestones.all()))
    part = queries.part(initiative=roadmap.initiative, institution=roadmap.institution_id)
    roadmap.reopens = bool(part.steps) and all(step.done_on for step in part.steps)
    for before in Roadmap.objects.filter(
        initiative=roadmap.initiative, institution_id=roadmap.institution_id, state=RoadmapState.APPROVED
    ):
        before.state = RoadmapState.SUPERSEDED
        versions.save(before)
    _decide(roadmap, RoadmapState.APPROVED, "", actor)
    fact = RoadmapApproved(initiative=_initiative(roadmap), number=roadmap.number)
    _record(fact, roadmap, actor)
    return roadmap


@transaction.atomic
def observe_roadmap(roadmap_id: UUID, *, reason: str, version: int, actor: Actor) -> Roadmap:
    """Give a filed version back to be put right, saying what is wrong. Raises as `approve_roadmap`."""
    roadmap = _under_review(roadmap_id, version=version, actor=actor)
    require_reason(reason)
    _decide(roadmap, RoadmapState.OBSERVED, reason, actor)
    fact = RoadmapObserved(initiative=_initiative(roadmap), number=roadmap.number)
    _record(fact, roadmap, actor)
    return roadmap


@transaction.atomic
def set_deadline(*, due_on: date, actor: Actor) -> RoadmapDeadline:
    """Set the last day for the roadmaps that nobody has filed; Invalid for a day that has passed."""
    actor.require(*powers.REVIEWERS)
    if not today() <= due_on <= today() + LONGEST_DEADLINE:
        message = _("Escriba una fecha entre hoy y dentro de dos años.")
        raise Invalid(message, {"due_on": [message]})
    deadline = RoadmapDeadline.objects.create(due_on=due_on, set_by=actor.reference)
    record(DeadlineSet(due_on=due_on), actor=actor, subject=Reference.of("plan", "2018-2021"))
    return deadline


def own_part(initiative: str, institution: InstitutionSummary) -> queries.Part:
    """The institution's part in an initiative; Invalid when the plan asks it nothing there today."""
    found = queries.parts(initiatives=[queries.initiative(initiative).code], institutions=[institution.id])
    if not found or found[0].participant.institution.id != institution.id:
        message = _("Esta institución no ejecuta ni colabora en la estrategia de esa iniciativa.")
        raise Invalid(message, {"initiative": [message]})
    return found[0]


def require_reason(reason: str) -> None:
    """Raise Invalid when the reviewer does not say why."""
    if not reason.strip():
        message = _("Escriba qué debe corregirse o por qué no se acepta: la institución lo leerá.")
        raise Invalid(message, {"reason": [message]})


def _require_whole(roadmap: Roadmap, milestones: list[Milestone]) -> None:
    problems: dict[str, list[str]] = {}
    if not roadmap.summary.strip():
        problems["summary"] = [_("Escriba cómo cumplirá su institución esta iniciativa.")]
    total = sum(milestone.weight for milestone in milestones)
    if not milestones:
        problems["milestones"] = [_("Añada al menos un hito.")]
    elif total != WHOLE:
        words = _("Los pesos de los hitos suman %(total)s %% y deben sumar 100 %%.") % {"total": total}
        problems["milestones"] = [words]
    if problems:
        raise Invalid(_("Complete la hoja de ruta antes de presentarla."), problems)


def _require_reached_kept(roadmap: Roadmap, milestones: list[Milestone]) -> None:
    """What MINTEL accepted as reached stays as its evidence proved it; only its weight may change."""
    part = queries.part(initiative=roadmap.initiative, institution=roadmap.institution_id)
    kept = {row.key: row for row in milestones}
    for step in part.steps:
        again = kept.get(step.milestone.key)
        if step.done_on and (again is None or _differs(step.milestone, again)):
            words = _("MINTEL ya aceptó las pruebas del hito «%(title)s»: debe seguir como estaba.")
            message = words % {"title": step.milestone.title}
            raise Invalid(message, {"milestones": [message]})


def _differs(one: Milestone, other: Any) -> bool:
    return any(
        getattr(one, name) != getattr(other, name) for name in ("title", "proof", "starts_on", "due_on")
    )


def _check(text: MilestoneText) -> None:
    problems: dict[str, list[str]] = {}
    for field, day in (("starts_on", text.starts_on), ("due_on", text.due_on)):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            words = _("Escriba un año entre %(first)s y %(last)s.")
            problems[field] = [words % {"first": FIRST_YEAR, "last": LAST_YEAR}]
    if not 1 <= text.weight <= WHOLE:
        problems["weight"] = [_("Escriba un peso entero entre 1 y 100.")]
    if text.due_on < text.starts_on:
        problems["due_on"] = [_("La fecha final no puede ser anterior a la inicial.")]
    if problems:
        raise Invalid(_("Revise los datos del hito."), problems)


def _is_reached(milestone: Milestone, roadmap: Roadmap) -> bool:
    reached = queries.reached_keys(initiative=roadmap.initiative, institution=roadmap.institution_id)
    return milestone.key in reached


def _milestone(roadmap: Roadmap, key: UUID) -> Milestone:
    found = roadmap.milestones.filter(key=key).first()
    if found is None:
        raise NotFound(_("Esta hoja de ruta no tiene ese hito."))
    return found


def _locked(roadmap_id: UUID, version: int) -> Roadmap:
    return versions.hold(
        Roadmap.objects.filter(id=roadmap_id),
        version=version,
        missing=_("No hay una hoja de ruta con esa dirección."),
        changed=_(
            "Otra persona cambió esta hoja de ruta mientras usted la tenía abierta. Revísela y vuelva a enviar."
        ),
    )


def _writable(roadmap_id: UUID, *, version: int, actor: Actor, filing: bool = False) -> Roadmap:
    institution = queries.workplace_roadmap(roadmap_id).institution_id
    if not (powers.may_file if filing else powers.may_prepare)(actor, institution):
        raise Forbidden()
    roadmap = _locked(roadmap_id, version)
    if roadmap.state not in WRITABLE:
        raise Invalid(_("Esta versión ya se presentó: no se puede cambiar mientras MINTEL la revisa."))
    return roadmap


def _under_review(roadmap_id: UUID, *, version: int, actor: Actor) -> Roadmap:
    actor.require(*powers.REVIEWERS)
    roadmap = _locked(roadmap_id, version)
    if roadmap.state != RoadmapState.SUBMITTED:
        raise Invalid(_("Esta versión no espera una decisión."))
    filed = queries.hands_in(roadmap.reference, RoadmapSubmitted)
    if actor.reference in {roadmap.drafted_by, roadmap.submitted_by, *filed}:
        raise Forbidden(
            _("Quien escribe o presenta una hoja de ruta no decide sobre ella. Pídalo a otra persona.")
        )
    return roadmap


def _decide(roadmap: Roadmap, state: RoadmapState, reason: str, actor: Actor) -> None:
    roadmap.state, roadmap.reason = state, reason.strip()
    roadmap.decided_by, roadmap.decided_at = actor.reference, now()
    versions.save(roadmap)


def _initiative(roadmap: Roadmap) -> Reference:
    return queries.initiative(roadmap.initiative).reference


def _record(
    fact: RoadmapSubmitted | RoadmapApproved | RoadmapObserved, roadmap: Roadmap, actor: Actor
) -> None:
    record(
        fact,
        actor=actor,
        subject=roadmap.reference,
        institution=powers.institution_of(roadmap.institution_id),
        synthetic=roadmap.synthetic,
    )
