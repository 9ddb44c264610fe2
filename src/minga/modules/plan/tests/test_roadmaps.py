"""Roadmaps: an institution plans, MINTEL approves, and what was approved never changes."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Role
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.directory import contracts as directory
from minga.modules.plan import actions, queries
from minga.modules.plan.models import Milestone, Roadmap

pytestmark = pytest.mark.django_db


def _part(institution="mdt", initiative="1.1"):
    return queries.part(initiative=initiative, institution=directory.institution(institution).id)


def test_a_roadmap_goes_from_its_editor_to_the_one_who_files_and_to_mintel(roadmap):
    found = roadmap()
    assert found.state == "approved"
    assert _part().in_force == found
    assert _part().figures.computed == 0
    names = list(LedgerFact.objects.filter(subject=found.reference).values_list("name", flat=True))
    assert names == ["plan.roadmap.submitted", "plan.roadmap.approved"]


def test_only_who_carries_out_or_supports_the_strategy_plans_for_it(official):
    with pytest.raises(Invalid, match="no ejecuta ni colabora"):
        actions.start_roadmap(
            initiative="1.1",
            institution=directory.institution("senadi"),
            actor=official(Role.EDITOR, "senadi"),
        )


def test_nobody_plans_for_another_institution(official):
    with pytest.raises(Forbidden):
        actions.start_roadmap(
            initiative="1.1", institution=directory.institution("mdt"), actor=official(Role.EDITOR, "mintel")
        )


def test_a_collaborator_plans_too(official):
    actor = official(Role.EDITOR, "cpccs")
    found = actions.start_roadmap(initiative="1.1", institution=directory.institution("cpccs"), actor=actor)
    assert found.number == 1


def test_whoever_took_over_a_suppressed_institution_answers_for_it(official):
    acting = {part.named: part.institution.code for part in queries.participants()["E2"]}
    assert acting["SENPLADES"] == "snp"
    with pytest.raises(Invalid):
        actions.start_roadmap(
            initiative="2.1",
            institution=directory.institution("senplades"),
            actor=official(Role.EDITOR, "senplades"),
        )


@pytest.mark.parametrize("weight", [59, 61])
def test_weights_that_do_not_add_up_are_refused_with_their_sum(roadmap, official, milestones, weight):
    found = roadmap(until="draft")
    last = found.milestones.get(weight=60)
    editor = official(Role.EDITOR, "mdt")
    text = replace(milestones[1], weight=weight)
    actions.put_milestone(found.id, text, key=last.key, version=found.version, actor=editor)
    with pytest.raises(Invalid) as refused:
        actions.submit_roadmap(found.id, version=found.version + 1, actor=official(Role.APPROVER, "mdt"))
    assert str(40 + weight) in refused.value.fields["milestones"][0]


@pytest.mark.parametrize("weight", [0, -5, 101])
def test_a_milestone_weighs_between_1_and_100(roadmap, official, milestones, weight):
    found = roadmap(until="draft")
    text = replace(milestones[0], weight=weight)
    with pytest.raises(Invalid) as refused:
        actions.put_milestone(found.id, text, version=found.version, actor=official(Role.EDITOR, "mdt"))
    assert "weight" in refused.value.fields


def test_a_milestone_does_not_end_before_it_begins(roadmap, official, milestones):
    found = roadmap(until="draft")
    text = replace(milestones[0], due_on=date(2025, 12, 31))
    with pytest.raises(Invalid) as refused:
        actions.put_milestone(found.id, text, version=found.version, actor=official(Role.EDITOR, "mdt"))
    assert "due_on" in refused.value.fields


def test_an_editor_prepares_but_does_not_file(roadmap, official):
    found = roadmap(until="draft")
    with pytest.raises(Forbidden):
        actions.submit_roadmap(found.id, version=found.version, actor=official(Role.EDITOR, "mdt"))


def test_an_empty_roadmap_cannot_be_filed(official):
    actor = official(Role.HEAD, "mdt")
    found = actions.start_roadmap(initiative="1.1", institution=directory.institution("mdt"), actor=actor)
    with pytest.raises(Invalid) as refused:
        actions.submit_roadmap(found.id, version=found.version, actor=actor)
    assert set(refused.value.fields) == {"summary", "milestones"}


def test_what_is_under_review_cannot_be_written_by_anybody(roadmap, official, milestones):
    found = roadmap(until="submitted")
    with pytest.raises(Invalid, match="revisa"):
        actions.put_milestone(
            found.id, milestones[0], version=found.version, actor=official(Role.EDITOR, "mdt")
        )


def test_mintel_gives_a_roadmap_back_with_a_reason_and_it_can_be_filed_again(roadmap, official):
    found = roadmap(until="submitted")
    steward = official(Role.STEWARD, "mintel")
    with pytest.raises(Invalid) as refused:
        actions.observe_roadmap(found.id, reason=" ", version=found.version, actor=steward)
    assert "reason" in refused.value.fields
    found = actions.observe_roadmap(found.id, reason="Falta la fecha.", version=found.version, actor=steward)
    assert found.reason == "Falta la fecha."
    assert _part().obligations[0].turn == "correction"
    again = actions.submit_roadmap(found.id, version=found.version, actor=official(Role.APPROVER, "mdt"))
    assert again.state == "submitted"
    assert again.reason == "Falta la fecha.", "the reviewer of the next filing sees what was asked"


def test_nobody_approves_what_they_filed_themselves(roadmap, official):
    from minga.kernel.actors import Actor

    found = roadmap("1.1", "mintel", until="draft")
    approver, steward = official(Role.APPROVER, "mintel"), official(Role.STEWARD, "mintel")
    both = Actor(reference=approver.reference, posts=approver.posts + steward.posts)
    found = actions.submit_roadmap(found.id, version=found.version, actor=both)
    with pytest.raises(Forbidden, match="otra persona"):
        actions.approve_roadmap(found.id, version=found.version, actor=both)
    assert actions.approve_roadmap(found.id, version=found.version, actor=steward).state == "approved"


def test_only_mintel_approves(roadmap, official):
    found = roadmap(until="submitted")
    for role, institution in ((Role.HEAD, "mdt"), (Role.AUDITOR, "mintel"), (Role.APPROVER, "mintel")):
        with pytest.raises(Forbidden):
            actions.approve_roadmap(found.id, version=found.version, actor=official(role, institution))


def test_a_new_version_starts_from_the_old_one_which_holds_until_it_is_replaced(roadmap, official):
    first = roadmap()
    editor = official(Role.EDITOR, "mdt")
    second = actions.start_roadmap(initiative="1.1", institution=directory.institution("mdt"), actor=editor)
    keys = set(first.milestones.values_list("key", flat=True))
    assert set(second.milestones.values_list("key", flat=True)) == keys
    assert _part().in_force == first
    with pytest.raises(Conflict):
        actions.start_roadmap(initiative="1.1", institution=directory.institution("mdt"), actor=editor)
    second = actions.submit_roadmap(second.id, version=second.version, actor=official(Role.APPROVER, "mdt"))
    actions.approve_roadmap(second.id, version=second.version, actor=official(Role.STEWARD, "mintel"))
    first.refresh_from_db()
    assert first.state == "superseded"
    assert _part().in_force == second


def test_two_editors_at_once_are_told(roadmap, official, milestones):
    found = roadmap(until="draft")
    editor = official(Role.EDITOR, "mdt")
    actions.describe_roadmap(found.id, summary="Otra", version=found.version, actor=editor)
    with pytest.raises(Conflict):
        actions.put_milestone(found.id, milestones[0], version=found.version, actor=editor)


def test_a_draft_can_be_thrown_away_until_it_was_filed_once(roadmap, official):
    draft = roadmap(until="draft")
    actions.discard_roadmap(draft.id, version=draft.version, actor=official(Role.EDITOR, "mdt"))
    assert not Roadmap.objects.exists()
    filed = roadmap(until="submitted")
    steward = official(Role.STEWARD, "mintel")
    filed = actions.observe_roadmap(filed.id, reason="Falta", version=filed.version, actor=steward)
    with pytest.raises(Invalid):
        actions.discard_roadmap(filed.id, version=filed.version, actor=official(Role.EDITOR, "mdt"))


def test_the_database_itself_refuses_to_change_what_was_approved(roadmap):
    found = roadmap()
    attempts = (
        lambda: Milestone.objects.filter(roadmap=found).update(weight=1),
        lambda: Milestone.objects.filter(roadmap=found).delete(),
        lambda: Milestone.objects.create(
            roadmap=found, title="x", proof="x", weight=1, starts_on="2026-01-01", due_on="2026-01-01"
        ),
        lambda: Roadmap.objects.filter(pk=found.pk).update(summary="otra"),
        lambda: Roadmap.objects.filter(pk=found.pk).update(state="draft"),
        lambda: Roadmap.objects.filter(pk=found.pk).delete(),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError, match=r"never change|stays"), transaction.atomic():
            attempt()


def test_the_database_itself_lets_a_roadmap_under_review_only_be_decided(roadmap):
    found = roadmap(until="submitted")
    for change in ({"summary": "otra"}, {"state": "draft"}, {"submitted_by": "urn:minga:system:x"}):
        with pytest.raises(IntegrityError, match="under review"), transaction.atomic():
            Roadmap.objects.filter(pk=found.pk).update(**change)
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        found.milestones.update(weight=1)


def test_a_milestone_that_was_reached_stays_as_its_evidence_proved_it(report, official, milestones):
    found = report()
    editor, approver = official(Role.EDITOR, "mdt"), official(Role.APPROVER, "mdt")
    steward = official(Role.STEWARD, "mintel")
    second = actions.start_roadmap(initiative="1.1", institution=directory.institution("mdt"), actor=editor)
    claimed = found.claims.get().milestone
    changed = replace(milestones[0], title="Otra cosa")
    actions.put_milestone(second.id, changed, key=claimed, version=second.version, actor=editor)
    second.refresh_from_db()
    second = actions.submit_roadmap(second.id, version=second.version, actor=approver)
    actions.accept_report(found.id, validated=40, milestones=[claimed], version=found.version, actor=steward)
    with pytest.raises(Invalid, match="debe seguir como estaba"):
        actions.approve_roadmap(second.id, version=second.version, actor=steward)


def test_whoever_wrote_a_roadmap_does_not_decide_on_it_either(roadmap, official):
    from minga.kernel.actors import Actor

    found = roadmap("1.1", "mintel", until="submitted")
    editor, steward = official(Role.EDITOR, "mintel"), official(Role.STEWARD, "mintel")
    both = Actor(reference=editor.reference, posts=editor.posts + steward.posts)
    with pytest.raises(Forbidden, match="otra persona"):
        actions.approve_roadmap(found.id, version=found.version, actor=both)


def test_the_next_version_of_an_invented_roadmap_is_invented_too(official):
    editor = official(Role.EDITOR, "mdt")
    mdt = directory.institution("mdt")
    first = actions.start_roadmap(initiative="1.1", institution=mdt, synthetic=True, actor=editor)
    Roadmap.objects.filter(pk=first.pk).update(
        state="approved", submitted_at="2026-01-05T10:00Z", decided_at="2026-01-06T10:00Z"
    )
    second = actions.start_roadmap(initiative="1.1", institution=mdt, actor=editor)
    assert second.synthetic


def test_a_year_that_is_a_slip_of_the_finger_is_refused(roadmap, official, milestones):
    found = roadmap(until="draft")
    text = replace(milestones[0], due_on=date(2126, 6, 30))
    with pytest.raises(Invalid) as refused:
        actions.put_milestone(found.id, text, version=found.version, actor=official(Role.EDITOR, "mdt"))
    assert "2050" in refused.value.fields["due_on"][0]
    with pytest.raises(Invalid) as refused:
        actions.set_deadline(due_on=date(2206, 1, 1), actor=official(Role.STEWARD, "mintel"))
    assert "due_on" in refused.value.fields


def test_what_a_closed_institution_filed_is_part_of_what_its_heir_answers_for(roadmap, official):
    from minga.modules.directory.models import Institution, Succession

    found = roadmap()
    heir = Institution.objects.get(code="mies")
    Institution.objects.filter(code="mdt").update(valid_until=date(2026, 11, 1))
    Succession.objects.create(
        predecessor=Institution.objects.get(code="mdt"),
        successor=heir,
        kind="absorbe",
        date=date(2026, 11, 1),
    )
    part = queries.part(initiative="1.1", institution=heir.id)
    assert part.in_force == found
    assert queries.part(initiative="1.1", institution=found.institution_id).in_force == found
    second = actions.start_roadmap(
        initiative="1.1", institution=directory.institution("mies"), actor=official(Role.EDITOR, "mies")
    )
    assert second.milestones.count() == 2


def test_mintel_sets_the_day_until_which_roadmaps_are_due(official):
    from minga.kernel.clock import today

    steward = official(Role.STEWARD, "mintel")
    with pytest.raises(Invalid) as refused:
        actions.set_deadline(due_on=date(2020, 1, 1), actor=steward)
    assert "due_on" in refused.value.fields
    with pytest.raises(Forbidden):
        actions.set_deadline(due_on=today(), actor=official(Role.HEAD, "mdt"))
    actions.set_deadline(due_on=today(), actor=steward)
    owed = _part().obligations[0]
    assert owed.due_on == today()
    assert not owed.late
