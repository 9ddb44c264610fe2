"""The pages about quality: what everybody reads, and where the provider works."""

from datetime import timedelta

import pytest
from django.urls import reverse

from minga.foundation.probing.tests.peers import HERE, closed_port
from minga.kernel.actors import Role
from minga.kernel.cards import Severity
from minga.kernel.clock import frozen, now, today
from minga.modules.cloud.actions import incidents, measuring, monitoring
from minga.modules.cloud.models import Incident, Maintenance, Measurement, Monitor
from minga.modules.cloud.queries import monitoring as queries
from minga.modules.cloud.tests import measured
from minga.modules.directory import contracts as directory
from minga.modules.identity.tests.cast import new_person, signed_in

pytestmark = pytest.mark.django_db
START = measured.MONDAY


@pytest.fixture(autouse=True)
def _cast(settings):
    settings.MINGA_PROBES_ALLOWED = ["127.0.0.0/8"]
    measured.institutions()


@pytest.fixture
def enter():
    """A function that signs an official in."""

    def make(role: Role, code: str):
        return signed_in(new_person(role=role, at=directory.institution(code)))

    return make


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def measurements(monitor: Monitor, *, good: int, bad: int) -> None:
    begin = now().replace(second=0, microsecond=0) - timedelta(minutes=good + bad)
    Monitor.objects.filter(pk=monitor.pk).update(
        started_at=begin, up=not bad, last_at=now(), streak=1, turned_at=begin
    )
    Measurement.objects.bulk_create(
        Measurement(
            monitor=monitor,
            at=begin + timedelta(minutes=n),
            minutes=1,
            up=n < good,
            planned=False,
            counted=True,
            milliseconds=120 if n < good else None,
            reason="" if n < good else "timeout",
        )
        for n in range(good + bad)
    )


def test_without_measurements_the_pages_say_so(client, settings):
    settings.MINGA_PROBES_ALLOWED = []
    measured.service()
    page = words(client.get(reverse("cloud:quality")))
    assert "Todavía no se mide ningún servicio" in page
    assert "no sondea ninguna dirección" in page
    assert "todavía no se mide" in words(client.get(reverse("cloud:service_quality", args=["hosting"])))


def test_the_month_is_shown_against_the_promise(client):
    measurements(measured.monitor(measured.service()), good=9, bad=1)
    page = words(client.get(reverse("cloud:quality")))
    assert "90,00 %" in page
    assert "No cumple" in page
    assert "99,50 %" in page
    assert "No responde" in page


def test_the_page_of_a_service_shows_both_numbers_and_what_was_not_measured(client):
    monitor = measured.monitor(measured.service())
    measurements(monitor, good=20, bad=0)
    Measurement.objects.filter(at__in=list(Measurement.objects.values_list("at", flat=True)[:10])).delete()
    page = words(client.get(reverse("cloud:service_quality", args=["hosting"])))
    assert "100,00 %" in page
    assert "Con los mantenimientos anunciados, 100,00 %" in page
    assert "No falló en" in page
    assert "Casi siempre responde en el tiempo prometido" in page
    assert "127.0.0.1" not in page


def test_a_failing_service_says_for_how_long(client):
    measurements(measured.monitor(measured.service()), good=5, bad=7)
    page = words(client.get(reverse("cloud:service_quality", args=["hosting"])))
    assert "Falló 7 minutos en" in page
    assert "anunciados, falló 7 minutos." in page


def test_another_month_is_asked_for_in_the_address(client):
    measurements(measured.monitor(measured.service()), good=5, bad=0)
    address = reverse("cloud:service_quality", args=["hosting"])
    assert client.get(address, {"mes": f"{today():%Y-%m}"}).status_code == 200
    assert client.get(address, {"mes": "1999-01"}).status_code == 404
    assert client.get(address, {"mes": "x"}).status_code == 404


def test_a_draft_has_no_page_of_quality(client):
    measured.service(state="draft", offered_on=None)
    assert client.get(reverse("cloud:service_quality", args=["hosting"])).status_code == 404


