"""An institution that moves to the State's data centre, from its contract to the number in the plan."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.papers import pdf
from tests.browser.walking import Walk, attach, follow, heading, press, refused, told, type_date

pytestmark = pytest.mark.browser
CONTRACT = "CNT-MDT-2019-0377"
PAPER = pdf(CONTRACT)


def press_link(page: Page, words: str) -> None:
    """Press a link that looks like a button."""
    page.locator("a.govuk-button", has_text=words).first.click()


def value_today(page: Page) -> str:
    """The figure of an indicator's page that says where it stands."""
    return page.locator(".minga-figure", has_text="Hoy").locator(".minga-figure__value").inner_text()


def register(editor: Page, *, paper: bytes | None = PAPER) -> None:
    """From the workplace, begin to register a contract for a service of the data centre."""
    follow(editor, "Nube del Estado")
    press_link(editor, "Registrar un contrato")
    editor.get_by_label("¿Qué servicio usa?").select_option(label="Hospedaje de equipos")
    editor.get_by_label("Número del contrato o convenio").fill(CONTRACT)
    type_date(editor, "¿Desde qué día está en uso?", 18, 11, 2019)
    if paper is not None:
        attach(editor, "Documento que lo prueba", "contrato.pdf", paper, "application/pdf")
    press(editor, "Guardar borrador")
    told(editor, "Se guardó el borrador.")


def test_a_confirmed_contract_moves_indicator_11_and_a_visitor_sees_who_counts(walk: Walk):
    visitor = walk.person()
    visitor.goto("/plan/indicadores/11/")
    before = value_today(visitor)

    editor = walk.person("editor")
    register(editor)
    expect(editor.locator("main")).to_contain_text("Lo presenta quien aprueba en su institución.")

    approver = walk.person("approver")
    approver.goto("/escritorio/nube/")
    follow(approver, CONTRACT)
    press_link(approver, "Presentar al proveedor")
    press(approver, "Presentar")
    told(approver, "El proveedor lo confirmará o le dirá qué corregir.")

    provider = walk.person("approver.cnt")
    follow(provider, CONTRACT)
    press_link(provider, "Confirmar el uso")
    press(provider, "Confirmar el uso")
    told(provider, "la institución ya cuenta entre las que usan este servicio")

    visitor.goto("/nube/uso/")
    expect(visitor.locator("li#mdt")).to_contain_text(CONTRACT)
    visitor.goto("/plan/indicadores/11/")
    assert value_today(visitor) != before
    row = visitor.locator("main tbody tr", has_text="Ministerio del Trabajo")
    expect(row.first).to_contain_text("Sí")
    row.first.get_by_role("link", name="Hecho").click()
    expect(visitor.locator("main")).to_contain_text("18 de noviembre de 2019")
    expect(visitor.locator("main")).to_contain_text("Hospedaje de equipos")

    withdrawn(provider)


def withdrawn(provider: Page) -> None:
    """Take the confirmation back, as for a mistake: other journeys find the plan as it was."""
    press_link(provider, "Anular por error")
    provider.get_by_label("Motivo").fill("Fue una prueba.")
    press(provider, "Anular")
    told(provider, "Se anuló el registro.")


def test_a_contract_without_its_paper_is_not_filed_and_the_page_says_so(walk: Walk):
    approver = walk.person("approver")
    register(approver, paper=None)
    press_link(approver, "Presentar al proveedor")
    press(approver, "Presentar")
    refused(approver, "Adjunte el contrato o el acta que prueba el uso del servicio.")
    follow(approver, "Atrás")
    press_link(approver, "Descartar el borrador")
    press(approver, "Descartar")
    told(approver, "Se descartó el borrador.")


def test_a_purchase_is_checked_question_by_question_to_a_result_that_says_what_to_do(walk: Walk):
    editor = walk.person("editor", width=360)
    editor.goto("/nube/lineamientos/")
    press_link(editor, "Revisar una compra")
    editor.get_by_label("¿Qué quiere contratar?").fill("Respaldos fuera del país")
    press(editor, "Empezar")
    total = int(re.findall(r"de (\d+)", editor.locator(".govuk-caption-l").first.inner_text())[-1])
    for place in range(1, total + 1):
        expect(editor.locator("main")).to_contain_text(f"Pregunta {place} de {total}")
        editor.get_by_label("No todavía" if place == 2 else "Sí, ya está resuelto").check()
        press(editor, "Guardar y seguir")
    expect(heading(editor)).to_have_text("Respaldos fuera del país")
    press_link(editor, "Terminar y ver el resultado")
    press(editor, "Terminar")
    expect(editor.locator("main")).to_contain_text("No compre todavía: falta 1 punto crítico.")
    expect(editor.locator("main")).to_contain_text("Qué falta y qué hacer")
