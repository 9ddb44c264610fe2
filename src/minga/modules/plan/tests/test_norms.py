"""Drafting, registering and withdrawing norms, and what that does to the plan's indicators."""

import contextlib
import dataclasses
import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from minga.foundation.files.models import StoredFile
from minga.foundation.ledger.measure import AsOf, evaluate
from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Role
from minga.kernel.clock import frozen, today
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.directory import contracts as directory
from minga.modules.plan import actions, indicators, queries
from minga.modules.plan.models import Norm
from minga.modules.plan.models.norm import NormState, WithdrawalReason

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(db):
    return StoredFile.objects.create(
        sha256=hashlib.sha256(b"norm").hexdigest(),
        size=4,
        media_type="application/pdf",
        name="norma.pdf",
        uploaded_by="urn:minga:system:test",
        scan=StoredFile.Scan.NOT_SCANNED,
    )


@pytest.fixture
def draft(official, text, document):
    """A function that drafts a norm for an institution."""

    def make(institution: str = "mdt", document=document, **changes):
        return actions.draft_norm(
            dataclasses.replace(text, **changes),
            institution=directory.institution(institution),
            document=document,
            document_name="norma.pdf",
            actor=official(Role.EDITOR, institution),
        )

    return make


def _value(day: date | None = None):
    return evaluate(indicators.PARTICIPATION_NORM, AsOf(day or today())).value


def test_a_draft_does_not_count(draft):
    draft()
    assert _value() == 0
    assert not LedgerFact.objects.filter(name="plan.norm.issued").exists()


def test_a_registered_norm_moves_the_indicator_from_the_day_it_was_issued(draft, official):
    norm = draft()
    actions.issue_norm(norm.id, version=1, actor=official(Role.APPROVER, "mdt"))
    assert _value() == 1
    assert _value(date(2026, 3, 1)) == 0
    assert _value(date(2026, 3, 2)) == 1


def test_the_indicator_opens_down_to_the_act_and_its_document(draft, official):
    norm = draft()
    actions.issue_norm(norm.id, version=1, actor=official(Role.APPROVER, "mdt"))
    detail = queries.indicator_detail(code="1")
    (line,) = queries.lines_of(detail)
    assert line.member.counts
    assert line.member.position
    act = queries.act(line.member.position)
    details = dict(act.details)
    assert act.subject.title == "Acuerdo Ministerial 001-2026"
    assert details["initiative"].title.startswith("1.1 ")
    assert details["document"] == norm.document_id
    assert act.institution
    assert act.institution.title.startswith("Ministerio del Trabajo")


def test_what_was_known_before_the_norm_was_registered_stays_known(draft, official):
    yesterday = today() - timedelta(days=1)
    norm = draft()
    actions.issue_norm(norm.id, version=1, actor=official(Role.APPROVER, "mdt"))
    outcome = queries.indicator_detail(code="1", on=yesterday).outcome
    assert outcome
    assert outcome.value == 0


def test_a_norm_registered_by_mistake_never_counted(draft, official):
    norm = draft()
    head = official(Role.HEAD, "mdt")
    actions.issue_norm(norm.id, version=1, actor=head)
    actions.withdraw_norm(norm.id, reason=WithdrawalReason.ERROR, on=today(), version=2, actor=head)
    assert _value() == 0
    assert _value(date(2026, 3, 10)) == 0
    assert Norm.objects.get(id=norm.id).state == NormState.WITHDRAWN


def test_a_repealed_norm_counts_until_the_day_it_was_repealed(draft, official):
    norm = draft()
    head = official(Role.HEAD, "mdt")
    actions.issue_norm(norm.id, version=1, actor=head)
    actions.withdraw_norm(
        norm.id, reason=WithdrawalReason.REPEALED, on=date(2026, 5, 1), version=2, actor=head
    )
    assert _value(date(2026, 4, 30)) == 1
    assert _value(date(2026, 5, 1)) == 0


