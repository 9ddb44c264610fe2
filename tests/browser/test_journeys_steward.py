"""What a steward keeps: the register of institutions, and the words by which people search."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.papers import sheet, sheet_with_an_error
from tests.browser.walking import Walk, attach, follow, heading, press, refused, told

pytestmark = pytest.mark.browser


def upload(page: Page, content: bytes) -> None:
    attach(page, "Archivo CSV", "instituciones.csv", content, "text/csv")
    press(page, "Revisar el archivo")
    expect(heading(page)).to_have_text("Revisar la importación")


def test_a_steward_imports_a_table_reads_what_is_wrong_in_which_row_and_imports_it_put_right(walk: Walk):
    name = f"n{int(walk.scripts)}"
    page = walk.person("steward")
    follow(page, "Instituciones")
    follow(page, "Importar un archivo CSV")
    upload(page, sheet_with_an_error(name))
    wrong = page.get_by_role("table", name="Qué corregir").locator("tbody tr")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("3")
    expect(wrong).to_contain_text("existe_desde")
    expect(wrong).to_contain_text("«31/02/2019» no es una fecha.")
    press(page, "Importar")
    expect(page.locator(".govuk-error-summary")).to_contain_text("No se importó nada")

    follow(page, "Elegir otro archivo")
    upload(page, sheet(name))
    press(page, "Importar")
    told(page, "2 instituciones nuevas")
    page.goto(f"/instituciones/instituto-{name}b/")
    expect(heading(page)).to_contain_text(f"Instituto de Pruebas {name}b")
    expect(page.locator("main")).to_contain_text("1 de enero de 2019")


def test_the_second_editor_of_an_institution_sees_what_the_first_saved_and_keeps_the_text(walk: Walk):
    first, second = walk.person("steward"), walk.person("steward")
    for page in (first, second):
        page.goto("/escritorio/instituciones/arcotel/datos/")
    first.get_by_label("Teléfono").fill(f"02 294 680{int(walk.scripts)}")
    press(first, "Guardar")
    told(first, "Los datos quedaron guardados.")
    second.get_by_label("Dirección").fill("Avenida Diego de Almagro y Whymper")
    press(second, "Guardar")
    expect(second.locator(".govuk-error-summary")).to_be_visible()
    expect(second.locator("main")).to_contain_text("Lo que guardó la otra persona")
    expect(second.locator("main")).to_contain_text(f"02 294 680{int(walk.scripts)}")
    expect(second.get_by_label("Dirección")).to_have_value("Avenida Diego de Almagro y Whymper")


def test_a_synonym_changes_what_a_search_finds(walk: Walk):
    visitor, steward = walk.person(), walk.person("steward")
    slang = "xiriwana" if walk.scripts else "wiñapora"
    visitor.goto(f"/buscar/?q={slang}")
    expect(visitor.locator("main")).to_contain_text("No encontramos nada")

    follow(steward, "Sinónimos del buscador")
    steward.goto("/escritorio/sinonimos/nuevo/")
    steward.get_by_label("Quien busque cualquiera de estas expresiones…").fill(slang)
    press(steward, "Guardar")
    refused(steward, "")
    steward.get_by_label("…encontrará también estas").fill("Ministerio del Trabajo")
    press(steward, "Guardar")
    told(steward, "El grupo quedó guardado. Las búsquedas ya lo usan.")

    visitor.goto(f"/buscar/?q={slang}")
    follow(visitor, "Ministerio del Trabajo")
    expect(heading(visitor)).to_contain_text("Ministerio del Trabajo")

    steward.goto(f"/escritorio/sinonimos/?q={slang}")
    follow(steward, slang)
    press(steward, "Quitar el grupo")
    told(steward, "El grupo quedó fuera de uso.")
    visitor.goto(f"/buscar/?q={slang}")
    expect(visitor.locator("main")).to_contain_text("No encontramos nada")


def test_a_visitor_says_what_a_page_lacks_and_a_steward_reads_it(walk: Walk):
    visitor, steward = walk.person(width=360), walk.person("steward")
    said = f"No encuentro a quién llamar los sábados ({int(walk.scripts)})."
    visitor.goto("/territorio/1701/")
    name = heading(visitor).inner_text()
    follow(visitor, "No", within="aside")
    expect(visitor.get_by_label("No", exact=True)).to_be_checked()
    visitor.get_by_label("¿Qué buscaba o qué faltó?").fill(said)
    press(visitor, "Enviar")
    expect(heading(visitor)).to_have_text("Gracias por su opinión")
    follow(visitor, "Volver a")
    expect(heading(visitor)).to_have_text(name)

    follow(steward, "Opiniones sobre las páginas")
    steward.locator("tbody a[href$='/territorio/1701/']").click()
    expect(steward.locator("main")).to_contain_text(said)


def test_a_declared_day_moves_a_deadline(walk: Walk):
    steward, visitor = walk.person("steward"), walk.person()
    day = 16 + int(walk.scripts)
    question = f"/calendario/?fecha=2026-06-{day - 1}&dias=1"
    visitor.goto(question)
    expect(visitor.get_by_role("status").first).to_contain_text(f"{day} de junio de 2026")

    follow(steward, "Calendario laboral")
    steward.goto("/escritorio/calendario/nuevo/")
    for part, value in (("dia", day), ("mes", 6), ("anio", 2026)):
        steward.locator(f"input[name=date_{part}]").fill(str(value))
    steward.get_by_role("radio").first.check()
    steward.get_by_label("Nombre").fill("Descanso decretado")
    steward.get_by_label("Norma").fill("Decreto Ejecutivo 999")
    press(steward, "Guardar")
    told(steward, "El día quedó declarado.")

    visitor.goto(question)
    expect(visitor.get_by_role("status").first).to_contain_text(f"{day + 1} de junio de 2026")
    expect(visitor.locator("main")).to_contain_text("Decreto Ejecutivo 999")
    steward.locator("tr", has_text="Descanso decretado").get_by_role("link", name="Retirar").click()
    press(steward, "Retirar la declaración")
    told(steward, "La declaración quedó retirada.")
