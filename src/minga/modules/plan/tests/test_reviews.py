"""Reviews: what MINTEL decides on reports, who may, and what is open to whom meanwhile."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from minga.kernel.actors import Actor, Role
from minga.kernel.clock import GUAYAQUIL, frozen
from minga.kernel.errors import Forbidden, Invalid
from minga.modules.directory import contracts as directory
from minga.modules.plan import actions, queries
from minga.modules.plan.actions import ReportText
from minga.modules.plan.models import Claim, Evidence

pytestmark = pytest.mark.django_db


def _part(institution="mdt", initiative="1.1"):
    return queries.part(initiative=initiative, institution=directory.institution(institution).id)


def _key(part, weight):
    return next(step.milestone.key for step in part.steps if step.milestone.weight == weight)


def test_accepting_without_one_of_the_claims_needs_a_reason_and_does_not_count_it(report, official):
    found = report()
    steward = official(Role.STEWARD, "mintel")
    with pytest.raises(Invalid) as refused:
        actions.accept_report(found.id, validated=10, milestones=[], version=found.version, actor=steward)
    assert "reason" in refused.value.fields
    actions.accept_report(
        found.id,
        validated=10,
        milestones=[],
        reason="El informe no está firmado.",
        version=found.version,
        actor=steward,
    )
    assert _part().figures.computed == 0
    assert Claim.objects.get().state == "refused"


@pytest.mark.parametrize("validated", [-1, 101])
def test_the_validated_figure_is_a_percentage(report, official, validated):
    found = report()
    with pytest.raises(Invalid) as refused:
        actions.accept_report(
            found.id,
            validated=validated,
            milestones=[_key(_part(), 40)],
            version=found.version,
            actor=official(Role.STEWARD, "mintel"),
        )
    assert "validated" in refused.value.fields


def test_only_mintel_decides_and_never_on_its_own_filing(report, official):
    found = report()
    for role, institution in ((Role.HEAD, "mdt"), (Role.AUDITOR, "mintel")):
        with pytest.raises(Forbidden):
            actions.reject_report(
                found.id, reason="No", version=found.version, actor=official(role, institution)
            )
    steward = official(Role.STEWARD, "mintel")
    filer = Actor(reference=official(Role.APPROVER, "mdt").reference, posts=steward.posts)
    with pytest.raises(Forbidden, match="otra persona"):
        actions.accept_report(
            found.id, validated=1, milestones=[], reason="x", version=found.version, actor=filer
        )


def test_a_claim_that_was_taken_back_is_nobodys_any_more(report, official):
    found = report()
    steward, editor = official(Role.STEWARD, "mintel"), official(Role.EDITOR, "mdt")
    found = actions.observe_report(found.id, reason="No se cumplió.", version=found.version, actor=steward)
    found = actions.withdraw_evidence(Evidence.objects.get().id, version=found.version, actor=editor)
    found = actions.submit_report(found.id, version=found.version, actor=official(Role.APPROVER, "mdt"))
    actions.accept_report(found.id, validated=10, milestones=[], version=found.version, actor=steward)
    assert Claim.objects.get().state == "withdrawn"
    assert _part().figures.computed == 0


def test_what_is_being_put_right_is_not_public_until_it_is_filed_again(report, official, client):
    found = report(reported=50)
    steward, editor = official(Role.STEWARD, "mintel"), official(Role.EDITOR, "mdt")
    found = actions.observe_report(found.id, reason="Explique.", version=found.version, actor=steward)
    text = ReportText(reported=97, done="Texto nuevo", difficulties="", next_steps="")
    found = actions.write_report(found.id, text, version=found.version, actor=editor)
    assert _part().figures.reported == 50
    page = client.get(f"/plan/informes/{found.id}/").content.decode()
    assert "Texto nuevo" not in page
    assert "97\xa0%" not in page
    assert "Se hizo el diagnóstico." in page
    with pytest.raises(Invalid) as refused:
        actions.write_report(found.id, replace(text, reported=None), version=found.version, actor=editor)
    assert "reported" in refused.value.fields
    found = actions.submit_report(found.id, version=found.version, actor=official(Role.APPROVER, "mdt"))
    assert _part().figures.reported == 97


def test_a_rejected_report_leaves_time_for_another(roadmap, report, official):
    with frozen(datetime(2026, 5, 4, 12, tzinfo=GUAYAQUIL)):
        roadmap()
    with frozen(datetime(2026, 6, 30, 12, tzinfo=GUAYAQUIL)):
        found = report()
    with frozen(datetime(2026, 8, 3, 12, tzinfo=GUAYAQUIL)):
        steward = official(Role.STEWARD, "mintel")
        actions.reject_report(found.id, reason="No es esto.", version=found.version, actor=steward)
        owed = _part().obligations[1]
        assert owed.asked
        assert not owed.late
        assert owed.due_on > date(2026, 8, 10)


def test_a_milestone_is_accepted_once_however_many_reports_claim_it(roadmap, report, official, paper):
    steward = official(Role.STEWARD, "mintel")
    with frozen(datetime(2026, 5, 4, 12, tzinfo=GUAYAQUIL)):
        roadmap()
        first = report()
    with frozen(datetime(2026, 8, 4, 12, tzinfo=GUAYAQUIL)):
        second = report()
        key = first.claims.get().milestone
        actions.accept_report(first.id, validated=40, milestones=[key], version=first.version, actor=steward)
        with pytest.raises(Invalid, match="ya fue aceptado"):
            actions.accept_report(
                second.id, validated=40, milestones=[key], version=second.version, actor=steward
            )
        assert _part().figures.computed == 40


def test_who_proved_or_filed_a_report_once_does_not_decide_on_it(report, official):
    found = report()
    steward = official(Role.STEWARD, "mintel")
    for hand in (official(Role.EDITOR, "mdt"), official(Role.APPROVER, "mdt")):
        both = Actor(reference=hand.reference, posts=steward.posts)
        with pytest.raises(Forbidden, match="otra persona"):
            actions.observe_report(found.id, reason="x", version=found.version, actor=both)


def test_a_report_that_was_filed_in_time_and_put_right_later_is_not_late(roadmap, report, official):
    steward, approver = official(Role.STEWARD, "mintel"), official(Role.APPROVER, "mdt")
    with frozen(datetime(2026, 5, 4, 12, tzinfo=GUAYAQUIL)):
        roadmap()
    with frozen(datetime(2026, 6, 30, 12, tzinfo=GUAYAQUIL)):
        found = report()
    with frozen(datetime(2026, 7, 20, 12, tzinfo=GUAYAQUIL)):
        found = actions.observe_report(found.id, reason="Firme.", version=found.version, actor=steward)
    with frozen(datetime(2026, 7, 28, 12, tzinfo=GUAYAQUIL)):
        found = actions.submit_report(found.id, version=found.version, actor=approver)
        actions.accept_report(
            found.id, validated=1, milestones=[], reason="x", version=found.version, actor=steward
        )
        assert [owed.late for owed in _part().obligations[1:]] == [False, False]
