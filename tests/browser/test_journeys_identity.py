"""Signing in, being refused, and keeping what one typed when a session ends."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walking import Walk, heading, press, refused, told

pytestmark = pytest.mark.browser


def try_to_enter(page: Page, identifier: str, password: str) -> None:
    page.get_by_label("Correo electrónico o cédula").fill(identifier)
    page.get_by_label("Contraseña", exact=True).fill(password)
    press(page, "Ingresar")


def test_a_refused_sign_in_says_the_same_for_everybody_and_keeps_the_identifier(walk: Walk):
    page = walk.person()
    page.goto("/ingresar/")
    for identifier in (walk.instance.people["auditor"].email, f"nadie-{walk.scripts}@example.org"):
        try_to_enter(page, identifier, "no es la clave")
        refused(page, "No reconocemos esos datos. Revise su correo o cédula y su contraseña.")
        expect(page).to_have_title("Error: Ingresar · Minga")
        expect(page.get_by_label("Correo electrónico o cédula")).to_have_value(identifier)
        expect(page.get_by_label("Contraseña", exact=True)).to_have_value("")


def test_too_many_attempts_close_the_door_for_a_while_and_the_page_says_how_long(walk: Walk):
    page = walk.person()
    page.goto("/ingresar/")
    for _attempt in range(6):
        try_to_enter(page, f"insistente-{walk.scripts}@example.org", "no es la clave")
    refused(page, "Hubo demasiados intentos. Espere 10")
    expect(page.get_by_label("Correo electrónico o cédula")).to_be_visible()


def test_a_session_is_closed_from_another_device_and_that_one_is_told(walk: Walk):
    here, there = walk.person("administrator"), walk.person("administrator")
    there.goto("/cuenta/sesiones/")
    here.goto("/cuenta/sesiones/")
    open_before = here.locator("main tbody tr").count()
    # The newest session is listed first; the one of this tab has no button.
    here.locator("main tbody tr").get_by_role("button").first.click()
    told(here, "Cerró esa sesión.")
    expect(here.locator("main tbody tr")).to_have_count(open_before - 1)

    there.goto("/cuenta/")
    expect(heading(there)).to_have_text("Ingresar")
    told(there, "Usted cerró esta sesión desde otro equipo o ventana.")


def test_a_form_sent_after_the_session_ended_is_kept_through_signing_in(walk: Walk):
    writing, closing = walk.person("head.mintel"), walk.person("head.mintel")
    writing.goto("/escritorio/instituciones/mintel/contacto/")
    writing.get_by_label("Teléfono").fill("02 220 0200")
    closing.goto("/cuenta/sesiones/")
    press(closing, "Cerrar todas las demás")
    told(closing, "Solo queda abierta esta sesión.")

    press(writing, "Guardar")
    expect(heading(writing)).to_have_text("Ingrese para enviar lo que escribió")
    press(writing, "Ingresar")
    person = walk.instance.people["head.mintel"]
    try_to_enter(writing, person.email, person.password)
    press(writing, "Enviar lo que escribí")
    told(writing, "Los contactos quedaron guardados.")
    writing.goto("/instituciones/mintel/")
    expect(writing.locator("main")).to_contain_text("02 220 0200")


def test_leaving_closes_the_session(walk: Walk):
    page = walk.person("auditor")
    page.goto("/cuenta/")
    press(page, "Salir de Minga")
    expect(page.get_by_role("link", name="Ingresar")).to_be_visible()
    page.goto("/escritorio/")
    expect(heading(page)).to_have_text("Ingresar")
