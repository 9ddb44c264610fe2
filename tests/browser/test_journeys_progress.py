"""How an institution plans and reports, MINTEL answers, and the public reads three figures that are never mixed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from minga.kernel.clock import today
from minga.modules.plan.models.periods import Quarter
from tests.browser.papers import pdf
from tests.browser.walking import Walk, attach, download, follow, heading, press, refused, told, type_date

pytestmark = pytest.mark.browser
PAPER = pdf("Acta de entrega")


def _open(page: Page, code: str) -> None:
    page.goto(f"/escritorio/plan/{code}/mdt/")


def _milestone(page: Page, title: str, weight: int) -> None:
    page.locator("a.govuk-button", has_text="Añadir un hito").click()
    page.get_by_label("¿Qué estará hecho?").fill(title)
    page.get_by_label("¿Con qué se probará?").fill("Acta firmada")
    page.get_by_label("Peso, en porcentaje").fill(str(weight))
    type_date(page, "¿Cuándo empieza?", 5, 1, today().year)
    type_date(page, "¿Hasta cuándo?", 15, 12, today().year + 1)
    press(page, "Guardar el hito")
    told(page, "Se guardó el hito.")


def _plan(editor: Page, approver: Page, steward: Page, code: str) -> None:
    """A roadmap from nothing to approved, over weights that first do not add up."""
    _open(editor, code)
    press(editor, "Preparar la hoja de ruta")
    editor.get_by_label("¿Cómo cumplirá su institución esta iniciativa?").fill("Con un equipo propio.")
    press(editor, "Guardar el texto")
    _milestone(editor, "Propuesta consultada", 40)
    _milestone(editor, "Norma publicada", 50)
    approver.goto(editor.url)
    press(approver, "Presentar la hoja de ruta")
    refused(approver, "suman 90 % y deben sumar 100 %")
    follow(editor, "Editar Norma publicada")
    editor.get_by_label("Peso, en porcentaje").fill("60")
    press(editor, "Guardar el hito")
    approver.goto(editor.url)
    press(approver, "Presentar la hoja de ruta")
    told(approver, "La hoja de ruta se presentó.")
    _open(steward, code)
    steward.locator("a.govuk-button", has_text="Revisar la hoja de ruta").click()
    steward.get_by_label("Aprobar").check()
    press(steward, "Enviar la decisión")
    told(steward, "La hoja de ruta quedó aprobada y es pública.")


def _report(editor: Page, approver: Page, code: str) -> None:
    """The report of this quarter, with a milestone that is proved by a document."""
    _open(editor, code)
    press(editor, f"Empezar {Quarter.of(today()).title}")
    editor.get_by_label("¿Cuánto ha avanzado la iniciativa, según su institución?").fill("55")
    editor.get_by_label("¿Qué se hizo en este trimestre?").fill("Se consultó la propuesta.")
    press(editor, "Guardar el informe")
    told(editor, "Se guardó el informe.")
    editor.locator("a.govuk-button", has_text="Añadir una prueba").click()
    editor.get_by_label("¿Qué hito se cumplió?").select_option(label="Propuesta consultada")
    type_date(editor, "¿Cuándo se cumplió?", today().day, today().month, today().year)
    editor.get_by_label("¿Qué prueba es?").fill("Acta de entrega")
    attach(editor, "Archivo", "acta.pdf", PAPER, "application/pdf")
    press(editor, "Añadir la prueba")
    told(editor, "Se añadió la prueba.")
    approver.goto(editor.url)
    press(approver, "Presentar el informe")
    told(approver, "El informe se presentó.")


def _accept(steward: Page, code: str) -> None:
    """MINTEL accepts the report with its own figure, and the milestone that it proves."""
    _open(steward, code)
    follow(steward, "Revisar")
    steward.get_by_label("Aceptar y publicar").check()
    steward.get_by_label("Propuesta consultada (40 %)").check()
    steward.get_by_label("Avance que valida MINTEL").fill("45")
    press(steward, "Enviar la decisión")
    told(steward, "El informe quedó aceptado y es público con sus pruebas.")


def test_an_institution_reports_mintel_observes_and_accepts_and_the_public_sees_three_figures(
    walk: Walk, tmp_path: Path
):
    code = "12.3" if walk.scripts else "12.4"
    editor, approver, steward = walk.person("editor"), walk.person("approver"), walk.person("steward")
    _plan(editor, approver, steward, code)
    _report(editor, approver, code)

    steward.goto("/escritorio/")
    expect(steward.locator("main")).to_contain_text(f"{code} {Quarter.of(today()).title}")
    _open(steward, code)
    follow(steward, "Revisar Cuarto" if Quarter.of(today()).number == 4 else "Revisar")
    steward.get_by_label("Observar").check()
    press(steward, "Enviar la decisión")
    refused(steward, "Escriba qué debe corregirse")
    steward.get_by_label("Observaciones o motivo").fill("Explique cuántas personas participaron.")
    press(steward, "Enviar la decisión")
    told(steward, "El informe volvió a la institución")

    editor.reload()
    expect(editor.locator("main")).to_contain_text("Explique cuántas personas participaron.")
    editor.get_by_label("¿Qué se hizo en este trimestre?").fill("Se consultó la propuesta con 240 personas.")
    press(editor, "Guardar el informe")
    approver.goto(editor.url)
    press(approver, "Presentar el informe")

    _accept(steward, code)

    visitor = walk.person(width=360)
    visitor.goto(f"/plan/iniciativas/{code}/")
    figures = visitor.locator(".minga-figure__value")
    assert [text.split()[0] for text in figures.all_inner_texts()[:3]] == ["55", "45", "40"]
    follow(visitor, "Informe")
    expect(heading(visitor)).to_contain_text("Informe de avance")
    assert download(visitor, "Acta de entrega", tmp_path) == PAPER


def test_what_is_not_yours_answers_with_a_closed_door(walk: Walk):
    head = walk.person("head")
    head.goto(f"/escritorio/plan/informes/{walk.instance.things['report_filed']}/revisar/")
    expect(heading(head)).to_contain_text("no tiene permiso")
