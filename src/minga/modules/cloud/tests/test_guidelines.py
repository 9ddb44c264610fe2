"""The guidelines: written by the steward, published for good, and used to check a purchase before it is made."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from minga.kernel.actors import Role
from minga.kernel.clock import frozen
from minga.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from minga.modules.cloud.actions import guidelines as actions
from minga.modules.cloud.actions import selfchecks as checking
from minga.modules.cloud.models import Guideline, SelfCheck
from minga.modules.cloud.models.selfcheck import Verdict
from minga.modules.cloud.queries import guidelines, selfchecks
from minga.modules.cloud.tests import cast
from minga.modules.cloud.tests.cast import facts
from minga.modules.directory import contracts as directory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def steward():
    return cast.official(Role.STEWARD, "mintel")


@pytest.fixture
def editor():
    return cast.official(Role.EDITOR, "mdt")


@pytest.fixture
def in_force(steward):
    draft = guidelines.any_version(1)
    return actions.publish_guideline(1, version=draft.version, actor=steward)


def begun(editor, subject="Correo en la nube para 300 personas"):
    return checking.start_selfcheck(subject=subject, institution=directory.institution("mdt"), actor=editor)


def answered(check, editor, verdict=Verdict.YES, **others):
    for place in range(1, check.guideline.questions.count() + 1):
        chosen = others.get(f"q{place}", verdict)
        checking.answer_question(check.id, place, verdict=chosen, note="Consta en el informe.", actor=editor)


def test_a_new_instance_has_a_draft_that_the_steward_must_publish_first(client):
    assert guidelines.in_force() is None
    assert guidelines.any_version(1).questions.count() == 16
    assert "Todavía no hay lineamientos" in client.get(reverse("cloud:guidelines")).content.decode()


def test_publishing_puts_a_version_in_force_and_proves_its_words(in_force, steward):
    assert guidelines.in_force() == in_force
    fact = facts("cloud.guideline.published")[0]
    assert (fact.subject, fact.payload["questions"]) == (in_force.reference, 16)
    assert len(fact.payload["content"]) == 64


def test_what_is_published_never_changes(in_force, steward):
    text = actions.GuidelineText(title="Otra", introduction="Otra", changes="")
    section = in_force.sections.get(position=1)
    for act in (
        lambda: actions.change_guideline(1, text, version=in_force.version, actor=steward),
        lambda: actions.remove_section(1, section.pk, version=in_force.version, actor=steward),
        lambda: actions.discard_guideline(1, version=in_force.version, actor=steward),
        lambda: actions.publish_guideline(1, version=in_force.version, actor=steward),
    ):
        with pytest.raises(Conflict):
            act()


@pytest.mark.parametrize(("role", "institution"), [(Role.APPROVER, "cnt"), (Role.HEAD, "mintel")])
def test_only_the_steward_writes_them(role, institution):
    with pytest.raises(Forbidden):
        actions.publish_guideline(1, version=1, actor=cast.official(role, institution))


def test_the_next_version_starts_from_the_one_in_force_and_says_what_is_new(in_force, steward):
    draft = actions.draft_guideline(actor=steward)
    with pytest.raises(Invalid) as refused:
        actions.publish_guideline(draft.number, version=draft.version, actor=steward)
    assert "changes" in refused.value.fields
    with pytest.raises(Conflict):
        actions.draft_guideline(actor=steward)
    assert [each.key for each in draft.questions.all()] == [each.key for each in in_force.questions.all()]


def test_the_differences_between_two_versions_are_shown_word_by_word(in_force, steward, client):
    newer = _second_version(in_force, steward)

    changes = guidelines.changes(in_force, newer)

    assert {change.kind for change in changes.questions} == {"added", "removed", "changed"}
    changed = next(change for change in changes.questions if change.kind == "changed")
    assert [piece.text for piece in changed.pieces if piece.mark == "added"] == ["siempre"]
    page = client.get(reverse("cloud:guideline_changes", args=[2])).content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    older = client.get(reverse("cloud:guideline", args=[1])).content.decode()
    assert "Esta versión ya no rige" in older


def _second_version(in_force, steward):
    draft = actions.draft_guideline(actor=steward)
    first, second = draft.questions.all()[:2]
    actions.remove_question(draft.number, first.pk, version=draft.version, actor=steward)
    fields = ("position", "help", "remedy", "basis", "critical", "weight")
    same = {field: getattr(second, field) for field in fields}
    for text, key in ((f"{second.text} siempre", second.pk), ("¿Es nueva?", None)):
        question = actions.QuestionText(text=text, **same)
        version = guidelines.any_version(draft.number).version
        actions.write_question(draft.number, question, question=key, version=version, actor=steward)
    whole = actions.GuidelineText(title="Lineamientos", introduction="Nueva.", changes="Una pregunta nueva.")
    version = guidelines.any_version(draft.number).version
    saved = actions.change_guideline(draft.number, whole, version=version, actor=steward)
    return actions.publish_guideline(draft.number, version=saved.version, actor=steward)


def test_a_check_keeps_each_answer_and_the_version_it_began_with(in_force, steward, editor):
    check = begun(editor)
    checking.answer_question(check.id, 1, verdict=Verdict.NO, note="", actor=editor)
    checking.answer_question(check.id, 1, verdict=Verdict.YES, note="", actor=editor)
    _second_version(in_force, steward)

    result = selfchecks.result(selfchecks.selfcheck(check.id))

    assert result.lines[0].answer is not None
    assert result.lines[0].answer.verdict == Verdict.YES
    assert (result.next_place, len(result.lines)) == (2, 16)


def test_the_result_says_what_is_missing_critical_points_first(in_force, editor):
    check = begun(editor)
    answered(check, editor, q2=Verdict.NO, q3=Verdict.PARTLY)

    finished = checking.finish_selfcheck(check.id, actor=editor)

    result = selfchecks.result(finished)
    assert [line.place for line in result.missing] == [3, 2]
    assert finished.critical_missing == 1
    assert facts("cloud.selfcheck.finished")[0].payload == {
        "guideline": in_force.reference,
        "score": finished.score,
        "critical_missing": 1,
    }


def test_a_finished_check_never_changes_but_may_say_which_purchase_it_was_for(in_force, editor):
    check = begun(editor)
    with pytest.raises(Conflict):
        checking.link_purchase(check.id, purchase="SIE-1", actor=editor)
    answered(check, editor)
    checking.finish_selfcheck(check.id, actor=editor)

    with pytest.raises(Conflict):
        checking.answer_question(check.id, 1, verdict=Verdict.NO, note="", actor=editor)
    with pytest.raises(Conflict):
        checking.discard_selfcheck(check.id, actor=editor)
    assert checking.link_purchase(check.id, purchase="SIE-1", actor=editor).purchase == "SIE-1"


def test_a_check_is_not_finished_with_questions_open(in_force, editor):
    check = begun(editor)
    with pytest.raises(Invalid):
        checking.finish_selfcheck(check.id, actor=editor)


def test_what_does_not_apply_needs_its_reason(in_force, editor):
    check = begun(editor)
    with pytest.raises(Invalid) as refused:
        checking.answer_question(check.id, 1, verdict=Verdict.NOT_APPLICABLE, note=" ", actor=editor)
    assert "note" in refused.value.fields


def test_a_check_is_its_institutions_business(in_force, editor, client_of):
    check = begun(editor)
    with pytest.raises(Forbidden):
        checking.answer_question(
            check.id, 1, verdict=Verdict.YES, note="", actor=cast.official(Role.EDITOR, "msp")
        )
    address = reverse("cloud:selfcheck", args=[check.id])
    assert client_of(Role.EDITOR, "msp").get(address).status_code == 403
    assert client_of(Role.EDITOR, "cnt").get(address).status_code == 403
    assert client_of(Role.EDITOR, "mdt").get(address).status_code == 200
    assert client_of(Role.AUDITOR, "mintel").get(address).status_code == 200
    assert client_of(Role.STEWARD, "mintel").get(address).status_code == 200


def test_the_provider_is_not_told_what_others_plan_to_buy(in_force, editor, client_of):
    check = begun(editor)
    page = reverse("cloud:selfchecks")
    assert check.subject not in client_of(Role.EDITOR, "cnt").get(page).content.decode()
    assert check.subject in client_of(Role.EDITOR, "mdt").get(page).content.decode()


def test_without_guidelines_there_is_nothing_to_check_against(editor):
    with pytest.raises(NotFound):
        begun(editor)


def test_the_journey_asks_one_question_a_page_and_ends_with_what_to_do(in_force, client_of):
    person = client_of(Role.EDITOR, "mdt")
    start = person.post(
        reverse("cloud:selfcheck_create"), {"institution": "mdt", "subject": "Correo en la nube"}
    )
    check = SelfCheck.objects.get()
    assert start["Location"] == reverse("cloud:selfcheck_question", args=[check.id, 1])
    empty = person.post(start["Location"], {"verdict": ""})
    assert empty.status_code == 422
    assert "Elija una respuesta" in empty.content.decode()
    address = start["Location"]
    for _ in range(16):
        address = person.post(address, {"verdict": "no", "note": "Falta."})["Location"]
    assert address == reverse("cloud:selfcheck", args=[check.id])
    done = person.post(reverse("cloud:selfcheck_step", args=[check.id, "terminar"]), follow=True)
    assert "No compre todavía: faltan 8 puntos críticos." in done.content.decode()
    assert "Revise la cartera y guarde la respuesta" in done.content.decode()


def test_an_old_check_can_still_be_read_next_year(in_force, editor, client_of):
    check = begun(editor)
    answered(check, editor)
    checking.finish_selfcheck(check.id, actor=editor)
    with frozen(datetime(2100, 1, 1, tzinfo=UTC)):
        assert selfchecks.selfcheck(check.id).score == 100


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(Verdict)), max_size=20))
def test_the_score_is_a_percentage_that_only_rises_when_something_is_solved(verdicts):
    score = selfchecks.score(verdicts)
    applying = [pair for pair in verdicts if pair[1] is not Verdict.NOT_APPLICABLE]
    assert (score is None) == (not applying)
    if score is None:
        return
    assert 0 <= score <= 100
    solved = [
        (weight, Verdict.YES) if verdict is Verdict.NO else (weight, verdict) for weight, verdict in verdicts
    ]
    better = selfchecks.score(solved)
    assert better is not None
    assert better >= score


def test_there_is_only_ever_one_draft():
    assert Guideline.objects.filter(state="draft").count() == 1
