"""Progress on screen: who sees what, what is refused in words, and what the public reads."""

import pytest

from minga.kernel.actors import Role
from minga.kernel.references import Reference
from minga.modules.directory import contracts as directory
from minga.modules.plan import actions, queries
from minga.modules.plan.models import Evidence, Report, Roadmap
from minga.modules.plan.module import card

pytestmark = pytest.mark.django_db


def test_the_initiative_shows_three_figures_and_what_they_mean(report, official, client):
    found = report(reported=50)
    text = client.get("/plan/iniciativas/1.1/").content.decode()
    assert "50\xa0%" in text
    assert "Sin informe aceptado" in text
    assert "1 de 2" in text
    assert f"/plan/informes/{found.id}/" in text


def test_a_draft_is_not_public_anywhere(report, client):
    found = report(until="draft", reported=73)
    for address in ("/plan/iniciativas/1.1/", "/plan/instituciones/mdt/", "/plan/avance.csv"):
        text = client.get(address).content.decode()
        assert "73\xa0%" not in text
        assert ",73," not in text
    assert client.get(f"/plan/informes/{found.id}/").status_code == 404


def test_evidence_is_public_only_once_the_report_is_accepted(report, official, client):
    found = report()
    evidence = Evidence.objects.get()
    page = client.get(f"/plan/informes/{found.id}/").content.decode()
    assert evidence.file_id in page
    assert client.get(f"/plan/pruebas/{evidence.id}/").status_code == 404
    actions.accept_report(
        found.id,
        validated=40,
        milestones=[claim.milestone for claim in found.claims.all()],
        version=found.version,
        actor=official(Role.STEWARD, "mintel"),
    )
    answer = client.get(f"/plan/pruebas/{evidence.id}/")
    assert answer.status_code == 200
    assert answer.headers["ETag"] == f'"{evidence.file_id}"'


def test_the_institution_page_says_what_was_asked_reported_and_is_overdue(report, client):
    report()
    text = client.get("/plan/instituciones/mdt/").content.decode()
    assert "Qué le pide el plan" in text
    assert "Se presentó un informe de avance" in text
    assert client.get("/plan/instituciones/inamhi/").status_code == 404


def test_the_list_of_institutions_counts_what_each_filed(report, client):
    report()
    text = client.get("/plan/instituciones/").content.decode()
    assert "Ministerio del Trabajo (MDT)" in text
    assert "Secretaría Nacional de Planificación" in text


def test_the_calendar_and_the_chart_show_milestones_and_refuse_other_years(roadmap, client):
    roadmap()
    assert "Diagnóstico terminado" in client.get("/plan/calendario/?anio=2026").content.decode()
    assert "termina" in client.get("/plan/cronograma/?institucion=mdt").content.decode()
    assert "No hay hitos en estos años" in client.get("/plan/cronograma/?institucion=cpccs").content.decode()
    for wrong in ("1999", "abcd", "20266"):
        assert client.get(f"/plan/calendario/?anio={wrong}").status_code == 404


def test_the_downloads_say_no_data_with_nothing_not_with_zero(roadmap, client):
    roadmap()
    lines = client.get("/plan/avance.csv").content.decode("utf-8-sig").splitlines()
    row = next(line for line in lines if line.startswith("1.1,mdt"))
    assert row == "1.1,mdt,ejecutor,,,,,0,0,no"
    assert "Diagnóstico terminado" in client.get("/plan/hitos.csv").content.decode()


def test_what_waits_reaches_the_workplace_of_whoever_must_act(report, official):
    assert card.tasks
    report()
    kinds = {
        (role, institution): {task.kind for task in card.tasks(official(role, institution))}
        for role, institution in (
            (Role.EDITOR, "mdt"),
            (Role.STEWARD, "mintel"),
            (Role.ADMINISTRATOR, "mintel"),
            (Role.EDITOR, "inamhi"),
        )
    }
    assert kinds == {
        (Role.EDITOR, "mdt"): {"Por presentar en el plan"},
        (Role.STEWARD, "mintel"): {"Por revisar en el plan"},
        (Role.ADMINISTRATOR, "mintel"): set(),
        (Role.EDITOR, "inamhi"): set(),
    }
    assert not [task for task in card.tasks(official(Role.EDITOR, "mdt")) if task.title.startswith("1.1")]


def test_references_of_progress_have_names_on_pages(report):
    from minga.kernel.cards import name_all

    found = report()
    step = queries.part(initiative="1.1", institution=directory.institution("mdt").id).steps[0]
    named = name_all([found.reference, found.roadmap.reference, step.milestone.reference])
    titles = {label.title for label in named.values()}
    assert any(title.startswith("Informe 1.1") for title in titles)
    assert "Hoja de ruta 1.1, versión 1" in titles
    assert "Diagnóstico terminado" in titles
    unknown = Reference.of("roadmap", "00000000-0000-4000-8000-000000000000")
    assert name_all([unknown])[unknown].title == unknown


def test_the_demonstration_shows_every_state_once(client):
    from minga.modules.directory.module import card as directory_card
    from minga.modules.identity.actions.demonstration import seed_demonstration
    from minga.modules.plan.actions.demonstration import seed_progress

    for seed in sorted(directory_card.seeds, key=lambda seed: seed.order):
        seed.load()
    seed_demonstration()
    seed_progress()
    assert set(Report.objects.values_list("state", flat=True)) == {
        "accepted",
        "submitted",
        "observed",
        "draft",
    }
    assert set(Roadmap.objects.values_list("state", flat=True)) == {"approved", "draft", "submitted"}
    assert seed_progress() == "nada nuevo"
    assert "Datos inventados" in client.get("/plan/iniciativas/1.1/").content.decode()