def test_the_files_hold_what_the_pages_say(client):
    measurements(measured.monitor(measured.service()), good=9, bad=1)
    overview = client.get(reverse("cloud:quality_csv")).content.decode().splitlines()
    days = client.get(reverse("cloud:service_quality_csv", args=["hosting"])).content.decode().splitlines()
    assert "90.00" in overview[1]
    assert len(overview) == 2
    assert sum("10,9," in line for line in (overview[1], *days[1:])) >= 1


def test_an_incident_is_public_without_the_words_of_who_told_it(client):
    service = measured.service()
    measured.in_use(service)
    told = incidents.report_incident(
        service,
        institution=directory.institution("mdt"),
        began_at=now(),
        text="Nadie puede entrar.",
        actor=measured.official(Role.EDITOR, "mdt"),
    )
    assert service.title in words(client.get(reverse("cloud:incidents")))
    page = words(client.get(reverse("cloud:incident", args=[told.id])))
    assert "Informada, por confirmar" in page
    assert "Nadie puede entrar" not in page
    assert "Institución usuaria" not in page


def test_announced_works_are_on_the_page_before_they_begin(client):
    monitoring.announce_maintenance(
        measured.service(),
        begins_at=now() + timedelta(days=2),
        ends_at=now() + timedelta(days=2, hours=3),
        text="Se cambiarán baterías.",
        actor=measured.official(Role.EDITOR, "cnt"),
    )
    assert "Se cambiarán baterías." in words(client.get(reverse("cloud:service_quality", args=["hosting"])))


def test_works_that_ended_today_are_announced_no_more(client):
    service = measured.service()
    with frozen(START - timedelta(days=2)):
        monitoring.announce_maintenance(
            service,
            begins_at=START - timedelta(hours=2),
            ends_at=START - timedelta(hours=1),
            text="Se cambiarán baterías.",
            actor=measured.official(Role.EDITOR, "cnt"),
        )
    page = reverse("cloud:service_quality", args=["hosting"]) + "?ahora="
    for moment, shown in ((START - timedelta(hours=3), 2), (START, 1)):
        with frozen(moment):
            assert words(client.get(f"{page}{shown}")).count("Se cambiarán baterías.") == shown


@pytest.mark.parametrize(("address", "said"), [("https://127.0.0.1/", True), ("http://127.0.0.1/", False)])
def test_a_certificate_not_seen_yet_is_no_data(enter, address, said):
    monitor = measured.monitor(measured.service(), address)
    page = words(enter(Role.AUDITOR, "mintel").get(reverse("cloud:monitor", args=[monitor.id])))
    assert ("sin datos" in page) is said
    assert ("no usa" in page) is not said


def form(**changes):
    return {
        "service": "hosting",
        "title": "Portal",
        "kind": "http",
        "address": "http://127.0.0.1:8000/",
        "expected_status": "200",
        "interval_minutes": "1",
        "window": "always",
        "failures_to_open": "3",
        "successes_to_close": "3",
    } | changes


def test_the_approver_measures_an_address_changes_it_and_stops(enter):
    browser = enter(Role.APPROVER, "cnt")
    measured.service()
    assert browser.get(reverse("cloud:monitor_create")).status_code == 200
    answer = browser.post(reverse("cloud:monitor_create"), form())
    monitor = Monitor.objects.get()
    assert answer.url == reverse("cloud:monitor", args=[monitor.id])
    assert "http://127.0.0.1:8000/" in words(browser.get(answer.url))
    edit = reverse("cloud:monitor_edit", args=[monitor.id])
    assert 'value="Portal"' in words(browser.get(edit))
    assert browser.post(edit, form(title="Otro nombre", version_leida="1")).status_code == 302
    assert browser.post(edit, form(title="Tarde", version_leida="1")).status_code == 422
    pause = reverse("cloud:monitor_step", args=[monitor.id, "pausar"])
    assert "quedará sin datos" in words(browser.get(pause))
    assert browser.post(pause, {"version_leida": "2"}).status_code == 302
    monitor.refresh_from_db()
    assert (monitor.title, monitor.state) == ("Otro nombre", "paused")
    assert "Otro nombre" in words(browser.get(reverse("cloud:monitors")))


