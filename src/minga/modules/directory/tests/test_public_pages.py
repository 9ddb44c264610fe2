"""What everybody can read, how fast, and as which data."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from minga.kernel import cards
from minga.kernel.references import Reference
from minga.modules.directory.actions import (
    Period,
    close_institution,
    declare_population,
    rename_institution,
)
from minga.modules.directory.models import Sector
from minga.modules.directory.tests.cast import STEWARD, found

pytestmark = pytest.mark.django_db


def listed(client, **query) -> list[str]:
    """Codes of the institutions on the list, read from its CSV."""
    answer = client.get(reverse("directory:institutions"), {**query, "formato": "csv"})
    assert answer.status_code == 200
    return [row["codigo"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]


def page(client, name, *args, **query):
    answer = client.get(reverse(f"directory:{name}", args=args), query)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def test_the_list_is_in_spanish_order(client):
    for code, name in (("c", "Ñandú"), ("a", "Ábaco"), ("d", "Zeta"), ("b", "Nube")):
        found(code, name=name)
    assert listed(client) == ["a", "b", "c", "d"]
    assert listed(client, orden="-nombre") == ["d", "c", "b", "a"]


@pytest.mark.parametrize("text", ["salud", "SALÚD", "pública salud", "msp", "MSP", "ministerio de salud"])
def test_an_institution_is_found_by_words_without_accents_by_acronym_and_by_code(client, text):
    found("msp", name="Ministerio de Salud Pública", acronym="MSP")
    found("mag", name="Ministerio de Agricultura", acronym="MAG")
    assert listed(client, q=text) == ["msp"]


@pytest.mark.parametrize("text", ["%", "_", "'; drop table", "\\", "\u202e", "(((", "a" * 200])
def test_odd_words_find_nothing_and_break_nothing(client, text):
    found("msp", name="Ministerio de Salud Pública")
    page(client, "institutions", q=text)


def test_the_list_is_filtered_by_type_sector_and_function(client):
    Sector.objects.create(code="salud", name="Salud", sort_key="salud")
    found("msp", sector="salud")
    found("ant", type="agencia")
    found("cne", function="electoral")
    assert listed(client, sector="salud") == ["msp"]
    assert listed(client, tipo="agencia") == ["ant"]
    assert listed(client, funcion="electoral") == ["cne"]
    assert listed(client, tipo="ministerio", funcion="ejecutiva") == ["msp"]


def test_the_search_form_shows_what_was_asked_for(client):
    found("ant", type="agencia")
    text = page(client, "institutions", q="ant", tipo="agencia", orden="-nombre")
    for shown in (
        'name="q" type="text" value="ant"',
        '<option value="agencia" selected>',
        'name="orden" value="-nombre"',
        '<details class="govuk-details" open>',
    ):
        assert shown in text
    assert '<details class="govuk-details">' in page(client, "institutions", q="ant")


def test_a_filter_that_does_not_exist_is_named_and_filters_nothing(client):
    found("msp")
    text = page(client, "institutions", tipo="club", fecha="2019-13-45", orden="raro")
    assert "msp/" in text
    assert "Hay un problema" in text


def test_the_list_on_a_day_shows_what_existed_under_the_name_of_that_day(client):
    ministry = found("mae", name="Ministerio del Ambiente", valid_from=date(2000, 1, 1))
    found("nuevo", name="Nuevo", valid_from=date(2022, 1, 1))
    rename_institution(
        id=ministry.pk,
        name="Ministerio del Ambiente y Agua",
        acronym="",
        since=date(2020, 6, 1),
        norm="",
        code="mae",
        version=1,
        actor=STEWARD,
    )
    text = page(client, "institutions", fecha="2019-06-01")
    assert "Ministerio del Ambiente<" in text
    assert "Nuevo<" not in text
    assert listed(client, fecha="2022-06-01") == ["mae", "nuevo"]


def test_the_list_keeps_those_in_a_register_on_the_day(client):
    ministry = found("msp")
    found("otra")
    declare_population(
        id=ministry.pk,
        register="apc",
        periods=[Period(valid_from=date(2018, 1, 1), valid_until=date(2020, 1, 1))],
        version=1,
        actor=STEWARD,
    )
    assert listed(client, registro="apc", fecha="2019-06-01") == ["msp"]
    assert listed(client, registro="apc", fecha="2021-06-01") == []


def test_a_page_beyond_the_last_does_not_exist(client):
    found("msp")
    for number in ("2", "0", "-1", "x", "9" * 30):
        assert client.get(reverse("directory:institutions"), {"pagina": number}).status_code == 404


def test_an_institution_says_what_it_is_since_when_and_by_which_norm(client):
    found("top", name="Presidencia")
    ministry = found(
        "msp",
        name="Ministerio de Salud Pública",
        acronym="MSP",
        valid_from=date(1967, 6, 16),
        created_by="Decreto 084",
        parent="top",
        websites=("www.salud.gob.ec",),
    )
    text = page(client, "institution", "msp")
    for words in ("Ministerio de Salud Pública (MSP)", "16 de junio de 1967", "Decreto 084", "Presidencia"):
        assert words in text
    assert 'href="https://www.salud.gob.ec"' in text
    assert "Ministerio de Salud Pública" in page(client, "institution", "top")
    close_institution(id=ministry.pk, on=date(2020, 1, 1), norm="Decreto 1", version=1, actor=STEWARD)
    assert "Dejó de existir el 1 de enero de 2020" in page(client, "institution", "msp")


def test_an_old_address_leads_to_the_new_one_for_good(client):
    ministry = found("mae")
    rename_institution(
        id=ministry.pk,
        name="Otro",
        acronym="",
        since=date(2020, 1, 1),
        norm="",
        code="maate",
        version=1,
        actor=STEWARD,
    )
    answer = client.get("/instituciones/mae/")
    assert (answer.status_code, answer["Location"]) == (301, "/instituciones/maate/")


def test_an_address_that_nobody_had_is_not_found(client):
    for address in ("/instituciones/nada/", "/territorio/99/", "/territorio/nada/"):
        assert client.get(address).status_code == 404


def test_other_rooms_tell_what_they_know_of_the_institution(client, monkeypatch):
    def panel(reference: Reference, day: date) -> cards.Panel:
        return cards.Panel("Trámites", [("Publicados", "12", "/tramites/")])

    room = cards.Room(name="other", title="Otra", level=3, institution_panel=panel)
    monkeypatch.setattr(cards, "_rooms", [*cards.rooms(), room])
    found("msp")
    text = page(client, "institution", "msp")
    assert "Publicados" in text
    assert 'href="/tramites/"' in text


def test_what_people_wrote_is_shown_as_text(client):
    found("x", name="<script>alert(1)</script>", created_by="<b>")
    for text in (page(client, "institution", "x"), page(client, "institutions")):
        assert "<script>alert" not in text
        assert "<b>" not in text


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(client):
    found("x", name="=HYPERLINK(1)")
    answer = client.get(reverse("directory:institutions"), {"formato": "csv"})
    assert ",'=HYPERLINK(1)," in answer.content.decode("utf-8-sig")


def test_a_population_that_cannot_be_asked_for_says_why(client):
    answer = client.get(reverse("directory:population"), {"registro": "club", "fecha": "ayer"})
    assert answer.status_code == 422
    assert "Hay un problema" in answer.content.decode()


@pytest.mark.parametrize("lists", ["institutions", "population", "territory"])
def test_an_empty_register_has_its_words(client, lists):
    assert "<h1" in page(client, lists)
