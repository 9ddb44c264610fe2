"""Progress reports: three figures that are never mixed, and evidence that nobody can replace."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Role
from minga.kernel.calendars import Calendar
from minga.kernel.clock import GUAYAQUIL, frozen, today
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.directory import contracts as directory
from minga.modules.plan import actions, queries
from minga.modules.plan.actions import EvidenceText
from minga.modules.plan.models import Claim, Evidence, Report
from minga.modules.plan.models.periods import Quarter, quarters
from minga.modules.plan.queries.obligations import report_obligations

pytestmark = pytest.mark.django_db


def _part(institution="mdt", initiative="1.1"):
    return queries.part(initiative=initiative, institution=directory.institution(institution).id)


def _key(part, weight):
    return next(step.milestone.key for step in part.steps if step.milestone.weight == weight)


def test_the_three_figures_come_one_after_another_and_stay_apart(report, official):
    found = report(until="draft", reported=50)
    assert _part().figures.reported is None
    found = actions.submit_report(found.id, version=found.version, actor=official(Role.APPROVER, "mdt"))
    assert (_part().figures.reported, _part().figures.validated, _part().figures.computed) == (50, None, 0)
    actions.accept_report(
        found.id,
        validated=35,
        milestones=[_key(_part(), 40)],
        version=found.version,
        actor=official(Role.STEWARD, "mintel"),
    )
    assert (_part().figures.reported, _part().figures.validated, _part().figures.computed) == (50, 35, 40)


def test_who_did_what_and_when_is_in_the_ledger(report, official):
    found = report()
    actions.accept_report(
        found.id,
        validated=35,
        milestones=[_key(_part(), 40)],
        version=found.version,
        actor=official(Role.STEWARD, "mintel"),
    )
    kept = LedgerFact.objects.get(name="plan.report.submitted")
    assert kept.payload["reported"] == 50
    assert kept.payload["evidence"] == [Evidence.objects.get().file_id]
    accepted = LedgerFact.objects.get(name="plan.milestone.accepted")
    assert accepted.payload["weight"] == 40
    told = queries.history([found.reference, found.roadmap.reference])
    assert told[0].title == "MINTEL aceptó y publicó un informe de avance"
    assert len(told) == 4


def test_nobody_reports_on_an_initiative_of_somebody_else(roadmap, official):
    roadmap()
    quarter = Quarter.of(today())
    with pytest.raises(Forbidden):
        actions.start_report(
            initiative="1.1",
            quarter=quarter,
            institution=directory.institution("mdt"),
            actor=official(Role.APPROVER, "senadi"),
        )
    with pytest.raises(Invalid, match="no ejecuta ni colabora"):
        actions.start_report(
            initiative="1.1",
            quarter=quarter,
            institution=directory.institution("senadi"),
            actor=official(Role.APPROVER, "senadi"),
        )


def test_a_report_needs_a_roadmap_in_force(official):
    with pytest.raises(Invalid, match="hoja de ruta"):
        actions.start_report(
            initiative="1.1",
            quarter=Quarter.of(today()),
            institution=directory.institution("mdt"),
            actor=official(Role.EDITOR, "mdt"),
        )


def test_a_quarter_that_has_not_begun_cannot_be_reported(roadmap, official):
    roadmap()
    for quarter in (Quarter.of(today()).next, Quarter.of(today()).previous):
        with pytest.raises(Invalid) as refused:
            actions.start_report(
                initiative="1.1",
                quarter=quarter,
                institution=directory.institution("mdt"),
                actor=official(Role.EDITOR, "mdt"),
            )
        assert "period" in refused.value.fields


def test_there_is_one_report_a_quarter_until_it_is_rejected(report, official):
    found = report()
    start = {
        "initiative": "1.1",
        "quarter": found.quarter,
        "institution": directory.institution("mdt"),
        "actor": official(Role.EDITOR, "mdt"),
    }
    with pytest.raises(Conflict):
        actions.start_report(**start)
    steward = official(Role.STEWARD, "mintel")
    actions.reject_report(found.id, reason="Es de otra iniciativa.", version=found.version, actor=steward)
    assert _part().figures.reported is None
    assert actions.start_report(**start).state == "draft"


def test_an_empty_report_cannot_be_filed(report, official):
    found = report(until="draft")
    Report.objects.filter(pk=found.pk).update(done="", reported=None)
    with pytest.raises(Invalid) as refused:
        actions.submit_report(found.id, version=found.version, actor=official(Role.APPROVER, "mdt"))
    assert set(refused.value.fields) == {"done", "reported"}


def test_a_milestone_is_claimed_with_a_file_or_an_act_never_both_or_none(report, official, paper):
    found = report(until="draft")
    text = EvidenceText(
        milestone=_key(_part(), 60),
        done_on=today(),
        title="Prueba",
        file=None,
        file_name="",
        act=None,
        source="",
    )
    editor = official(Role.EDITOR, "mdt")
    act = LedgerFact.objects.order_by("-position").values_list("position", flat=True)[0]
    for wrong in (text, replace(text, file=paper("a"), act=act), replace(text, act=10**12)):
        with pytest.raises(Invalid):
            actions.add_evidence(found.id, wrong, version=found.version, actor=editor)
    future = replace(text, file=paper("b"), done_on=today() + timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        actions.add_evidence(found.id, future, version=found.version, actor=editor)
    assert "done_on" in refused.value.fields


def test_an_act_of_the_plan_proves_a_milestone_without_any_upload(report, official, text, paper):
    found = report(until="draft")
    approver = official(Role.APPROVER, "mdt")
    norm = actions.draft_norm(
        text,
        institution=directory.institution("mdt"),
        document=paper("norma"),
        document_name="norma.pdf",
        actor=approver,
    )
    actions.issue_norm(norm.id, version=1, actor=approver)
    act = LedgerFact.objects.get(name="plan.norm.issued").position
    evidence = actions.add_evidence(
        found.id,
        EvidenceText(
            milestone=_key(_part(), 60),
            done_on=today(),
            title="La norma",
            file=None,
            file_name="",
            act=act,
            source="",
        ),
        version=found.version,
        actor=approver,
    )
    assert evidence.act == act


def test_evidence_cannot_be_replaced_after_validation_not_even_in_the_database(report, official, paper):
    found = report()
    found = actions.accept_report(
        found.id,
        validated=40,
        milestones=[_key(_part(), 40)],
        version=found.version,
        actor=official(Role.STEWARD, "mintel"),
    )
    evidence = Evidence.objects.get()
    other = paper("otro contenido")
    with pytest.raises(Invalid, match="ya se presentó"):
        actions.withdraw_evidence(evidence.id, version=found.version, actor=official(Role.EDITOR, "mdt"))
    attempts = (
        "UPDATE plan_evidence SET file_id = %s",
        "UPDATE plan_evidence SET title = %s",
        "UPDATE plan_evidence SET withdrawn_at = now() WHERE title <> %s",
        "DELETE FROM plan_evidence WHERE title <> %s",
        "UPDATE plan_claim SET state = 'refused' WHERE state <> %s",
        "DELETE FROM plan_claim WHERE state <> %s",
        "UPDATE plan_report SET reported = 99 WHERE state <> %s",
        "UPDATE plan_report SET state = 'draft' WHERE state <> %s",
        "INSERT INTO plan_evidence (id, claim_id, title, file_id, file_name, source, added_by, added_at)"
        " SELECT gen_random_uuid(), claim_id, 'x', %s, '', '', '', now() FROM plan_evidence",
    )
    for attempt in attempts:
        with (
            pytest.raises(IntegrityError, match=r"never change|stays"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attempt, [other.sha256])
    assert Evidence.objects.get().file_id == evidence.file_id


def test_what_was_filed_once_stays_even_when_the_report_is_given_back(report, official, paper):
    found = report()
    steward, editor = official(Role.STEWARD, "mintel"), official(Role.EDITOR, "mdt")
    found = actions.observe_report(found.id, reason="Falta la firma.", version=found.version, actor=steward)
    first = Evidence.objects.get()
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Evidence.objects.filter(pk=first.pk).update(file=paper("cambiado"))
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Evidence.objects.filter(pk=first.pk).delete()
    found = actions.withdraw_evidence(first.id, version=found.version, actor=editor)
    assert Claim.objects.get().state == "withdrawn"
    kept = paper("firmado")
    again = EvidenceText(
        milestone=_key(_part(), 40),
        done_on=today(),
        title="Informe firmado",
        file=kept,
        file_name="f.pdf",
        act=None,
        source="",
    )
    actions.add_evidence(found.id, again, version=found.version, actor=editor)
    found.refresh_from_db()
    found = actions.submit_report(found.id, version=found.version, actor=official(Role.APPROVER, "mdt"))
    [proof] = queries.proofs_of(queries.workplace_report(found.id))
    assert [row.title for row in proof.evidence] == ["Informe firmado"]
    assert [row.title for row in proof.withdrawn] == ["Informe técnico"]


def test_drafts_are_nobody_elses_business_and_filed_reports_are_public(report, official):
    from minga.kernel.errors import NotFound

    found = report(until="draft")
    with pytest.raises(NotFound):
        queries.public_report(found.id)
    found = actions.submit_report(found.id, version=found.version, actor=official(Role.APPROVER, "mdt"))
    assert queries.public_report(found.id) == found
    with pytest.raises(NotFound):
        queries.public_evidence(Evidence.objects.get().id)


def test_a_report_after_its_last_day_is_late_and_stays_late(roadmap):
    with frozen(datetime(2026, 5, 4, 12, tzinfo=GUAYAQUIL)):
        roadmap()
    with frozen(datetime(2026, 7, 14, 12, tzinfo=GUAYAQUIL)):
        part = _part()
        assert [owed.late for owed in part.obligations[1:]] == [False, False]
    with frozen(datetime(2026, 7, 15, 12, tzinfo=GUAYAQUIL)):
        part = _part()
        assert part.late
        assert part.obligations[1].due_on == date(2026, 7, 14)


def test_quarters_have_names_that_read_back():
    for quarter in quarters(Quarter(2025, 1), Quarter(2027, 4)):
        assert Quarter.from_code(quarter.code) == quarter
        assert Quarter.of(quarter.start) == Quarter.of(quarter.end) == quarter
        assert quarter.next.previous == quarter
    for wrong in ("2026", "2026-t5", "2026-q1", "26-t1", "2026-t", "٢٠٢٦-t1"):
        with pytest.raises(Invalid):
            Quarter.from_code(wrong)


def test_a_milestone_was_reached_by_the_end_of_the_quarter_and_on_one_day_only(
    roadmap, report, official, paper
):
    with frozen(datetime(2026, 5, 4, 12, tzinfo=GUAYAQUIL)):
        roadmap()
        found = report(until="draft")
    with frozen(datetime(2026, 7, 6, 12, tzinfo=GUAYAQUIL)):
        kept = paper("otra")
        text = EvidenceText(
            milestone=_key(_part(), 40),
            done_on=date(2026, 7, 2),
            title="Otra",
            file=kept,
            file_name="x.pdf",
            act=None,
            source="",
        )
        for day in (date(2026, 7, 2), date(2026, 5, 3)):
            with pytest.raises(Invalid) as refused:
                actions.add_evidence(
                    found.id,
                    replace(text, done_on=day),
                    version=found.version,
                    actor=official(Role.EDITOR, "mdt"),
                )
            assert "done_on" in refused.value.fields


def test_the_database_lets_a_report_under_review_only_be_decided(report):
    report()
    attempts = (
        "UPDATE plan_report SET filed_reported = 99",
        "UPDATE plan_report SET state = 'draft'",
        "DELETE FROM plan_report",
        "UPDATE plan_claim SET done_on = '2020-01-01'",
        "UPDATE plan_claim SET milestone = gen_random_uuid()",
        "DELETE FROM plan_claim",
        "INSERT INTO plan_claim (report_id, milestone, done_on, state)"
        " SELECT report_id, gen_random_uuid(), done_on, state FROM plan_claim",
        "UPDATE plan_evidence SET withdrawn_at = now()",
    )
    for attempt in attempts:
        with (
            pytest.raises(IntegrityError, match=r"never change|stays"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attempt)


def test_evidence_is_proved_against_the_ledger_and_its_own_bytes(report):
    report()
    assert list(actions.altered_evidence()) == []
    kept = Evidence.objects.get().file
    assert kept is not None
    place = Path(default_storage.path(kept.path))
    place.chmod(0o600)
    place.write_bytes(b"%PDF-1.4 something else")
    [told] = actions.altered_evidence()
    assert "ya no es el que se presentó" in told


_DAYS = st.dates(date(2018, 1, 1), date(2029, 12, 31))


@given(since=_DAYS, on=_DAYS, finished=st.none() | _DAYS.map(Quarter.of))
def test_every_quarter_from_the_first_approval_asks_for_exactly_one_report(since, on, finished):
    owed = report_obligations(since=since, finished=finished, reports=(), calendar=Calendar(()), on=on)
    asked = [entry.quarter for entry in owed if entry.quarter is not None]
    assert asked == sorted(set(asked))
    last = min(finished, Quarter.of(on)) if finished else Quarter.of(on)
    if Quarter.of(since) <= last:
        assert asked[0] == Quarter.of(since)
        assert asked[-1] == last
    for entry, quarter in zip(owed, asked, strict=True):
        assert entry.due_on is not None
        assert entry.due_on > quarter.end
        assert entry.late == (entry.due_on < on)