def test_what_may_not_be_probed_is_told_at_the_field_and_nothing_typed_is_lost(enter):
    browser = enter(Role.APPROVER, "cnt")
    measured.service()
    answer = browser.post(
        reverse("cloud:monitor_create"), form(address="http://169.254.169.254/", title="Mi título")
    )
    assert answer.status_code == 422
    page = words(answer)
    assert "MINGA_PROBES_ALLOWED" in page
    assert 'href="#id_address"' in page
    assert 'value="Mi título"' in page
    assert "169.254.169.254" in page


@pytest.mark.parametrize(("role", "code"), [(Role.EDITOR, "mdt"), (Role.APPROVER, "mdt")])
def test_addresses_are_not_shown_to_institutions(enter, role, code):
    browser = enter(role, code)
    monitor = measured.monitor(measured.service())
    assert browser.get(reverse("cloud:monitors")).status_code == 403
    assert browser.get(reverse("cloud:monitor", args=[monitor.id])).status_code == 403
    assert browser.get(reverse("cloud:monitor_create")).status_code == 403
    assert browser.get(reverse("cloud:maintenance_create")).status_code == 403


def test_an_auditor_reads_and_changes_nothing(enter):
    browser = enter(Role.AUDITOR, "mintel")
    monitor = measured.monitor(measured.service())
    assert browser.get(reverse("cloud:monitor", args=[monitor.id])).status_code == 200
    assert browser.get(reverse("cloud:monitor_edit", args=[monitor.id])).status_code == 403
    assert browser.post(reverse("cloud:monitor_step", args=[monitor.id, "pausar"])).status_code == 403
    assert browser.get(reverse("cloud:incident_create")).status_code == 403


def moments(begins, ends):
    parts: dict[str, str] = {}
    for name, moment in (("begins", begins), ("ends", ends)):
        parts |= {
            f"{name}_day_dia": f"{moment:%d}",
            f"{name}_day_mes": f"{moment:%m}",
            f"{name}_day_anio": f"{moment:%Y}",
            f"{name}_time": f"{moment:%H:%M}",
        }
    return {"service": "hosting", "text": "Se cambiarán baterías.", **parts}


def test_works_are_announced_and_called_off(enter):
    browser = enter(Role.EDITOR, "cnt")
    measured.service()
    begins = START.astimezone() + timedelta(days=4000)
    page = reverse("cloud:maintenance_create")
    assert browser.post(page, moments(begins, begins)).status_code == 422
    assert browser.post(page, moments(START, begins)).status_code == 422
    assert browser.post(page, moments(begins, begins + timedelta(hours=2))).status_code == 302
    works = Maintenance.objects.get()
    listing = words(browser.get(reverse("cloud:maintenances")))
    assert "Anunciado" in listing
    step = reverse("cloud:maintenance_step", args=[works.id, "cancelar"])
    assert browser.get(step).status_code == 200
    assert browser.post(step, {"version_leida": "1"}).status_code == 302
    assert "Cancelado" in words(browser.get(reverse("cloud:maintenances")))


def test_an_institution_tells_and_the_provider_handles_it(enter):
    service = measured.service()
    user, provider = enter(Role.EDITOR, "mdt"), enter(Role.EDITOR, "cnt")
    page = reverse("cloud:incident_create")
    assert "no usa ningún servicio" in words(user.get(page))
    measured.in_use(service)
    assert 'value="mdt/hosting"' in words(user.get(page))
    local = now().astimezone(START.tzinfo)
    told = {
        "service": "mdt/hosting",
        "at_day_dia": f"{local:%d}",
        "at_day_mes": f"{local:%m}",
        "at_day_anio": f"{local:%Y}",
        "at_time": "00:00",
        "text": "No abre.",
    }
    assert user.post(page, told | {"at_time": "25:00"}).status_code == 422
    assert user.post(page, told).status_code == 302
    incident = Incident.objects.get()
    detail = reverse("cloud:incident_work", args=[incident.id])
    assert "No abre." in words(provider.get(detail))
    assert "Confirmar el problema" in words(provider.get(detail))
    assert "Confirmar el problema" not in words(user.get(detail))
    confirm = reverse("cloud:incident_step", args=[incident.id, "confirmar"])
    assert user.post(confirm, {"text": "Sí", "version_leida": "1"}).status_code == 403
    assert provider.get(confirm).status_code == 200
    assert provider.post(confirm, {"text": "", "version_leida": "1"}).status_code == 422
    assert provider.post(confirm, {"text": "Lo vemos.", "version_leida": "1"}).status_code == 302
    cause = reverse("cloud:incident_step", args=[incident.id, "causa"])
    assert (
        provider.post(cause, {"cause": "link", "text": "Un corte.", "version_leida": "2"}).status_code == 302
    )
    close = reverse("cloud:incident_step", args=[incident.id, "cerrar"])
    ended = {**told, "at_time": f"{local:%H:%M}", "text": "Ya funciona.", "version_leida": "3"}
    assert provider.post(close, ended).status_code == 302
    incident.refresh_from_db()
    assert (incident.state, incident.cause) == ("closed", "link")


