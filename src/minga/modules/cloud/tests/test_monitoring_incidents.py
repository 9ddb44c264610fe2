"""Incidents told by people: who may tell, confirm, close and explain; what everybody may read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import sleep

import pytest
from django.db import connection, transaction

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Role
from minga.kernel.clock import frozen, now
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.cloud.actions import incidents, measuring
from minga.modules.cloud.models import Incident, Monitor
from minga.modules.cloud.models.incidents import IncidentCause
from minga.modules.cloud.queries import incidents as queries
from minga.modules.cloud.tests import measured
from minga.modules.directory import contracts as directory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast(settings):
    settings.MINGA_PROBES_ALLOWED = ["127.0.0.0/8"]
    with frozen(measured.MONDAY):
        measured.institutions()
        yield


@pytest.fixture
def provider():
    return measured.official(Role.EDITOR, "cnt")


@pytest.fixture
def user():
    return measured.official(Role.EDITOR, "mdt")


def report(service, actor, *, text="No abre desde la mañana.", ago=30):
    return incidents.report_incident(
        service,
        institution=directory.institution("mdt"),
        began_at=now() - timedelta(minutes=ago),
        text=text,
        actor=actor,
    )


@pytest.fixture
def reported(user):
    service = measured.service()
    measured.in_use(service)
    return report(service, user)


def names() -> list[str]:
    return list(
        LedgerFact.objects.filter(name__startswith="cloud.incident")
        .order_by("position")
        .values_list("name", flat=True)
    )


def test_an_institution_tells_of_a_service_it_uses(reported):
    assert (reported.state, reported.source) == ("reported", "institution")
    assert names() == ["cloud.incident.opened"]


def test_an_institution_that_does_not_use_it_is_told_so(user):
    with pytest.raises(Invalid) as refused:
        report(measured.service(), user)
    assert list(refused.value.fields) == ["service"]


def test_nobody_tells_in_the_name_of_another_institution(provider):
    service = measured.service()
    measured.in_use(service)
    with pytest.raises(Forbidden):
        report(service, provider)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"text": "  "}, "text"), ({"ago": -5}, "at_day"), ({"ago": 60 * 24 * 31}, "at_day")],
)
def test_what_is_missing_or_impossible_is_told_at_its_field(user, fields, field):
    service = measured.service()
    measured.in_use(service)
    with pytest.raises(Invalid) as refused:
        report(service, user, **fields)
    assert list(refused.value.fields) == [field]
    assert not Incident.objects.exists()


def test_the_provider_confirms_tells_closes_and_explains(reported, provider):
    incidents.confirm_incident(reported.id, text="Lo vemos.", version=1, actor=provider)
    incidents.tell_news(reported.id, text="Se cambia un equipo.", actor=provider)
    incidents.close_incident(reported.id, ended_at=now(), text="Listo.", version=2, actor=provider)
    done = incidents.explain_incident(
        reported.id, cause=IncidentCause.EQUIPMENT, text="Se dañó una fuente.", version=3, actor=provider
    )
    assert (done.state, done.cause, done.explained) == ("closed", "equipment", True)
    assert names() == ["cloud.incident.opened", "cloud.incident.closed", "cloud.incident.explained"]
    assert LedgerFact.objects.get(name="cloud.incident.closed").payload["minutes"] == 30
    steps = list(done.notes.order_by("id").values_list("step", flat=True))
    assert steps == ["reported", "confirmed", "news", "restored", "explained"]


def test_what_was_no_failure_is_dismissed_with_a_reason(reported, provider):
    with pytest.raises(Invalid):
        incidents.dismiss_incident(reported.id, text="", version=1, actor=provider)
    gone = incidents.dismiss_incident(reported.id, text="Era su propia red.", version=1, actor=provider)
    assert (gone.state, gone.explained) == ("dismissed", True)
    assert LedgerFact.objects.get(name="cloud.incident.closed").payload == {
        "service": "urn:minga:cloud-service:hosting",
        "reason": "dismissed",
        "minutes": 0,
    }


def test_only_the_provider_acts_on_an_incident(reported, user):
    for act in (incidents.confirm_incident, incidents.dismiss_incident):
        with pytest.raises(Forbidden):
            act(reported.id, text="Sí.", version=1, actor=user)
    with pytest.raises(Forbidden):
        incidents.tell_news(reported.id, text="Sí.", actor=user)
    with pytest.raises(Forbidden):
        incidents.close_incident(reported.id, ended_at=now(), text="Sí.", version=1, actor=user)
    with pytest.raises(Forbidden):
        incidents.announce_incident(reported.service, began_at=now(), text="Sí.", actor=user)


def test_an_incident_ends_after_it_began_and_not_in_the_future(reported, provider):
    incidents.confirm_incident(reported.id, text="Lo vemos.", version=1, actor=provider)
    for minutes in (-31, 1):
        with pytest.raises(Invalid) as refused:
            incidents.close_incident(
                reported.id,
                ended_at=now() + timedelta(minutes=minutes),
                text="Ya.",
                version=2,
                actor=provider,
            )
        assert list(refused.value.fields) == ["at_day"]


def test_steps_out_of_turn_are_refused(reported, provider):
    with pytest.raises(Conflict):
        incidents.close_incident(reported.id, ended_at=now(), text="Ya.", version=1, actor=provider)
    incidents.confirm_incident(reported.id, text="Lo vemos.", version=1, actor=provider)
    with pytest.raises(Conflict):
        incidents.confirm_incident(reported.id, text="Otra vez.", version=2, actor=provider)


def test_what_the_probes_opened_the_probes_close(provider):
    monitor = measured.monitor(measured.service())
    found = incidents.open_measured(monitor, actor=provider)
    with pytest.raises(Conflict, match="mediciones"):
        incidents.close_incident(found.id, ended_at=now(), text="Ya.", version=1, actor=provider)
    with pytest.raises(Conflict, match="mediciones"):
        incidents.dismiss_incident(found.id, text="No fue nada.", version=1, actor=provider)
    monitor.state = "paused"
    monitor.save()
    assert (
        incidents.close_incident(found.id, ended_at=now(), text="Ya.", version=1, actor=provider).state
        == "closed"
    )


def test_the_words_of_an_institution_are_for_the_provider_alone(reported, provider, user):
    note = reported.notes.get()
    assert note.text == "No abre desde la mañana."
    assert note.public_text == ""
    assert incidents.may_read(reported, provider)
    assert incidents.may_read(reported, user)
    assert not incidents.may_read(reported, measured.official(Role.EDITOR, "mintel"))


def test_facts_hold_none_of_the_words(reported, provider):
    incidents.dismiss_incident(reported.id, text="Era su propia red.", version=1, actor=provider)
    payloads = str(list(LedgerFact.objects.values_list("payload", flat=True)))
    assert "red" not in payloads
    assert "mañana" not in payloads


def test_an_institution_tells_once_of_a_failure_that_is_not_over(reported, user, provider):
    with pytest.raises(Invalid) as refused:
        report(reported.service, user)
    assert list(refused.value.fields) == ["service"]
    incidents.dismiss_incident(reported.id, text="Era su propia red.", version=1, actor=provider)
    assert report(reported.service, user).state == "reported"


def test_only_what_is_confirmed_counts_as_an_incident_of_the_service(reported, provider):
    assert queries.live_by_service() == {}
    incidents.confirm_incident(reported.id, text="Lo vemos.", version=1, actor=provider)
    assert queries.live_by_service() == {reported.service_id: 1}


def test_an_incident_is_called_by_its_day_in_ecuador(provider):
    with frozen(datetime.fromisoformat("2026-03-02T23:30:00-05:00")):
        incident = incidents.announce_incident(
            measured.service(), began_at=now(), text="Falla.", actor=provider
        )
    label = queries.incident_labels([incident.reference])[incident.reference]
    assert "2026-03-02" in label.title


@pytest.mark.django_db(transaction=True)
def test_an_explanation_given_while_it_closes_stays(provider):
    monitor = measured.monitor(measured.service())
    with transaction.atomic():
        incident = incidents.open_measured(monitor, actor=provider)
    Monitor.objects.update(up=True, streak=9, turned_at=now())

    def close() -> None:
        try:
            with transaction.atomic():
                measuring._follow_incidents([monitor.pk])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            incidents.explain_incident(
                incident.id, cause=IncidentCause.POWER, text="Un corte.", version=1, actor=provider
            )
            closing = other.submit(close)
            _wait_until_somebody_waits()
        closing.result(timeout=20)
    incident.refresh_from_db()
    assert (incident.state, incident.cause) == ("closed", "power")


def _wait_until_somebody_waits() -> None:
    for _turn in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else always the same
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    raise AssertionError("nobody waited")