def test_the_right_norm_counts_even_when_it_is_older_than_the_one_registered_by_mistake(draft, official):
    approver = official(Role.APPROVER, "mdt")
    mistaken = draft(issued_on=date(2026, 5, 1), gazette_on=None)
    actions.issue_norm(mistaken.id, version=1, actor=approver)
    actions.withdraw_norm(mistaken.id, reason=WithdrawalReason.ERROR, on=today(), version=2, actor=approver)
    right = draft(number="Acuerdo Ministerial 000-2026", issued_on=date(2026, 3, 2))
    actions.issue_norm(right.id, version=1, actor=approver)
    assert _value() == 1
    assert _value(date(2026, 3, 2)) == 1
    assert _value(date(2026, 3, 1)) == 0


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2999, 1, 1)])
def test_a_norm_cannot_be_withdrawn_before_it_was_issued_or_in_the_future(draft, official, on):
    norm = draft()
    head = official(Role.HEAD, "mdt")
    actions.issue_norm(norm.id, version=1, actor=head)
    with pytest.raises(Invalid):
        actions.withdraw_norm(norm.id, reason=WithdrawalReason.REPEALED, on=on, version=2, actor=head)


def test_an_initiative_has_one_norm_in_force(draft, official):
    approver = official(Role.APPROVER, "mdt")
    actions.issue_norm(draft().id, version=1, actor=approver)
    second = draft(number="Acuerdo Ministerial 002-2026")
    with pytest.raises(Conflict):
        actions.issue_norm(second.id, version=1, actor=approver)


def test_a_replacement_is_registered_after_the_first_is_withdrawn(draft, official):
    approver = official(Role.APPROVER, "mdt")
    first = draft()
    actions.issue_norm(first.id, version=1, actor=approver)
    actions.withdraw_norm(
        first.id, reason=WithdrawalReason.REPLACED, on=date(2026, 6, 1), version=2, actor=approver
    )
    second = draft(number="Acuerdo Ministerial 002-2026", issued_on=date(2026, 6, 1))
    actions.issue_norm(second.id, version=1, actor=approver)
    assert _value() == 1


@pytest.mark.parametrize(
    ("role", "institution", "may_draft", "may_issue"),
    [
        (Role.EDITOR, "mdt", True, False),
        (Role.APPROVER, "mdt", True, True),
        (Role.HEAD, "mdt", True, True),
        (Role.STEWARD, "mintel", True, True),
        (Role.AUDITOR, "mdt", False, False),
        (Role.HEAD, "mies", False, False),
        (Role.ADMINISTRATOR, "mintel", False, False),
    ],
)
def test_who_may_draft_and_who_may_register(
    draft, official, text, document, role, institution, may_draft, may_issue
):
    actor = official(role, institution)
    norm = draft()

    def attempt(act) -> bool:
        try:
            act()
        except Forbidden:
            return False
        return True

    drafted = attempt(
        lambda: actions.draft_norm(
            text, institution=directory.institution("mdt"), document=None, document_name="", actor=actor
        )
    )
    issued = attempt(lambda: actions.issue_norm(norm.id, version=1, actor=actor))
    assert (drafted, issued) == (may_draft, may_issue)


def test_an_institution_without_a_part_in_the_strategy_cannot_register_its_norm(text, official):
    with pytest.raises(Invalid) as refused:
        actions.draft_norm(
            text,
            institution=directory.institution("mies"),
            document=None,
            document_name="",
            actor=official(Role.EDITOR, "mies"),
        )
    assert "initiative" in refused.value.fields


def test_an_initiative_that_asks_for_no_norm_gets_none(text, official, draft):
    from dataclasses import replace

    editor = official(Role.EDITOR, "mdt")
    other = replace(text, initiative="1.3")
    with pytest.raises(Invalid):
        actions.change_norm(draft().id, other, version=1, document=None, document_name="", actor=editor)


def test_a_norm_without_date_or_document_is_not_registered_and_says_what_is_missing(draft, official):
    norm = draft(document=None, issued_on=None)
    with pytest.raises(Invalid) as refused:
        actions.issue_norm(norm.id, version=1, actor=official(Role.APPROVER, "mdt"))
    assert set(refused.value.fields) == {"issued_on", "document"}


def test_the_second_editor_is_told(draft, official, text):
    norm = draft()
    editor = official(Role.EDITOR, "mdt")
    actions.change_norm(norm.id, text, version=1, document=None, document_name="", actor=editor)
    with pytest.raises(Conflict):
        actions.change_norm(norm.id, text, version=1, document=None, document_name="", actor=editor)


