"""The workplace pages of progress: forms that keep what was typed, doors that stay shut."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minga.kernel.actors import Role
from minga.kernel.clock import today
from minga.modules.directory import contracts as directory
from minga.modules.identity.tests.cast import new_person, signed_in
from minga.modules.plan.models import Evidence, Report, Roadmap
from minga.modules.plan.models.periods import Quarter

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(_seeded, db):
    """A function that gives a browser in which an invented official has signed in."""

    def make(role: Role, code: str = "mdt"):
        return signed_in(new_person(role=role, at=directory.institution(code)))

    return make


def _milestone(**changes):
    typed = {
        "title": "Diagnóstico",
        "proof": "Informe",
        "weight": "40",
        "starts_on_dia": "1",
        "starts_on_mes": "2",
        "starts_on_anio": "2026",
        "due_on_dia": "30",
        "due_on_mes": "6",
        "due_on_anio": "2026",
    }
    return typed | {name: str(value) for name, value in changes.items()}


def test_an_editor_prepares_a_roadmap_from_nothing(at_work):
    editor = at_work(Role.EDITOR)
    answer = editor.post("/escritorio/plan/1.1/mdt/hoja-de-ruta/", follow=True)
    roadmap = Roadmap.objects.get()
    assert "Divida la iniciativa" in answer.content.decode()
    address = f"/escritorio/plan/hojas-de-ruta/{roadmap.id}/"
    editor.post(address, {"summary": "Así", "version_leida": 1})
    editor.post(f"{address}hitos/nuevo/", _milestone(version_leida=2))
    text = editor.get(address).content.decode()
    assert "Los pesos suman 40\xa0%." in text
    assert "Deben sumar 100 %." in text
    assert "La presenta quien aprueba" in text
    key = roadmap.milestones.get().key
    editor.post(f"{address}hitos/{key}/quitar/", {"version_leida": 3})
    assert not roadmap.milestones.exists()


def test_a_wrong_milestone_keeps_what_was_typed_and_says_what_to_write(at_work, roadmap):
    draft = roadmap(until="draft")
    editor = at_work(Role.EDITOR)
    address = f"/escritorio/plan/hojas-de-ruta/{draft.id}/hitos/nuevo/"
    answer = editor.post(address, _milestone(weight="ciento uno", version_leida=draft.version))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Escriba un peso entero entre 1 y 100." in text
    assert 'value="ciento uno"' in text
    assert 'value="Diagnóstico"' in text
    late = editor.post(address, _milestone(version_leida=1))
    assert late.status_code == 422
    assert "Otra persona cambió esta hoja de ruta" in late.content.decode()


def test_filing_weights_that_do_not_add_up_says_so_on_the_page(at_work, roadmap):
    draft = roadmap(until="draft")
    last = draft.milestones.get(weight=60)
    approver = at_work(Role.APPROVER)
    address = f"/escritorio/plan/hojas-de-ruta/{draft.id}/"
    approver.post(f"{address}hitos/{last.key}/", _milestone(weight=59, version_leida=draft.version))
    answer = approver.post(f"{address}presentar/", {"version_leida": draft.version + 1})
    assert answer.status_code == 422
    assert "suman 99 % y deben sumar 100 %" in answer.content.decode()


def test_somebody_elses_drafts_stay_shut(at_work, roadmap, report):
    found = report(until="draft")
    draft = roadmap("1.2", until="draft")
    stranger = at_work(Role.HEAD, "senadi")
    version = {"version_leida": draft.version}
    base = f"/escritorio/plan/hojas-de-ruta/{draft.id}/"
    assert stranger.get(base).status_code == 403
    assert stranger.get("/escritorio/plan/1.1/mdt/").status_code == 403
    assert stranger.post("/escritorio/plan/1.4/mdt/hoja-de-ruta/").status_code == 403
    assert stranger.post(f"{base}presentar/", version).status_code == 403
    assert stranger.post(f"{base}descartar/", version).status_code == 403
    assert stranger.get(f"/escritorio/plan/informes/{found.id}/").status_code == 403
    assert stranger.get(f"/escritorio/plan/informes/{found.id}/revisar/").status_code == 403
    evidence = Evidence.objects.get()
    assert stranger.get(f"/escritorio/plan/pruebas/{evidence.id}/").status_code == 403
    assert stranger.post(f"/escritorio/plan/pruebas/{evidence.id}/retirar/", version).status_code == 403


def test_an_auditor_sees_everything_and_changes_nothing(at_work, roadmap):
    draft = roadmap(until="draft")
    auditor = at_work(Role.AUDITOR, "mintel")
    address = f"/escritorio/plan/hojas-de-ruta/{draft.id}/"
    text = auditor.get(address).content.decode()
    assert "Diagnóstico terminado" in text
    assert "Guardar el texto" not in text
    assert auditor.post(f"{address}presentar/", {"version_leida": draft.version}).status_code == 403
    assert auditor.get("/escritorio/plan/plazo/").status_code == 403


def test_a_report_is_written_proved_and_filed_on_screen(at_work, roadmap):
    found = roadmap()
    approver = at_work(Role.APPROVER)
    period = Quarter.of(today()).code
    approver.post(f"/escritorio/plan/1.1/mdt/informe/{period}/")
    report = Report.objects.get()
    address = f"/escritorio/plan/informes/{report.id}/"
    refused = approver.post(f"{address}presentar/", {"version_leida": 1})
    assert refused.status_code == 422
    assert "Escriba cuánto avanzó la iniciativa" in refused.content.decode()
    approver.post(address, {"reported": "45", "done": "Se hizo", "version_leida": 1})
    day = today()
    typed = {
        "milestone": str(found.milestones.all()[0].key),
        "done_on_dia": str(day.day),
        "done_on_mes": str(day.month),
        "done_on_anio": str(day.year),
        "title": "Informe técnico",
        "version_leida": 2,
    }
    bare = approver.post(f"{address}pruebas/nueva/", typed)
    assert bare.status_code == 422
    assert "Adjunte un archivo o escriba el número de un acto" in bare.content.decode()
    page = SimpleUploadedFile("pagina.html", b"<script>alert(1)</script>", content_type="application/pdf")
    assert approver.post(f"{address}pruebas/nueva/", typed | {"file": page}).status_code == 422
    paper = SimpleUploadedFile("informe.pdf", b"%PDF-1.4\n%%EOF\n")
    assert approver.post(f"{address}pruebas/nueva/", typed | {"file": paper}).status_code == 302
    assert approver.post(f"{address}presentar/", {"version_leida": 3}).status_code == 302
    report.refresh_from_db()
    assert report.state == "submitted"


def test_mintel_reviews_on_screen_and_its_slips_are_told(at_work, report):
    found = report()
    steward = at_work(Role.STEWARD, "mintel")
    address = f"/escritorio/plan/informes/{found.id}/revisar/"
    assert "Acepta" in steward.get(address).content.decode()
    key = str(found.claims.get().milestone)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"decision": "accept", "milestones": [key]}, "Escriba un número entero entre 0 y 100."),
        ({"decision": "accept", "validated": "200", "milestones": [key]}, "Escriba un número entero"),
        ({"decision": "accept", "validated": "30"}, "Escriba qué debe corregirse"),
        ({"decision": "observe"}, "Escriba qué debe corregirse"),
        ({}, "Elija una decisión."),
    )
    for typed, words in cases:
        answer = steward.post(address, typed | {"version_leida": found.version})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    done = {"decision": "accept", "validated": "30", "milestones": [key], "version_leida": found.version}
    assert steward.post(address, done).status_code == 302
    again = steward.post(address, done | {"version_leida": found.version + 1})
    assert again.status_code == 422
    assert "no espera una decisión" in again.content.decode()


def test_a_quarter_out_of_reach_is_refused_in_words(at_work, roadmap):
    roadmap()
    editor = at_work(Role.EDITOR)
    for period in (Quarter.of(today()).next.code, "2026-t9"):
        answer = editor.post(f"/escritorio/plan/1.1/mdt/informe/{period}/", follow=True)
        words = ("De ese trimestre no se pide un informe", "Escriba un trimestre como 2026-t3")
        assert any(each in answer.content.decode() for each in words)
    assert not Report.objects.exists()


def test_the_list_filters_by_whose_turn_it_is(at_work, report):
    report()
    steward = at_work(Role.STEWARD, "mintel")
    text = steward.get("/escritorio/plan/?espera=revision").content.decode()
    assert "/escritorio/plan/1.1/mdt/" in text
    assert "/escritorio/plan/1.2/mdt/" not in text
    assert "No hay nada aquí" in steward.get("/escritorio/plan/?espera=atraso").content.decode()
    assert at_work(Role.ADMINISTRATOR, "mintel").get("/escritorio/plan/").status_code == 403
