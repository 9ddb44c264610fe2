"""Monitors and announced works: who decides, what is refused, what is recorded."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Role
from minga.kernel.clock import frozen, now
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.cloud.actions import monitoring
from minga.modules.cloud.models import Maintenance, Monitor
from minga.modules.cloud.tests import measured

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast(settings):
    settings.MINGA_PROBES_ALLOWED = ["127.0.0.0/8"]
    measured.institutions()


@pytest.fixture
def approver():
    return measured.official(Role.APPROVER, "cnt")


def recorded() -> list[str]:
    return list(LedgerFact.objects.order_by("position").values_list("name", flat=True))


@pytest.mark.parametrize(
    ("role", "code"), [(Role.APPROVER, "cnt"), (Role.HEAD, "cnt"), (Role.STEWARD, "mintel")]
)
def test_the_provider_and_the_steward_decide_what_is_measured(role, code):
    text = measured.text(measured.service())
    monitor = monitoring.start_monitor(text, actor=measured.official(role, code))
    assert monitor.address == "http://127.0.0.1:8000/"
    fact = LedgerFact.objects.get(name="cloud.monitor.started")
    assert fact.subject == monitor.reference
    assert fact.payload["interval_minutes"] == 1


@pytest.mark.parametrize(
    ("role", "code"), [(Role.EDITOR, "cnt"), (Role.APPROVER, "mdt"), (Role.AUDITOR, "mintel")]
)
def test_nobody_else_decides_what_is_measured(role, code, approver):
    service = measured.service()
    monitor = measured.monitor(service)
    stranger = measured.official(role, code)
    with pytest.raises(Forbidden):
        monitoring.start_monitor(measured.text(service), actor=stranger)
    with pytest.raises(Forbidden):
        monitoring.change_monitor(monitor.id, measured.text(service), version=1, actor=stranger)
    for act in (monitoring.pause_monitor, monitoring.resume_monitor, monitoring.retire_monitor):
        with pytest.raises(Forbidden):
            act(monitor.id, version=1, actor=stranger)


@pytest.mark.parametrize(
    "address",
    ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://2130706433/", "ftp://a.ec/"],
)  # fmt: skip
def test_an_address_that_may_not_be_probed_is_refused_at_its_field(address, approver):
    with pytest.raises(Invalid) as refused:
        monitoring.start_monitor(measured.text(measured.service(), address), actor=approver)
    assert list(refused.value.fields) == ["address"]
    assert not Monitor.objects.exists()


def test_without_allowed_networks_nothing_can_be_measured(settings, approver):
    settings.MINGA_PROBES_ALLOWED = []
    with pytest.raises(Invalid, match="MINGA_PROBES_ALLOWED"):
        monitoring.start_monitor(measured.text(measured.service()), actor=approver)


def test_a_changed_address_is_checked_again_and_begins_anew(approver):
    monitor = measured.monitor(measured.service())
    Monitor.objects.update(
        up=False,
        streak=7,
        turned_at=now(),
        last_reason="timeout",
        last_milliseconds=77,
        expires_at=now() + timedelta(days=9),
    )
    with pytest.raises(Invalid):
        monitoring.change_monitor(
            monitor.id, measured.text(monitor.service, "http://10.0.0.1/"), version=1, actor=approver
        )
    monitoring.change_monitor(
        monitor.id, measured.text(monitor.service, "http://127.0.0.2/"), version=1, actor=approver
    )
    monitor.refresh_from_db()
    assert (monitor.address, monitor.up, monitor.streak) == ("http://127.0.0.2/", None, 0)
    assert (monitor.last_reason, monitor.last_milliseconds, monitor.expires_at) == ("", None, None)


def test_a_monitor_stays_with_its_service(approver):
    monitor = measured.monitor(measured.service())
    with pytest.raises(Invalid) as refused:
        monitoring.change_monitor(
            monitor.id, measured.text(measured.service("otro")), version=1, actor=approver
        )
    assert list(refused.value.fields) == ["service"]
    monitor.refresh_from_db()
    assert monitor.service.code == "hosting"


def test_an_address_is_measured_once_for_a_service(approver):
    monitor = measured.monitor(measured.service())
    with pytest.raises(Invalid, match="ya se mide"):
        measured.monitor(monitor.service)
    monitoring.retire_monitor(monitor.id, version=1, actor=approver)
    assert measured.monitor(monitor.service).pk != monitor.pk


def test_a_service_that_is_not_offered_is_not_measured(approver):
    draft = measured.service(state="draft", offered_on=None)
    with pytest.raises(Invalid) as refused:
        monitoring.start_monitor(measured.text(draft), actor=approver)
    assert list(refused.value.fields) == ["service"]


def test_a_monitor_is_paused_goes_on_and_is_retired(approver):
    monitor = measured.monitor(measured.service())
    monitoring.pause_monitor(monitor.id, version=1, actor=approver)
    monitoring.resume_monitor(monitor.id, version=2, actor=approver)
    monitoring.retire_monitor(monitor.id, version=3, actor=approver)
    with pytest.raises(Conflict):
        monitoring.resume_monitor(monitor.id, version=4, actor=approver)
    assert recorded() == [
        "cloud.monitor.started",
        "cloud.monitor.stopped",
        "cloud.monitor.started",
        "cloud.monitor.stopped",
    ]


def test_two_people_do_not_overwrite_each_other(approver):
    monitor = measured.monitor(measured.service())
    monitoring.pause_monitor(monitor.id, version=1, actor=approver)
    with pytest.raises(Conflict):
        monitoring.retire_monitor(monitor.id, version=1, actor=approver)


def test_a_change_by_people_leaves_what_the_probes_found(approver):
    monitor = measured.monitor(measured.service())
    stale = Monitor.objects.get(pk=monitor.pk)
    Monitor.objects.update(last_milliseconds=77, next_at=now() + timedelta(days=1))
    monitoring.pause_monitor(stale.id, version=1, actor=approver)
    assert Monitor.objects.get().last_milliseconds == 77


def test_what_is_invented_stays_marked_as_such(approver):
    monitor = measured.monitor(measured.service(synthetic=True))
    assert monitor.synthetic
    assert LedgerFact.objects.get().synthetic


DAY = 24 * 60


def works(actor, *, begins=2 * DAY, ends=2 * DAY + 60):
    return monitoring.announce_maintenance(
        measured.service(),
        begins_at=now() + timedelta(minutes=begins),
        ends_at=now() + timedelta(minutes=ends),
        text="Se cambiarán baterías.",
        actor=actor,
    )


def test_works_are_announced_by_the_provider_before_they_begin():
    editor = measured.official(Role.EDITOR, "cnt")
    announced = works(editor)
    assert LedgerFact.objects.get(name="cloud.maintenance.announced").subject == announced.reference


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        (-1, 60, "begins_day"),
        (60, 120, "begins_day"),
        (DAY - 1, 2 * DAY, "begins_day"),
        (DAY, DAY, "ends_day"),
        (DAY, 4 * DAY + 1, "ends_day"),
    ],
)
def test_works_announced_too_late_too_long_or_ending_before_are_refused(begins, ends, field):
    with frozen(measured.MONDAY), pytest.raises(Invalid) as refused:
        works(measured.official(Role.EDITOR, "cnt"), begins=begins, ends=ends)
    assert list(refused.value.fields) == [field]


def test_works_may_begin_in_a_day_and_last_three():
    with frozen(measured.MONDAY):
        assert works(measured.official(Role.EDITOR, "cnt"), begins=DAY, ends=4 * DAY)


def test_only_the_provider_announces_works():
    with pytest.raises(Forbidden):
        works(measured.official(Role.APPROVER, "mdt"))


def test_works_are_called_off_only_before_they_begin():
    editor = measured.official(Role.EDITOR, "cnt")
    with frozen(measured.MONDAY):
        announced = works(editor)
        other = Maintenance.objects.get(pk=announced.pk)
        monitoring.cancel_maintenance(announced.id, version=1, actor=editor)
        with pytest.raises(Conflict):
            monitoring.cancel_maintenance(other.id, version=2, actor=editor)
    Maintenance.objects.update(cancelled_at=None, version=1)
    with measured.minutes_after(measured.MONDAY, 2 * DAY + 1), pytest.raises(Conflict):
        monitoring.cancel_maintenance(announced.id, version=1, actor=editor)


def test_the_database_itself_refuses_works_announced_afterwards():
    editor = measured.official(Role.EDITOR, "cnt")
    announced = works(editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Maintenance.objects.filter(pk=announced.pk).update(announced_at=announced.begins_at)


def test_a_demonstration_measures_itself_and_has_an_invented_past(settings):
    from minga.modules.cloud.actions.measured_demonstration import load_measurements

    settings.MINGA_PUBLIC_URL = "http://localhost:8123"
    measured.service("videoconferencia", synthetic=True)
    load_measurements()
    assert load_measurements() == "ya estaban"
    assert set(Monitor.objects.values_list("synthetic", "state", "address")) == {
        (True, "active", "http://127.0.0.1:8123/salud/vivo"),
        (True, "paused", "https://video.example.org/"),
    }
    assert not LedgerFact.objects.filter(synthetic=False).exists()
    assert Monitor.objects.get(state="active").next_at > now() + timedelta(minutes=1)


@pytest.mark.parametrize("address", ["https://minga.example.org", "http://10.0.0.1:8000"])
def test_a_demonstration_elsewhere_does_not_measure_itself(settings, address):
    from minga.modules.cloud.actions.measured_demonstration import load_measurements

    settings.MINGA_PUBLIC_URL = address
    assert "no se mide" in load_measurements()
    assert not Monitor.objects.exists()


def test_a_status_says_nothing_about_what_is_not_http(approver):
    text = measured.text(measured.service(), "127.0.0.1:5432", kind="tcp", expected_status=404)
    assert monitoring.start_monitor(text, actor=approver).expected_status == 200
    other = measured.text(text.service, "127.0.0.1:5432", kind="tcp", expected_status=500)
    with pytest.raises(Invalid, match="ya se mide"):
        monitoring.start_monitor(other, actor=approver)


def test_the_ledgers_pages_can_name_what_is_measured_and_announced():
    from minga.kernel.cards import name_all
    from minga.modules.cloud.actions.incidents import announce_incident

    editor = measured.official(Role.EDITOR, "cnt")
    monitor, announced = measured.monitor(measured.service("uno")), works(editor)
    incident = announce_incident(monitor.service, began_at=now(), text="Falla.", actor=editor)
    named = name_all([monitor.reference, announced.reference, incident.reference])
    assert [label.title.split(":")[0].split(",")[0] for label in named.values()] == [
        "Servicio uno",
        "Servicio hosting",
        "Servicio uno",
    ]
    assert all(label.url.startswith("/nube/calidad/") for label in named.values())