def test_an_institution_does_not_see_the_incidents_of_services_it_does_not_use(enter):
    user = enter(Role.EDITOR, "mdt")
    incident = incidents.announce_incident(
        measured.service(), began_at=now(), text="Falla.", actor=measured.official(Role.EDITOR, "cnt")
    )
    assert "No hay incidencias aquí" in words(user.get(reverse("cloud:incidents_work")))
    assert user.get(reverse("cloud:incident_work", args=[incident.id])).status_code == 404


def test_the_doctor_notices_what_keeps_services_from_being_measured(settings):
    assert queries.findings() == []
    monitor = measured.monitor(measured.service(), f"http://{HERE}:{closed_port()}/")
    assert [finding.severity for finding in queries.findings()] == [Severity.OK]
    Monitor.objects.update(next_at=now() - timedelta(hours=1))
    assert [finding.severity for finding in queries.findings()] == [Severity.ERROR]
    Monitor.objects.update(next_at=now(), last_reason="not_allowed")
    assert [finding.severity for finding in queries.findings()] == [Severity.WARNING]
    settings.MINGA_PROBES_ALLOWED = []
    assert "MINGA_PROBES_ALLOWED" in queries.findings()[0].remedy
    monitoring.retire_monitor(monitor.id, version=1, actor=measured.official(Role.APPROVER, "cnt"))
    assert queries.findings() == []


def test_the_doctor_notices_days_that_nobody_sums_up():
    with frozen(START):
        measured.monitor(measured.service())
    with measured.minutes_after(START, 2 * 24 * 60):
        measuring.sum_up()
    with measured.minutes_after(START, 9 * 24 * 60):
        Monitor.objects.update(next_at=now())
        assert [finding.severity for finding in queries.findings()] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "Ya venció"),
        (0, "hoy"),
        (1, "Queda 1 día"),
        (7, "hoy"),
        (8, "esta semana"),
        (14, "esta semana"),
        (30, "prepare"),
    ],
)
def test_the_end_of_a_certificate_is_more_urgent_the_nearer_it_is(days, said):
    assert said in queries.certificate_advice(days)


def test_only_certificates_in_use_that_end_soon_are_warned_about():
    service = measured.service()
    for place, days in enumerate((5, 29, 31, 90)):
        monitor = measured.monitor(service, f"http://127.0.0.{place + 1}/")
        Monitor.objects.filter(pk=monitor.pk).update(expires_at=now() + timedelta(days=days))
    found = [monitor.days_left(today()) for monitor in queries.ending_certificates(on=today())]
    assert found == [5, 29]


def test_the_provider_finds_on_its_workplace_what_the_measurements_ask_for(enter):
    service = measured.service()
    measured.in_use(service)
    monitor = measured.monitor(service)
    Monitor.objects.filter(pk=monitor.pk).update(expires_at=now() + timedelta(days=6))
    incidents.report_incident(
        service,
        institution=directory.institution("mdt"),
        began_at=now(),
        text="No abre.",
        actor=measured.official(Role.EDITOR, "mdt"),
    )
    page = words(enter(Role.EDITOR, "cnt").get("/escritorio/"))
    assert "Incidencias de la nube por confirmar" in page
    assert "Certificados de la nube por renovar" in page
    assert "Quedan 6 días: renuévelo hoy." in page
    assert "Certificados de la nube" not in words(enter(Role.EDITOR, "mdt").get("/escritorio/"))
