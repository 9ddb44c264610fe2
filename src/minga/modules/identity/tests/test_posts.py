"""Posts: who may give and end them, and on which days they give power."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import ANONYMOUS, Role
from minga.kernel.clock import today
from minga.kernel.errors import Forbidden, Invalid
from minga.kernel.references import Reference
from minga.modules.identity.actions.accounts import (
    choose_language,
    open_account,
    reinstate_account,
    suspend_account,
)
from minga.modules.identity.actions.posts import appoint, consult_officials, end_post, offered_roles
from minga.modules.identity.contracts import actor_for
from minga.modules.identity.models import Post
from minga.modules.identity.queries import institution_panel, labels, officials_of
from minga.modules.identity.tests.cast import SYSTEM

DAY = timedelta(days=1)


def _acts(account):
    return actor_for(account)


@pytest.mark.parametrize(
    ("starts", "ends", "valid"),
    [
        (-1, None, True),
        (0, None, True),
        (1, None, False),
        (-9, 0, False),
        (-9, 1, True),
        (-9, -1, False),
    ],
)
def test_a_post_gives_power_from_its_first_day_until_before_its_end(person, mdt, starts, ends, valid):
    account = person(
        role=Role.EDITOR,
        at=mdt,
        starts=today() + starts * DAY,
        ends=None if ends is None else today() + ends * DAY,
    )
    assert actor_for(account).holds(Role.EDITOR, institution=mdt.reference) is valid


def test_the_session_sees_the_same_posts_as_the_contract(person, mdt, enter):
    account = person(role=Role.HEAD, at=mdt, ends=today() + DAY)
    page = enter(account).get("/escritorio/personas/")
    assert page.status_code == 200
    Post.objects.filter(account=account).update(ends=today())
    assert enter(account).get("/escritorio/personas/").status_code == 403


def test_a_past_day_can_be_asked_for(person, mdt):
    account = person(role=Role.EDITOR, at=mdt, starts=today() - 30 * DAY, ends=today() - 10 * DAY)
    assert actor_for(account, today() - 20 * DAY).holds(Role.EDITOR)
    assert not actor_for(account).posts


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("holder", list(Role))
def test_only_the_head_and_the_steward_appoint(person, mdt, mintel, holder, role):
    where = mintel if holder is Role.STEWARD else mdt
    boss = person(role=holder, at=where)
    reach = {
        Role.HEAD: {Role.EDITOR, Role.APPROVER, Role.HEAD},
        Role.STEWARD: set(Role) - {Role.STEWARD},
    }.get(holder, set())
    assert set(offered_roles(actor=_acts(boss), institution=mdt)) == reach
    refusal = Invalid if holder is Role.STEWARD else Forbidden
    if role in reach:
        appoint(account=person(), institution=mdt, role=role, starts=today(), actor=_acts(boss))
    else:
        with pytest.raises(refusal):
            appoint(account=person(), institution=mdt, role=role, starts=today(), actor=_acts(boss))


def test_a_head_appoints_only_at_home(person, mdt, mintel):
    head = person(role=Role.HEAD, at=mdt)
    with pytest.raises(Forbidden):
        appoint(account=person(), institution=mintel, role=Role.EDITOR, starts=today(), actor=_acts(head))


def test_stewards_exist_only_at_mintel_whoever_appoints(person, mdt, mintel):
    steward = person(role=Role.STEWARD, at=mintel)
    for actor in (SYSTEM, _acts(steward)):
        with pytest.raises(Invalid) as refused:
            appoint(account=person(), institution=mdt, role=Role.STEWARD, starts=today(), actor=actor)
        assert "role" in refused.value.fields
    appoint(account=person(), institution=mintel, role=Role.STEWARD, starts=today(), actor=_acts(steward))


def test_nobody_appoints_themselves(person, mintel, mdt):
    steward = person(role=Role.STEWARD, at=mintel)
    with pytest.raises(Forbidden):
        appoint(account=steward, institution=mdt, role=Role.HEAD, starts=today(), actor=_acts(steward))


def test_a_suspended_or_unknown_person_appoints_nobody(person, mdt):
    head = person(role=Role.HEAD, at=mdt)
    suspend_account(account=head, actor=SYSTEM)
    assert _acts(head) == ANONYMOUS
    with pytest.raises(Forbidden):
        appoint(account=person(), institution=mdt, role=Role.EDITOR, starts=today(), actor=_acts(head))


def test_the_same_post_cannot_be_held_twice_at_once(person, mdt):
    account = person(role=Role.EDITOR, at=mdt, starts=today() - DAY, ends=today() + 9 * DAY)
    for starts, ends in ((today(), None), (today() + 8 * DAY, today() + 20 * DAY), (today() - 5 * DAY, None)):
        with pytest.raises(Invalid, match="ya tiene ese puesto"):
            appoint(
                account=account, institution=mdt, role=Role.EDITOR, starts=starts, ends=ends, actor=SYSTEM
            )
    appoint(account=account, institution=mdt, role=Role.EDITOR, starts=today() + 9 * DAY, actor=SYSTEM)
    appoint(account=account, institution=mdt, role=Role.APPROVER, starts=today(), actor=SYSTEM)


def test_a_post_that_ends_before_it_starts_is_refused_here_and_by_the_database(person, mdt):
    account = person()
    with pytest.raises(Invalid) as refused:
        appoint(
            account=account, institution=mdt, role=Role.EDITOR, starts=today(), ends=today(), actor=SYSTEM
        )
    assert "ends" in refused.value.fields
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            account=account, institution_id=mdt.id, role=Role.EDITOR, starts=today(), ends=today()
        )


def test_appointing_and_ending_leave_facts_of_the_institution(person, mdt):
    head, account = person(role=Role.HEAD, at=mdt), person()
    post = appoint(
        account=account, institution=mdt, role=Role.EDITOR, starts=today() - DAY, actor=_acts(head)
    )
    end_post(post=post, institution=mdt, actor=_acts(head))
    started, ended = LedgerFact.objects.filter(subject=account.reference, name__startswith="identity.post")
    assert (started.name, ended.name) == ("identity.post.started", "identity.post.ended")
    assert started.actor == ended.actor == head.reference
    assert started.institution == ended.institution == mdt.reference
    assert started.synthetic
    assert ended.payload == {"post": post.reference, "role": "editor", "ends": today().isoformat()}
    post.refresh_from_db()
    assert post.appointed_by == head
    assert not actor_for(account).posts


def test_a_post_that_has_not_begun_is_withdrawn(person, mdt):
    account = person(role=Role.EDITOR, at=mdt, starts=today() + 5 * DAY)
    end_post(post=Post.objects.get(account=account), institution=mdt, actor=SYSTEM)
    assert not Post.objects.filter(account=account).exists()


def test_a_post_ends_neither_twice_nor_in_the_past(person, mdt):
    post = Post.objects.get(account=person(role=Role.EDITOR, at=mdt))
    with pytest.raises(Invalid) as refused:
        end_post(post=post, institution=mdt, ends=today() - DAY, actor=SYSTEM)
    assert "ends" in refused.value.fields
    end_post(post=post, institution=mdt, actor=SYSTEM)
    with pytest.raises(Invalid, match="ya terminó"):
        end_post(post=post, institution=mdt, actor=SYSTEM)


def test_an_editor_ends_no_post(person, mdt):
    editor = person(role=Role.EDITOR, at=mdt)
    post = Post.objects.get(account=person(role=Role.APPROVER, at=mdt))
    with pytest.raises(Forbidden):
        end_post(post=post, institution=mdt, actor=_acts(editor))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.HEAD, Role.AUDITOR])
def test_only_stewards_and_administrators_suspend(person, mdt, role):
    victim = person()
    with pytest.raises(Forbidden):
        suspend_account(account=victim, actor=_acts(person(role=role, at=mdt)))
    with pytest.raises(Forbidden):
        reinstate_account(account=victim, actor=_acts(person(role=role, at=mdt)))
    with pytest.raises(Forbidden):
        suspend_account(account=victim, actor=ANONYMOUS)


def test_nobody_suspends_themselves_and_doing_it_twice_is_one_fact(person, mintel):
    administrator, account = person(role=Role.ADMINISTRATOR, at=mintel), person()
    actor = _acts(administrator)
    with pytest.raises(Forbidden):
        suspend_account(account=administrator, actor=actor)
    suspend_account(account=account, actor=actor)
    suspend_account(account=account, actor=actor)
    assert LedgerFact.objects.filter(name="identity.account.suspended").count() == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.AUDITOR])
def test_those_who_manage_nobody_open_no_account(person, mdt, role):
    with pytest.raises(Forbidden):
        open_account(given_names="Otro", email="otro@example.org", actor=_acts(person(role=role, at=mdt)))
    with pytest.raises(Forbidden):
        choose_language(language="es", allowed=["es"], actor=SYSTEM)


def test_the_public_reads_the_institution_and_never_a_name(person, mdt):
    official, citizen = person("Hortensia", role=Role.EDITOR, at=mdt), person("Hortensia")
    gone = Reference.of("account", "00000000-0000-4000-8000-000000000000")
    named = labels([official.reference, citizen.reference, gone])
    assert named[official.reference].title == "Funcionario de Ministerio del Trabajo"
    assert named[citizen.reference].title == named[gone].title == "Una persona"


def test_an_institutions_page_counts_its_people(person, mdt, mintel):
    person(role=Role.EDITOR, at=mdt)
    person(role=Role.EDITOR, at=mdt)
    person(role=Role.HEAD, at=mdt, starts=today() + DAY)
    panel = institution_panel(mdt.reference, today())
    assert panel is not None
    assert [tuple(row) for row in panel.rows] == [("Edita", "2", "")]
    assert institution_panel(mintel.reference, today()) is None


def test_officials_are_listed_with_those_still_to_come(person, mdt):
    person("Ana", role=Role.EDITOR, at=mdt)
    person("Berta", role=Role.EDITOR, at=mdt, starts=today() + DAY)
    person("Carla", role=Role.EDITOR, at=mdt, ends=today())
    assert [post.account.given_names for post in officials_of(institution=mdt.id, on=today())] == [
        "Ana",
        "Berta",
    ]


def test_nobody_lengthens_a_post_by_ending_it_later(person, mdt):
    head = person(role=Role.HEAD, at=mdt, ends=today() + 30 * DAY)
    post = Post.objects.get(account=head)
    with pytest.raises(Invalid):
        end_post(post=post, institution=mdt, ends=today() + 900 * DAY, actor=_acts(head))
    end_post(post=post, institution=mdt, ends=today() + 10 * DAY, actor=_acts(head))
    assert Post.objects.get(account=head).ends == today() + 10 * DAY


def test_reading_who_holds_the_posts_leaves_a_fact_about_each_person_but_oneself(person, mdt):
    head, editor = person(role=Role.HEAD, at=mdt), person(role=Role.EDITOR, at=mdt)
    read = consult_officials(institution=mdt, actor=actor_for(head))
    assert {post.account for post in read} == {head, editor}
    fact = LedgerFact.objects.get(name="ledger.person.read")
    assert (fact.subject, fact.actor) == (editor.reference, head.reference)
    assert fact.payload == {"purpose": "managing-posts", "fields": ["names", "posts", "status"]}
    assert fact.synthetic == editor.synthetic


@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER, Role.AUDITOR])
def test_who_manages_nobody_does_not_read_the_names(person, mdt, role):
    with pytest.raises(Forbidden):
        consult_officials(institution=mdt, actor=actor_for(person(role=role, at=mdt)))
    assert not LedgerFact.objects.filter(name="ledger.person.read").exists()


def test_a_head_reads_the_names_of_their_own_institution_only(person, mdt, mintel):
    with pytest.raises(Forbidden):
        consult_officials(institution=mintel, actor=actor_for(person(role=Role.HEAD, at=mdt)))
