"""Those who keep the house: an administrator with background work, an auditor with the ledger."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walking import Walk, follow, heading, press, told

pytestmark = pytest.mark.browser


def failed_again(page: Page):
    """A row of the failed jobs that a journey may use up."""
    return (
        page.get_by_role("table", name="Trabajos fallidos")
        .locator("tbody tr")
        .filter(has_text="search.vocabulary")
    )


def test_an_administrator_takes_a_failed_job_up_again_and_gives_another_up(walk: Walk):
    page = walk.person("administrator")
    follow(page, "Trabajos en segundo plano")
    rows = failed_again(page)
    number = rows.first.locator("th").inner_text()
    rows.first.get_by_role("button", name="Retomar").click()
    told(page, f"El trabajo {number} se hará otra vez.")

    other = failed_again(page).first.locator("th").inner_text()
    assert other != number
    failed_again(page).first.get_by_role("link", name="Descartar").click()
    expect(heading(page)).to_have_text(f"¿Descartar el trabajo {other}?")
    press(page, "Descartar el trabajo")
    told(page, f"El trabajo {other} quedó descartado.")
    expect(page.locator("main tbody th", has_text=other)).to_have_count(0)


def test_an_auditor_follows_a_person_reads_a_name_proves_and_takes_out(walk: Walk):
    page = walk.person("auditor")
    email = walk.instance.people["steward"].email
    page.goto("/escritorio/auditoria/")
    page.get_by_text("Buscar a una persona por su correo o cédula").click()
    page.get_by_label("Correo o cédula", exact=True).fill(email)
    page.locator("main").get_by_role("button", name="Buscar", exact=True).click()
    assert email not in page.url
    expect(page.locator("main tbody tr").first).to_be_visible()

    page.locator("main tbody th a").first.click()
    name = walk.instance.people["steward"].name
    expect(page.locator("main")).not_to_contain_text(name)
    press(page, "Mostrar los nombres")
    expect(page.locator("main")).to_contain_text(name)

    page.goto("/escritorio/auditoria/?hecho=ledger.person.read")
    expect(page.locator("main tbody tr").first).to_contain_text("Alguien consultó datos de una persona")
    press(page, "Comprobar que estos hechos no fueron cambiados")
    expect(heading(page)).to_contain_text("hechos")

    page.goto("/escritorio/auditoria/?hecho=ledger.person.read")
    with page.expect_download() as taken:
        follow(page, "JSON")
    rows = json.loads(taken.value.path().read_text("utf-8"))
    assert {"purpose": "audit", "fields": ["names"]} in [row["payload"] for row in rows]
