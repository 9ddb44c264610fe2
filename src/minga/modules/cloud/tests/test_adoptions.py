"""Contracts: registered by the institution, confirmed by the provider, ended by both; the indicators follow."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from minga.kernel.actors import ANONYMOUS, Role
from minga.kernel.clock import today
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.cloud.actions import adoptions as actions
from minga.modules.cloud.indicators import DATA_CENTRE, NETWORK
from minga.modules.cloud.models import Adoption, AdoptionEvent, Service
from minga.modules.cloud.models.adoption import AdoptionState
from minga.modules.cloud.queries import adoptions as queries
from minga.modules.cloud.tests import cast
from minga.modules.cloud.tests.cast import (
    CLOUD,
    HOSTING,
    LINK,
    OFFICE,
    confirmed,
    counted,
    drafted,
    facts,
    filed,
)
from minga.modules.cloud.views.tasks import tasks
from minga.modules.directory import contracts as directory
from minga.modules.directory.models import Institution

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def provider():
    return cast.official(Role.APPROVER, "cnt")


@pytest.fixture
def approver():
    return cast.official(Role.APPROVER, "mdt")


def test_an_institution_counts_from_the_contracts_first_day_once_the_provider_confirms(provider):
    adoption = filed()
    assert counted(DATA_CENTRE) == 0

    actions.confirm_adoption(adoption.id, version=adoption.version, actor=provider)

    assert counted(DATA_CENTRE) == 1
    assert counted(DATA_CENTRE, date(2026, 3, 1)) == 0
    assert counted(DATA_CENTRE, date(2026, 3, 2)) == 1
    assert counted(NETWORK) == 0


def test_the_network_has_its_own_indicator():
    confirmed(code=LINK)
    assert (counted(DATA_CENTRE), counted(NETWORK)) == (0, 1)


def test_two_contracts_of_one_institution_count_once_and_until_the_last_one_ends(provider, approver):
    first = confirmed(contract="A-1")
    confirmed(code=HOSTING, contract="A-2")
    assert counted(DATA_CENTRE) == 1

    _end(first, approver, provider)

    assert counted(DATA_CENTRE) == 1


def test_an_application_in_the_cloud_moves_neither_indicator(provider):
    service = cast.offered(OFFICE)
    service.state, service.offered_on, service.how_to_ask = "offered", date(2018, 1, 1), "Pídalo."
    service.save()

    confirmed(code=OFFICE)

    assert (counted(DATA_CENTRE), counted(NETWORK)) == (0, 0)
    assert len(facts("cloud.application.confirmed")) == 1


def test_the_fact_names_the_institution_the_service_and_the_papers_digest(provider):
    adoption = confirmed()
    fact = facts("cloud.hosting.confirmed")[0]
    assert fact.subject == adoption.reference
    assert fact.institution == directory.institution("mdt").reference
    assert fact.payload == {"service": f"urn:minga:cloud-service:{CLOUD}", "evidence": adoption.evidence_id}
    assert fact.synthetic is False


def test_what_is_invented_never_counts(provider):
    adoption = filed()
    Adoption.objects.filter(id=adoption.id).update(synthetic=True)

    actions.confirm_adoption(adoption.id, version=adoption.version, actor=provider)

    assert facts("cloud.hosting.confirmed")[0].synthetic is True
    assert counted(DATA_CENTRE) == 0


def test_a_contract_that_ended_counts_no_more_from_that_day_on(provider, approver):
    adoption = confirmed()
    _end(adoption, approver, provider, on=date(2026, 6, 1))

    assert counted(DATA_CENTRE, date(2026, 5, 31)) == 1
    assert counted(DATA_CENTRE, date(2026, 6, 1)) == 0
    assert facts("cloud.hosting.ended")[0].payload["reason"] == "ended"


def test_until_the_other_party_agrees_the_contract_goes_on_counting(approver):
    adoption = confirmed()
    actions.ask_end(adoption.id, on=date(2026, 6, 1), reason="", version=adoption.version, actor=approver)
    assert counted(DATA_CENTRE) == 1


def test_who_asks_for_the_end_cannot_agree_with_it_alone(provider, approver):
    adoption = confirmed()
    asked = actions.ask_end(
        adoption.id, on=date(2026, 6, 1), reason="", version=adoption.version, actor=approver
    )
    with pytest.raises(Forbidden):
        actions.answer_end(asked.id, agreed=True, reason="", version=asked.version, actor=approver)


def test_the_provider_may_ask_for_the_end_and_the_institution_may_say_no(provider, approver):
    adoption = confirmed()
    asked = actions.ask_end(
        adoption.id, on=date(2026, 6, 1), reason="", version=adoption.version, actor=provider
    )
    with pytest.raises(Invalid):
        actions.answer_end(asked.id, agreed=False, reason=" ", version=asked.version, actor=approver)

    kept = actions.answer_end(
        asked.id, agreed=False, reason="Seguimos usándolo.", version=asked.version, actor=approver
    )

    assert (kept.state, kept.ended_on, kept.end_asked_by) == (AdoptionState.CONFIRMED, None, "")
    assert counted(DATA_CENTRE) == 1


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2200, 1, 1)])
def test_a_contract_ends_neither_before_it_began_nor_in_the_future(approver, day):
    adoption = confirmed()
    with pytest.raises(Invalid) as refused:
        actions.ask_end(adoption.id, on=day, reason="", version=adoption.version, actor=approver)
    assert "on" in refused.value.fields


def test_what_was_confirmed_by_mistake_never_counted_and_only_the_provider_says_so(provider, approver):
    adoption = confirmed()
    with pytest.raises(Forbidden):
        actions.withdraw_adoption(adoption.id, reason="Error", version=adoption.version, actor=approver)

    actions.withdraw_adoption(
        adoption.id, reason="Era de otra institución.", version=adoption.version, actor=provider
    )

    assert counted(DATA_CENTRE) == 0
    assert counted(DATA_CENTRE, date(2026, 4, 1)) == 0
    assert facts("cloud.hosting.ended")[0].payload["reason"] == "error"


def test_before_it_counts_the_institution_withdraws_its_own_registration(approver, provider):
    adoption = filed()
    with pytest.raises(Forbidden):
        actions.withdraw_adoption(adoption.id, reason="No", version=adoption.version, actor=provider)

    actions.withdraw_adoption(adoption.id, reason="Se duplicó.", version=adoption.version, actor=approver)

    assert not facts("cloud.hosting.ended")
    assert filed(contract="CNT-2026-0147").state == AdoptionState.FILED


def test_the_provider_sends_back_with_a_reason_and_the_institution_corrects_and_files_again(
    provider, approver
):
    adoption = filed()
    with pytest.raises(Invalid):
        actions.observe_adoption(adoption.id, reason="  ", version=adoption.version, actor=provider)
    back = actions.observe_adoption(
        adoption.id, reason="El número no coincide.", version=adoption.version, actor=provider
    )

    changed = actions.change_adoption(
        back.id,
        cast.text(contract="CNT-2026-0148"),
        version=back.version,
        evidence=actions.Evidence(),
        actor=approver,
    )
    again = actions.file_adoption(changed.id, version=changed.version, actor=approver)

    assert (again.state, again.contract) == (AdoptionState.FILED, "CNT-2026-0148")
    assert again.evidence_id is not None


def test_everything_that_happened_stays_in_its_history(provider):
    adoption = confirmed()
    steps = [event.step for event in adoption.events.order_by("id")]
    assert steps == ["drafted", "filed", "confirmed"]
    assert {event.side for event in AdoptionEvent.objects.filter(step="confirmed")} == {"provider"}


def test_an_editor_prepares_but_only_an_approver_files():
    adoption = drafted()
    with pytest.raises(Forbidden):
        actions.file_adoption(adoption.id, version=adoption.version, actor=cast.official(Role.EDITOR, "mdt"))


@pytest.mark.parametrize(
    ("role", "institution"),
    [
        (Role.EDITOR, "cnt"),
        (Role.APPROVER, "mdt"),
        (Role.HEAD, "mdt"),
        (Role.STEWARD, "mintel"),
        (Role.AUDITOR, "mintel"),
    ],
)
def test_only_those_who_approve_for_the_provider_confirm(role, institution):
    adoption = filed()
    with pytest.raises(Forbidden):
        actions.confirm_adoption(
            adoption.id, version=adoption.version, actor=cast.official(role, institution)
        )
    assert not facts("cloud.hosting.confirmed")


def test_nobody_registers_for_an_institution_in_which_they_hold_no_post():
    for actor in (ANONYMOUS, cast.official(Role.EDITOR, "msp"), cast.official(Role.STEWARD, "mintel")):
        with pytest.raises(Forbidden):
            actions.draft_adoption(
                cast.text(),
                institution=directory.institution("mdt"),
                evidence=actions.Evidence(),
                actor=actor,
            )


def test_the_provider_cannot_confirm_itself(provider):
    with pytest.raises(Forbidden):
        actions.draft_adoption(
            cast.text(), institution=directory.institution("cnt"), evidence=actions.Evidence(), actor=provider
        )


def test_a_contract_without_its_paper_or_not_yet_begun_is_not_filed(approver):
    adoption = actions.draft_adoption(
        cast.text(starts_on=today() + timedelta(days=3)),
        institution=directory.institution("mdt"),
        evidence=actions.Evidence(),
        actor=approver,
    )
    with pytest.raises(Invalid) as refused:
        actions.file_adoption(adoption.id, version=adoption.version, actor=approver)
    assert set(refused.value.fields) == {"evidence", "starts_on"}


def test_a_contract_is_registered_only_once_for_a_service():
    drafted()
    with pytest.raises(Invalid) as refused:
        drafted()
    assert "contract" in refused.value.fields
    assert drafted(code=LINK).contract == "CNT-2026-0147"


def test_a_service_in_preparation_cannot_be_in_use():
    with pytest.raises(Invalid) as refused:
        drafted(code=OFFICE)
    assert "service" in refused.value.fields


def test_of_two_who_change_a_draft_the_second_is_told(approver):
    adoption = drafted()
    change = {"evidence": actions.Evidence(), "version": adoption.version, "actor": approver}
    actions.change_adoption(adoption.id, cast.text(contract="B-1"), **change)
    with pytest.raises(Conflict):
        actions.change_adoption(adoption.id, cast.text(contract="B-2"), **change)


def test_a_filed_contract_cannot_be_changed_or_discarded(approver):
    adoption = filed()
    with pytest.raises(Conflict):
        actions.change_adoption(
            adoption.id,
            cast.text(),
            version=adoption.version,
            evidence=actions.Evidence(),
            actor=approver,
        )
    with pytest.raises(Conflict):
        actions.discard_adoption(adoption.id, version=adoption.version, actor=approver)


def test_the_public_list_shows_only_confirmed_uses():
    filed("msp", contract="C-1")
    confirmed("mdt")
    assert [user.code for user in queries.users()] == ["mdt"]
    assert queries.users(family="network") == []


@pytest.mark.parametrize("asked", [False, True])
def test_the_contract_of_a_closed_institution_is_ended_by_the_provider_alone(provider, approver, asked):
    adoption = confirmed()
    if asked:
        adoption = actions.ask_end(
            adoption.id, on=date(2026, 5, 1), reason="", version=adoption.version, actor=provider
        )
    Institution.objects.filter(code="mdt").update(valid_until=date(2026, 6, 1))

    assert queries.users() == []
    assert queries.users_by_service() == {}
    assert [use.pk for use in queries.waiting_for_provider()] == [adoption.pk]
    assert list(queries.waiting_for([adoption.institution_id])) == []
    assert [task.title for task in tasks(provider)] == [f"{adoption.contract}: {adoption.service.title}"]
    with pytest.raises(Forbidden):
        actions.ask_end(adoption.id, on=date(2026, 6, 1), reason="", version=adoption.version, actor=approver)
    actions.ask_end(adoption.id, on=date(2026, 6, 1), reason="", version=adoption.version, actor=provider)

    assert list(queries.waiting_for_provider()) == []
    assert [fact.payload["reason"] for fact in facts("cloud.hosting.ended")] == ["ended"]


def _end(adoption, asks, agrees, on=date(2026, 6, 1)):
    asked = actions.ask_end(adoption.id, on=on, reason="", version=adoption.version, actor=asks)
    actions.answer_end(asked.id, agreed=True, reason="", version=asked.version, actor=agrees)


def test_a_contract_is_invented_when_its_service_of_now_is(provider):
    adoption = drafted()
    assert not adoption.synthetic
    Service.objects.filter(code=HOSTING).update(synthetic=True)
    for code, synthetic in ((HOSTING, True), (CLOUD, False)):
        adoption = actions.change_adoption(
            adoption.id,
            cast.text(code),
            version=adoption.version,
            evidence=actions.Evidence(),
            actor=cast.official(Role.EDITOR, "mdt"),
        )
        assert adoption.synthetic is synthetic


def test_invented_uses_count_only_for_an_invented_service(client):
    use = confirmed()
    assert queries.users_by_service() == {use.service_id: 1}
    Adoption.objects.update(synthetic=True)
    assert queries.users_by_service() == {}
    rows = client.get(reverse("cloud:services_csv")).content.decode()
    line = next(row for row in rows.splitlines() if CLOUD in row)
    assert line.endswith(("0;no", "0,no"))
    Service.objects.filter(pk=use.service_id).update(synthetic=True)
    assert queries.users_by_service() == {use.service_id: 1}
