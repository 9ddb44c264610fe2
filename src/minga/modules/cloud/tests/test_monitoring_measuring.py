"""Measuring: real servers on this machine, asked by the job; incidents follow; gaps are no data."""

import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import trustme
from django.db import connection

from minga.foundation.ledger.models import LedgerFact
from minga.foundation.probing import Outcome, Reason
from minga.foundation.probing.tests.peers import HERE, closed_port, website
from minga.kernel.actors import Role
from minga.kernel.clock import frozen, now, start_of
from minga.modules.cloud import jobs
from minga.modules.cloud.actions import measuring, monitoring
from minga.modules.cloud.models import DailyQuality, Incident, Measurement, Monitor
from minga.modules.cloud.models.monitoring import RAW_DAYS, Interval
from minga.modules.cloud.queries import monitoring as queries
from minga.modules.cloud.tests import measured

pytestmark = pytest.mark.django_db
START = measured.MONDAY


@pytest.fixture(autouse=True)
def _cast(settings):
    settings.MINGA_PROBES_ALLOWED = ["127.0.0.0/8"]
    with frozen(START):
        measured.institutions()
        yield


def ask(*minutes: int) -> None:
    for minute in minutes:
        with measured.minutes_after(START, minute):
            jobs.probe(timestamp=0)


def found() -> list[tuple[bool, str]]:
    return list(Measurement.objects.order_by("at").values_list("up", "reason"))


def test_each_minute_what_is_due_is_asked_and_kept():
    with website() as (port, asked):
        measured.monitor(measured.service(), f"http://{HERE}:{port}/")
        ask(0, 1, 2)
    assert found() == [(True, "")] * 3
    assert len(asked) == 3
    monitor = Monitor.objects.get()
    assert (monitor.up, monitor.streak, monitor.turned_at) == (True, 3, START)


def test_a_monitor_is_asked_only_as_often_as_it_should():
    with website() as (port, asked):
        measured.monitor(measured.service(), f"http://{HERE}:{port}/", interval_minutes=Interval.FIVE)
        ask(0, 1, 2, 3, 4, 5, 6)
    assert len(asked) == 2
    assert set(Measurement.objects.values_list("minutes", flat=True)) == {5}


def test_running_again_in_the_same_minute_asks_nobody_twice():
    with website() as (port, asked):
        measured.monitor(measured.service(), f"http://{HERE}:{port}/")
        ask(0, 0, 0)
    assert len(asked) == 1
    assert Measurement.objects.count() == 1


def test_paused_and_retired_monitors_are_not_asked():
    approver = measured.official(Role.APPROVER, "cnt")
    with website() as (port, asked):
        service = measured.service()
        paused = measured.monitor(service, f"http://{HERE}:{port}/a")
        retired = measured.monitor(service, f"http://{HERE}:{port}/b")
        monitoring.pause_monitor(paused.id, version=1, actor=approver)
        monitoring.retire_monitor(retired.id, version=1, actor=approver)
        ask(0, 1)
    assert asked == []


def test_what_could_not_be_asked_is_no_data_and_says_why(settings):
    measured.monitor(measured.service(), f"http://{HERE}:{closed_port()}/")
    settings.MINGA_PROBES_ALLOWED = []
    ask(0, 1, 2, 3)
    assert found() == []
    monitor = Monitor.objects.get()
    assert (monitor.up, monitor.last_reason) == (None, "not_allowed")
    assert not Incident.objects.exists()


def test_what_worked_and_is_measured_no_more_is_soon_without_data(settings):
    with website() as (port, _asked):
        measured.monitor(measured.service(), f"http://{HERE}:{port}/")
        ask(0)
        settings.MINGA_PROBES_ALLOWED = []
        ask(*range(1, 11))
    monitor = Monitor.objects.get()
    assert (monitor.up, monitor.last_at, monitor.last_reason) == (True, START, "not_allowed")
    with measured.minutes_after(START, 10):
        assert queries.up_now([monitor]) is None


@pytest.mark.parametrize("act", [monitoring.pause_monitor, monitoring.retire_monitor])
def test_a_monitor_that_is_stopped_during_a_round_gets_no_outcome(act):
    monitor = measured.monitor(measured.service(), failures_to_open=1)
    failed = [(entry, Outcome(reason=Reason.TIMEOUT)) for entry in measuring._take(START)]
    assert measuring._unchanged(failed) == failed
    act(monitor.id, version=1, actor=measured.official(Role.APPROVER, "cnt"))
    assert measuring._unchanged(failed) == []


def test_an_incident_opens_after_failures_in_a_row_and_begins_with_the_first():
    measured.monitor(measured.service(), f"http://{HERE}:{closed_port()}/", failures_to_open=3)
    ask(0, 1)
    assert not Incident.objects.exists()
    ask(2, 3)
    incident = Incident.objects.get()
    assert (incident.state, incident.source, incident.began_at) == ("open", "probe", START)
    fact = LedgerFact.objects.get(name="cloud.incident.opened")
    assert (fact.subject, fact.occurred_at) == (incident.reference, START)
    assert found() == [(False, "refused")] * 4


def test_a_failure_between_successes_opens_nothing():
    with website() as (port, _asked):
        monitor = measured.monitor(measured.service(), f"http://{HERE}:{port}/", failures_to_open=2)
        dead = f"http://{HERE}:{closed_port()}/"
        for minute in range(6):
            address = dead if minute % 2 else f"http://{HERE}:{port}/"
            Monitor.objects.filter(pk=monitor.pk).update(address=address)
            ask(minute)
    assert not Incident.objects.exists()


