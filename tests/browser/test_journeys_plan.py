"""How a number of the plan moves, and how anybody opens it down to the paper behind it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.papers import pdf
from tests.browser.walking import (
    Walk,
    attach,
    download,
    exactly,
    follow,
    heading,
    press,
    refused,
    tab_to,
    told,
    type_date,
)

pytestmark = pytest.mark.browser
NUMBER = "Acuerdo Ministerial MDT-2019-0377"
PAPER = pdf(NUMBER)


def draft(page: Page, initiative: str, number: str = NUMBER, paper: bytes = PAPER) -> None:
    """From the workplace, start the record of a norm with its document."""
    follow(page, "Normas del plan")
    press_link(page, "Registrar una norma")
    page.get_by_label("¿Qué iniciativa del plan cumple esta norma?").select_option(initiative)
    page.get_by_label("Título de la norma").fill("Norma técnica de participación electrónica")
    page.get_by_label("Tipo y número").fill(number)
    type_date(page, "¿Cuándo se emitió?", 18, 11, 2019)
    page.get_by_label("Registro Oficial", exact=False).first.fill("Suplemento 96")
    type_date(page, "Fecha del Registro Oficial", 9, 12, 2019)
    attach(page, "Documento de la norma", "acuerdo.pdf", paper, "application/pdf")
    press(page, "Guardar borrador")
    told(page, "Se guardó el borrador.")


def press_link(page: Page, words: str) -> None:
    """Press a link that looks like a button."""
    page.locator("a.govuk-button", has_text=words).first.click()


def value_today(page: Page) -> str:
    """The figure of an indicator's page that says where it stands."""
    return page.locator(".minga-figure", has_text="Hoy").locator(".minga-figure__value").inner_text()


def test_a_recorded_norm_moves_indicator_1_and_a_visitor_opens_it_down_to_the_document(
    walk: Walk, tmp_path: Path
):
    visitor = walk.person()
    visitor.goto("/plan/indicadores/1/")
    assert value_today(visitor).startswith("0")

    editor = walk.person("editor")
    draft(editor, "1.1")
    expect(editor.locator("main")).to_contain_text("La registra quien aprueba en su institución.")

    approver = walk.person("approver")
    follow(approver, "Normas del plan")
    follow(approver, NUMBER)
    press(approver, "Registrar como emitida")
    told(approver, "La norma quedó registrada y ya cuenta en el plan.")

    visitor.goto("/")
    follow(visitor, "El plan")
    follow(visitor, "1. Norma de participación electrónica emitida")
    assert value_today(visitor).startswith("1")
    expect(visitor.get_by_role("heading", name="Detrás del número")).to_be_visible()
    row = visitor.locator("h2#detras-del-numero + table tbody tr")
    expect(row.locator("td").first).to_have_text(exactly("Sí"))
    row.get_by_role("link", name="Hecho").click()
    expect(visitor.locator("main")).to_contain_text("18 de noviembre de 2019")
    follow(visitor, NUMBER)
    expect(heading(visitor)).to_have_text("Norma técnica de participación electrónica")
    assert download(visitor, "acuerdo.pdf", tmp_path) == PAPER

    withdraw(approver)
    visitor.goto("/plan/indicadores/1/")
    assert value_today(visitor).startswith("0")


def withdraw(approver: Page) -> None:
    """Take a norm back that was registered by mistake: it never counted."""
    press_link(approver, "Retirar esta norma")
    approver.get_by_role("radio").last.check()
    approver.get_by_label("error").check()
    press(approver, "Retirar la norma")
    told(approver, "La norma se retiró")


def test_a_second_norm_for_the_same_initiative_is_refused_with_the_reason(walk: Walk):
    approver = walk.person("approver")
    approver.goto(f"/escritorio/normas/{walk.instance.things['draft']}/")
    press(approver, "Registrar como emitida")
    refused(approver, "Esta iniciativa ya tiene una norma vigente. Retírela antes de registrar otra.")


def test_an_incomplete_norm_is_not_registered_and_the_page_says_what_is_missing(walk: Walk):
    approver = walk.person("approver")
    follow(approver, "Normas del plan")
    press_link(approver, "Registrar una norma")
    approver.get_by_label("¿Qué iniciativa del plan cumple esta norma?").select_option("3.1")
    approver.get_by_label("Título de la norma").fill("Guía de protección de datos")
    approver.get_by_label("Tipo y número").fill("Acuerdo 7")
    press(approver, "Guardar borrador")
    press(approver, "Registrar como emitida")
    refused(approver, "Escriba la fecha en que se emitió la norma.")
    refused(approver, "Adjunte el documento de la norma.")
    press(approver, "Descartar este borrador")
    told(approver, "Se descartó el borrador.")


def test_a_file_that_is_no_pdf_is_refused_and_what_was_typed_stays(walk: Walk):
    editor = walk.person("editor")
    editor.goto("/escritorio/normas/nueva/")
    editor.get_by_label("Título de la norma").fill("Un título que costó escribir")
    editor.get_by_label("¿Qué iniciativa del plan cumple esta norma?").select_option("1.1")
    editor.get_by_label("Tipo y número").fill("Acuerdo 8")
    attach(editor, "Documento de la norma", "acuerdo.pdf", b"MZ this is a program", "application/pdf")
    press(editor, "Guardar borrador")
    expect(editor.locator(".govuk-error-summary")).to_be_visible()
    expect(editor.get_by_label("Título de la norma")).to_have_value("Un título que costó escribir")


def test_the_second_editor_of_a_norm_is_told_and_keeps_the_text(walk: Walk):
    editor, head = walk.person("editor"), walk.person("head")
    draft(editor, "1.1")
    head.goto(editor.url)
    editor.get_by_label("Título de la norma").fill("El título de la primera persona")
    press(editor, "Guardar cambios")
    told(editor, "Se guardaron los cambios.")

    head.get_by_label("Título de la norma").fill("El título de la segunda persona")
    press(head, "Guardar cambios")
    refused(head, "Otra persona cambió esta norma mientras usted la editaba.")
    expect(head.get_by_label("Título de la norma")).to_have_value("El título de la segunda persona")
    press(head, "Guardar cambios")
    told(head, "Se guardaron los cambios.")
    press(head, "Descartar este borrador")


def test_somebody_with_only_a_keyboard_signs_in_and_reaches_their_norms(walk: Walk):
    page, person = walk.person(), walk.instance.people["editor"]
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ir al contenido")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Ingresar"))
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Ingresar")
    tab_to(page, page.get_by_label("Correo electrónico o cédula"))
    page.keyboard.type(person.email)
    tab_to(page, page.get_by_label("Contraseña", exact=True))
    page.keyboard.type(person.password)
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Mi escritorio")
    tab_to(page, page.locator("main").get_by_role("link", name="Normas del plan").first)
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Normas del plan")
