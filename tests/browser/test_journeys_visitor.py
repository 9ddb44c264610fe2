"""What somebody without an account does: find, read, count days, change language, get lost and find the way."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walking import Walk, exactly, follow, heading, press, refused, tab_to, type_date

pytestmark = pytest.mark.browser


def test_a_visitor_finds_an_institution_by_search_and_filter_and_reads_its_history(walk: Walk):
    page = walk.person()
    page.goto("/")
    page.locator("main").get_by_role("searchbox").fill("instituciones calidad de la educación superior")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Educación Superior")

    page.goto("/instituciones/")
    search = page.get_by_role("search").last
    search.get_by_label("Nombre o siglas").fill("educación superior")
    search.get_by_text("Más filtros").click()
    search.get_by_label("Tipo").select_option("consejo")
    search.get_by_role("button", name="Buscar").click()
    rows = page.locator("main tbody tr")
    expect(rows.first).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Ministerio de Trabajo")
    follow(page, "Consejo de Aseguramiento de la Calidad de la Educación Superior")
    expect(heading(page)).to_contain_text("Consejo de Aseguramiento de la Calidad")
    history = page.locator("#nombres + ul")
    expect(history).to_contain_text("Consejo de Evaluación, Acreditación")
    expect(history).to_contain_text("2 de agosto de 2018")


def test_the_old_name_of_an_institution_leads_to_it(walk: Walk):
    page = walk.person()
    page.goto("/buscar/?q=CEAACES")
    follow(page, "Consejo de Aseguramiento de la Calidad")
    expect(heading(page)).to_contain_text("Consejo de Aseguramiento de la Calidad")


def test_a_visitor_sees_who_belonged_to_a_register_on_a_past_date(walk: Walk):
    page = walk.person()
    page.goto("/instituciones/")
    follow(page, "Ver cuántas había en una fecha")
    page.get_by_label("Registro", exact=True).select_option("apc")
    closed = page.locator("main tbody").get_by_text(
        "Agencia de Regulación y Control de Electricidad", exact=True
    )
    type_date(page, "Quién pertenecía el", 31, 12, 2019)
    press(page, "Ver la población")
    expect(page.locator(".minga-figure")).to_contain_text("31 de diciembre de 2019")
    expect(closed).to_have_count(1)
    before = int(page.locator(".minga-figure__value").inner_text().split()[0])

    type_date(page, "Quién pertenecía el", 31, 12, 2020)
    press(page, "Ver la población")
    expect(page.locator(".minga-figure")).to_contain_text("31 de diciembre de 2020")
    expect(closed).to_have_count(0)
    assert int(page.locator(".minga-figure__value").inner_text().split()[0]) != before

    type_date(page, "Quién pertenecía el", 31, 13, 2020)
    press(page, "Ver la población")
    refused(page, "Esa fecha no existe.")


def test_the_deadline_calculator_explains_the_date(walk: Walk):
    page = walk.person()
    page.goto("/")
    follow(page, "¿Qué día vence?")
    type_date(page, "¿Qué día recibió la notificación?", 1, 4, 2026)
    page.get_by_label("¿Cuántos días tiene?").fill("5")
    press(page, "Calcular")
    # 2, 6, 7, 8 and 9 April count; the 3rd is Good Friday, the 4th and 5th a weekend.
    expect(page.get_by_role("status").first).to_contain_text("9 de abril de 2026")
    skipped = page.get_by_role("table", name="Días que no cuentan")
    expect(skipped.locator("tbody tr")).to_have_count(3)
    expect(skipped).to_contain_text("Viernes Santo")
    page.get_by_text("Ver la cuenta día por día").click()
    expect(page.get_by_role("table", name="Todos los días").locator("tbody tr").last).to_contain_text(
        "9 de abril"
    )

    page.get_by_label("¿Cuántos días tiene?").fill("cinco")
    press(page, "Calcular")
    refused(page, "Escriba el número de días con cifras, por ejemplo 15.")


def test_changing_the_language_keeps_the_page_and_its_filters(walk: Walk):
    page = walk.person()
    page.goto("/instituciones/?tipo=ministerio&orden=-nombre")
    rows = page.locator("main tbody tr").count()
    for name, code in (("English", "en"), ("Kichwa", "qu"), ("Español", "es")):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.locator("html")).to_have_attribute("lang", code)
        assert page.url == f"{walk.instance.address}/instituciones/?tipo=ministerio&orden=-nombre"
        assert page.locator("main tbody tr").count() == rows
        page.goto("/plan/")
        expect(page.locator("html")).to_have_attribute("lang", code)
        page.goto("/instituciones/?tipo=ministerio&orden=-nombre")


def test_on_a_telephone_the_menu_is_reachable_and_tables_read_as_cards(walk: Walk):
    page = walk.person(width=360)
    page.goto("/plan/")
    sections = page.get_by_role("navigation", name="Secciones", exact=True)
    link = sections.get_by_role("link", name="Instituciones")
    if walk.scripts:
        expect(link).to_be_hidden()
        menu = page.get_by_role("button", name="Menú")
        tab_to(page, menu)
        page.keyboard.press("Enter")
        expect(menu).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_visible()
    cells_are_cards(page)
    link.click()
    expect(heading(page)).to_have_text("Instituciones")
    cells_are_cards(page)


def cells_are_cards(page: Page) -> None:
    """Each cell stands on its own line, says which column it is, and fits the screen."""
    cell = page.locator("main tbody td[data-label]").first
    box = cell.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    label = cell.evaluate("(one) => getComputedStyle(one, '::before').content")
    assert cell.get_attribute("data-label") in label
    row = cell.locator("xpath=..").bounding_box()
    assert row is not None
    assert row["height"] > box["height"]


def test_a_page_that_does_not_exist_says_what_to_do_next(walk: Walk):
    page = walk.person()
    answer = page.goto("/instituciones/no-existe-esta/")
    assert answer is not None
    assert answer.status == 404
    expect(heading(page)).to_be_visible()
    follow(page, "Buscar lo que necesita")
    expect(heading(page)).to_have_text("Buscar")


def test_a_page_for_officials_asks_a_visitor_to_sign_in_and_then_opens(walk: Walk):
    page, person = walk.person(), walk.instance.people["steward"]
    page.goto("/escritorio/sinonimos/")
    expect(heading(page)).to_have_text("Ingresar")
    page.get_by_label("Correo electrónico o cédula").fill(person.email)
    page.get_by_label("Contraseña", exact=True).fill(person.password)
    press(page, "Ingresar")
    assert page.url == f"{walk.instance.address}/escritorio/sinonimos/"


def test_a_page_for_others_says_so_and_what_to_do(walk: Walk):
    page = walk.person("editor")
    answer = page.goto("/escritorio/sinonimos/")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("permiso")
    follow(page, "Ir al inicio")
    expect(heading(page)).to_have_text(exactly("¿Qué necesita hacer?"))
