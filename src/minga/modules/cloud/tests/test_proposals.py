"""Proposals: an institution asks, others vote once each, and the provider answers when the voting is over."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from minga.kernel.actors import Role
from minga.kernel.clock import frozen, start_of, today
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.cloud.actions import proposals as actions
from minga.modules.cloud.models import Proposal, Service
from minga.modules.cloud.models.proposal import ProposalState, Support
from minga.modules.cloud.models.service import Category
from minga.modules.cloud.queries import proposals
from minga.modules.cloud.tests import cast
from minga.modules.cloud.tests.cast import facts
from minga.modules.cloud.views.tasks import tasks
from minga.modules.directory import contracts as directory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def provider():
    return cast.official(Role.APPROVER, "cnt")


def proposed(institution="mdt", title="Videoconferencia para audiencias"):
    text = actions.ProposalText(
        title=title,
        category=Category.TELEWORK,
        need="Las audiencias obligan a viajar.",
        users="Unas 40 personas de atención al público",
    )
    actor = cast.official(Role.EDITOR, institution)
    return actions.propose(text, by=directory.institution(institution), actor=actor)


def voted(proposal, institution, support=Support.WOULD_USE):
    actor = cast.official(Role.EDITOR, institution)
    return actions.vote(proposal.id, support=support, by=directory.institution(institution), actor=actor)


def after_voting(proposal) -> datetime:
    return start_of(proposal.closes_on + timedelta(days=1))


def test_who_proposes_would_use_it_and_anybody_can_read_it(client):
    proposal = proposed()
    found = proposals.proposal(proposal.id)
    assert (found.supporters, found.would_use) == (1, 1)
    page = client.get(reverse("cloud:proposal", args=[proposal.id])).content.decode()
    assert "Las audiencias obligan a viajar." in page


def test_an_institution_has_one_vote_which_it_may_change_or_take_back():
    proposal = proposed()
    voted(proposal, "msp")
    voted(proposal, "msp", Support.SUPPORTS)
    found = proposals.proposal(proposal.id)
    assert (found.supporters, found.would_use) == (2, 1)

    actions.withdraw_vote(
        proposal.id, by=directory.institution("msp"), actor=cast.official(Role.EDITOR, "msp")
    )
    assert proposals.proposal(proposal.id).supporters == 1
    assert len(facts("cloud.proposal.unsupported")) == 1


def test_an_invented_institutions_vote_counts_only_for_an_invented_proposal():
    proposal = proposed()
    apps.get_model("directory", "Institution").objects.filter(code="msp").update(synthetic=True)
    voted(proposal, "msp")
    assert proposals.proposal(proposal.id).supporters == 1
    assert facts("cloud.proposal.supported")[-1].synthetic

    Proposal.objects.update(synthetic=True)
    assert proposals.proposal(proposal.id).supporters == 2


def test_nobody_votes_for_another_institution():
    proposal = proposed()
    with pytest.raises(Forbidden):
        actions.vote(
            proposal.id,
            support=Support.SUPPORTS,
            by=directory.institution("msp"),
            actor=cast.official(Role.EDITOR, "mdt"),
        )


def test_after_the_last_day_no_vote_changes():
    proposal = proposed()
    with frozen(start_of(proposal.closes_on)):
        voted(proposal, "msp")
    with frozen(after_voting(proposal)), pytest.raises(Conflict):
        voted(proposal, "sri")


def test_the_provider_answers_only_when_everybody_could_vote(provider):
    proposal = proposed()
    with pytest.raises(Conflict):
        actions.answer_proposal(
            proposal.id, accepted=True, answer="Sí.", version=proposal.version, actor=provider
        )


def test_what_is_accepted_becomes_a_draft_of_the_cartera(provider):
    proposal = proposed()
    with frozen(after_voting(proposal)):
        answered = actions.answer_proposal(
            proposal.id,
            accepted=True,
            answer="Lo ofreceremos este año.",
            version=proposal.version,
            actor=provider,
        )
    service = Service.objects.get(code="videoconferencia-para-audiencias")
    assert answered.service == service
    assert (service.state, service.category) == ("draft", Category.TELEWORK)
    assert facts("cloud.proposal.answered")[0].payload == {"accepted": True, "service": service.reference}


def test_what_the_cartera_already_has_is_not_accepted_twice(provider):
    proposal = proposed(title="Teletrabajo")
    with frozen(after_voting(proposal)), pytest.raises(Invalid) as refused:
        actions.answer_proposal(
            proposal.id, accepted=True, answer="Sí.", version=proposal.version, actor=provider
        )
    assert "accepted" in refused.value.fields
    assert proposals.proposal(proposal.id).state == ProposalState.OPEN


def test_what_is_declined_says_why_and_is_answered_only_once(provider, client):
    proposal = proposed()
    with frozen(after_voting(proposal)):
        with pytest.raises(Invalid):
            actions.answer_proposal(
                proposal.id, accepted=False, answer=" ", version=proposal.version, actor=provider
            )
        answered = actions.answer_proposal(
            proposal.id, accepted=False, answer="Ya existe.", version=proposal.version, actor=provider
        )
        with pytest.raises(Conflict):
            actions.answer_proposal(
                proposal.id, accepted=True, answer="Sí.", version=answered.version, actor=provider
            )
    assert "Ya existe." in client.get(reverse("cloud:proposal", args=[proposal.id])).content.decode()


@pytest.mark.parametrize(
    ("role", "institution"), [(Role.EDITOR, "cnt"), (Role.HEAD, "mdt"), (Role.STEWARD, "mintel")]
)
def test_only_those_who_approve_for_the_provider_answer(role, institution):
    proposal = proposed()
    with frozen(after_voting(proposal)), pytest.raises(Forbidden):
        actions.answer_proposal(
            proposal.id,
            accepted=True,
            answer="Sí.",
            version=proposal.version,
            actor=cast.official(role, institution),
        )


def test_the_most_supported_come_first():
    few, many = proposed(title="Una"), proposed(title="Otra")
    voted(many, "msp")
    assert [entry.id for entry in proposals.proposals()] == [many.id, few.id]


def test_the_workplace_asks_each_institution_to_vote_and_then_the_provider_to_answer(provider):
    proposal = proposed()
    other = cast.official(Role.EDITOR, "msp")
    assert [task.due for task in tasks(other) if "votar" in task.kind] == [today() + actions.VOTING]
    assert not [task for task in tasks(cast.official(Role.EDITOR, "mdt")) if "votar" in task.kind]
    with frozen(after_voting(proposal)):
        assert not [task for task in tasks(other) if "votar" in task.kind]
        assert [task.title for task in tasks(provider) if "responder" in task.kind] == [proposal.title]