def test_an_incident_closes_after_successes_in_a_row_since_the_first():
    dead = f"http://{HERE}:{closed_port()}/"
    measured.monitor(measured.service(), dead, failures_to_open=2, successes_to_close=2)
    ask(0, 1)
    with website() as (port, _asked):
        Monitor.objects.update(address=f"http://{HERE}:{port}/")
        ask(2)
        assert Incident.objects.get().state == "open"
        ask(3)
    incident = Incident.objects.get()
    assert (incident.state, incident.ended_at) == ("closed", START + timedelta(minutes=2))
    assert not incident.explained
    fact = LedgerFact.objects.get(name="cloud.incident.closed")
    assert fact.payload["minutes"] == 2


def test_a_second_failure_is_a_second_incident():
    dead = f"http://{HERE}:{closed_port()}/"
    measured.monitor(measured.service(), dead, failures_to_open=1, successes_to_close=1)
    ask(0)
    with website() as (port, _asked):
        Monitor.objects.update(address=f"http://{HERE}:{port}/")
        ask(1)
    Monitor.objects.update(address=dead)
    ask(2, 3)
    assert list(Incident.objects.order_by("began_at").values_list("state", flat=True)) == ["closed", "open"]


def announced(service, *, begins: int, ends: int):
    with frozen(START - timedelta(days=2)):
        return monitoring.announce_maintenance(
            service,
            begins_at=START + timedelta(minutes=begins),
            ends_at=START + timedelta(minutes=ends),
            text="Cambio de equipos.",
            actor=measured.official(Role.EDITOR, "cnt"),
        )


def test_failures_during_announced_works_are_marked_and_open_nothing():
    service = measured.service()
    announced(service, begins=1, ends=10)
    measured.monitor(service, f"http://{HERE}:{closed_port()}/", failures_to_open=2)
    ask(*range(1, 10))
    assert set(Measurement.objects.values_list("planned", flat=True)) == {True}
    assert not Incident.objects.exists()
    ask(10, 11)
    assert Incident.objects.get().began_at == START + timedelta(minutes=10)


def test_works_that_were_called_off_excuse_nothing():
    service = measured.service()
    works = announced(service, begins=1, ends=10)
    monitoring.cancel_maintenance(works.id, version=1, actor=measured.official(Role.EDITOR, "cnt"))
    measured.monitor(service, f"http://{HERE}:{closed_port()}/", failures_to_open=2)
    ask(1, 2)
    assert set(Measurement.objects.values_list("planned", flat=True)) == {False}
    assert Incident.objects.exists()


def test_what_did_not_fit_into_a_round_is_due_at_once(monkeypatch):
    service = measured.service()
    monitors = [
        measured.monitor(
            service, f"http://{HERE}:{closed_port()}/", title=str(n), interval_minutes=Interval.QUARTER
        )
        for n in range(3)
    ]
    monkeypatch.setattr(measuring, "ROUND_SECONDS", 0.0)
    ask(0)
    assert found() == []
    monkeypatch.undo()
    ask(1)
    assert Measurement.objects.count() == len(monitors)


def test_the_end_of_a_certificate_is_kept_while_nobody_answers():
    day = datetime.now(UTC).date() + timedelta(days=40)
    ends = start_of(day) + timedelta(hours=12)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(HERE, not_after=ends).configure_cert(context)
    with website(context) as (port, _asked):
        monitor = measured.monitor(measured.service(), f"https://{HERE}:{port}/")
        ask(0)
    monitor.refresh_from_db()
    assert (monitor.up, monitor.last_reason, monitor.expires_at) == (
        False,
        Reason.CERTIFICATE_UNTRUSTED,
        ends,
    )
    assert monitor.days_left(day - timedelta(days=9)) == 9

    ask(1)
    monitor.refresh_from_db()
    assert (monitor.last_reason, monitor.expires_at) == (Reason.REFUSED, ends)


def test_the_night_sums_up_each_day_once_and_comes_to_the_same_again():
    with website() as (port, _asked):
        measured.monitor(measured.service(), f"http://{HERE}:{port}/")
        ask(0, 1, 2)
    with measured.minutes_after(START, 24 * 60):
        assert jobs.sum_up(timestamp=0) == 1
        first = DailyQuality.objects.values().get()
        assert (first["measured"], first["up"], first["expected"]) == (3, 3, 14 * 60)
        assert sum(first["times"].values()) == 3
        assert jobs.sum_up(timestamp=0) == 0
        measuring._sum_up_day(START.date())
    assert DailyQuality.objects.values().get() == first


def test_old_measurements_go_and_their_summaries_stay():
    with website() as (port, _asked):
        measured.monitor(measured.service(), f"http://{HERE}:{port}/")
        ask(0)
    with measured.minutes_after(START, (RAW_DAYS - 1) * 24 * 60):
        jobs.sum_up(timestamp=0)
        assert Measurement.objects.count() == 1
    with measured.minutes_after(START, (RAW_DAYS + 1) * 24 * 60):
        jobs.sum_up(timestamp=0)
    assert not Measurement.objects.exists()
    assert DailyQuality.objects.filter(measured=1, up=1).count() == 1
    assert DailyQuality.objects.filter(measured=0).count() == RAW_DAYS


def test_without_monitors_the_jobs_have_nothing_to_do():
    assert jobs.probe(timestamp=0) == 0
    assert jobs.sum_up(timestamp=0) == 0
    assert now() == START


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_ask_the_same_one():
    service = measured.service()
    for number in range(40):
        measured.monitor(service, f"http://{HERE}:1/{number}")
    together = threading.Barrier(2)

    def take() -> list[object]:
        try:
            together.wait(timeout=5)
            return [monitor.pk for monitor in measuring._take(START)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        first, second = (worker.result(timeout=20) for worker in [workers.submit(take), workers.submit(take)])
    assert set(first).isdisjoint(second)
    assert len(first) + len(second) == 40
    assert measuring._take(START) == []