def test_a_registered_norm_cannot_be_edited_or_discarded(draft, official, text):
    norm = draft()
    actions.issue_norm(norm.id, version=1, actor=official(Role.APPROVER, "mdt"))
    editor = official(Role.EDITOR, "mdt")
    with pytest.raises(Invalid):
        actions.change_norm(norm.id, text, version=2, document=None, document_name="", actor=editor)
    with pytest.raises(Invalid):
        actions.discard_norm(norm.id, version=2, actor=editor)


def test_changing_a_draft_without_a_new_document_keeps_the_one_it_has(draft, official, text, document):
    norm = draft()
    actions.change_norm(
        norm.id, text, version=1, document=None, document_name="", actor=official(Role.EDITOR, "mdt")
    )
    norm.refresh_from_db()
    assert norm.document_id == document.sha256


def test_publishing_stores_what_is_needed_to_compute_the_value_again(draft, official):
    actions.publish()
    before = queries.readings()["1"].published
    assert before
    assert before.value == 0
    actions.issue_norm(draft().id, version=1, actor=official(Role.APPROVER, "mdt"))
    actions.publish()
    after = queries.readings()["1"].published
    assert after
    assert after.value == 1
    assert after.position > before.position
    assert [check.fault for check in actions.recompute()] == [""] * len(list(actions.recompute()))


def test_publishing_again_without_news_publishes_nothing():
    first = actions.publish()
    assert {entry.indicator for entry in first} == set(queries.declarations())
    assert actions.publish() == []


def test_publishing_on_another_day_publishes_all_again():
    actions.publish()
    with frozen(datetime.now(UTC) + timedelta(days=1)):
        assert len(actions.publish()) == len(queries.declarations())


def test_a_published_value_that_was_changed_afterwards_is_found(draft, official):
    (publication, *_) = actions.publish()
    with connection.cursor() as cursor:  # what someone with all powers over the database can do
        cursor.execute("ALTER TABLE plan_publication DISABLE TRIGGER USER")
        cursor.execute("UPDATE plan_publication SET value = 1 WHERE id = %s", [publication.pk])
    assert [check.fault for check in actions.recompute() if check.fault]


@pytest.mark.parametrize(
    "statement", ["UPDATE plan_publication SET value = 1", "DELETE FROM plan_publication"]
)
def test_a_published_value_is_never_rewritten(statement):
    actions.publish()
    with pytest.raises(ProgrammingError, match="only grows"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_registered_norm_is_published_at_once_and_can_be_found(draft, official):
    from minga.foundation.ledger.subscriptions import hand_over
    from minga.foundation.search import search

    actions.issue_norm(draft().id, version=1, actor=official(Role.APPROVER, "mdt"))
    fact = LedgerFact.objects.get(name="plan.norm.issued")
    assert hand_over(name=fact.name, subscription="plan.after_norm", position=fact.position)
    published = queries.readings()["1"].published
    assert published
    assert published.value == 1
    assert "Acuerdo Ministerial 001-2026" in search("norma técnica participación electrónica").hits[0].title


def test_the_home_page_and_the_workplace_say_what_the_plan_has_for_them(draft, official):
    from minga.modules.plan.module import card

    norm = draft()
    assert card.home
    assert card.tasks
    home = card.home()
    assert home
    assert home.rows[0][1] == "0 / 18"
    drafts = {
        (role, code): [task.title for task in card.tasks(official(role, code)) if "Normas" in task.kind]
        for role, code in ((Role.APPROVER, "mdt"), (Role.EDITOR, "mdt"), (Role.APPROVER, "senadi"))
    }
    assert drafts == {
        (Role.APPROVER, "mdt"): [norm.number],
        (Role.EDITOR, "mdt"): [],
        (Role.APPROVER, "senadi"): [],
    }


def test_the_doctor_says_when_published_values_fall_behind(db):
    from minga.kernel.cards import Severity
    from minga.modules.plan.module import card

    assert card.check_config
    assert card.check_config()[0].severity is Severity.WARNING
    actions.publish()
    assert card.check_config()[0].severity is Severity.OK
    with frozen(datetime.now(UTC) + timedelta(days=3)):
        assert card.check_config()[0].severity is Severity.ERROR


def test_a_long_transaction_never_sends_a_published_value_back(draft, official):
    norm = draft()
    actions.issue_norm(norm.id, version=1, actor=official(Role.APPROVER, "mdt"))
    actions.publish()
    with contextlib.closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE ledger_fact IN ROW EXCLUSIVE MODE")
        assert actions.publish() == []
    assert queries.readings()["1"].value == 1
