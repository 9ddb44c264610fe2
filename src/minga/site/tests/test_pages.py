"""The site's own pages: home, search, facts, the small print and health."""

import re
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client

from minga.foundation.search import Document, counting, index
from minga.kernel import cards
from minga.kernel.cards import Panel
from minga.kernel.clock import now
from minga.kernel.references import Reference
from minga.site import beginnings

pytestmark = pytest.mark.django_db


def _document(number, kind="pagina", title="Páramo del Ángel"):
    reference = Reference.of("page", f"prueba-{kind}-{number}")
    return Document(kind=kind, reference=reference, title=f"{title} {number}", url=f"/prueba/{number}/")


@pytest.fixture
def found_pages():
    index([_document(number) for number in range(12)])


def get(path, **headers):
    return Client().get(path, headers=headers)


def test_the_first_page_asks_one_question_and_shows_what_rooms_tell(monkeypatch):
    panel = Panel("Del territorio", [("Cantones", "221", "/territorio/")])
    room = cards.Room(name="prueba", title="Prueba", level=3, home=lambda: panel)
    monkeypatch.setattr(cards, "_rooms", [*cards.rooms(), room])
    text = get("/").content.decode()
    assert "¿Qué necesita hacer?" in text
    assert re.search(r'<a class="govuk-link" href="/territorio/">Cantones</a>.*?221', text, re.S)


def test_search_finds_what_rooms_offer_page_by_page(found_pages):
    first = get("/buscar/?q=paramo").content.decode()
    second = get("/buscar/?q=paramo&pagina=2").content.decode()
    assert first.count("/prueba/") == 10
    assert second.count("/prueba/") == 2


def test_search_can_show_one_kind_only(found_pages):
    index([_document(1, "plan", "Páramo")])
    text = get("/buscar/?q=paramo&tipo=plan").content.decode()
    assert text.count("/prueba/") == 1


def test_a_kind_that_nobody_offers_is_passed_over(found_pages):
    assert get("/buscar/?q=paramo&tipo=nada").content.decode().count("/prueba/") == 10


@pytest.mark.parametrize("asked", ["0", "-1", "x", "99999", "٣", "3"])
def test_pages_of_results_that_do_not_exist_say_so(found_pages, asked):
    assert get(f"/buscar/?q=paramo&pagina={asked}").status_code == 404


@pytest.mark.parametrize(
    "question", ["", "   ", "zzzzqqq", "<script>alert(1)</script>", "' OR 1=1 --", "%" * 50]
)
def test_any_question_gets_an_answer(question):
    answer = Client().get("/buscar/", {"q": question})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_nothing_found_says_what_to_try():
    assert "menos palabras" in get("/buscar/?q=zzzzqqq").content.decode()


def test_suggestions_are_a_piece_of_a_page(found_pages):
    text = get("/buscar/sugerencias?q=param").content.decode()
    assert "/prueba/" in text
    assert "<html" not in text


def test_every_fact_has_its_place_in_the_reference():
    text = get("/hechos/").content.decode()
    schemas = get("/hechos/catalogo.json").json()
    assert "calendars.day.declared.v1" in schemas
    assert all(f'id="{name}"' in text for name in schemas)


def test_robots_and_sitemap_point_at_public_pages_only(found_pages):
    robots = get("/robots.txt").content.decode()
    places = re.findall("<loc>(.*?)</loc>", get("/sitemap.xml").content.decode())
    assert "Disallow: /escritorio/" in robots
    assert "/sitemap.xml" in robots
    assert any(place.endswith("/prueba/3/") for place in places)
    assert len(places) == len(set(places))
    assert not [place for place in places if "/escritorio/" in place]


def test_whoever_finds_a_hole_learns_whom_to_tell():
    text = get("/.well-known/security.txt").content.decode()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"].startswith(("mailto:", "https:"))
    assert fields["Expires"] > (now() + timedelta(days=30)).isoformat()


def test_the_privacy_page_says_how_long_searches_are_kept():
    told = get("/privacidad/").content.decode()
    assert (counting.RARE_DAYS, counting.RARE, counting.KEPT_DAYS) == (30, 3, 365)
    assert "un mes si se buscaron menos de tres veces, un año las demás" in told


def test_the_cookies_that_exist_are_the_cookies_that_are_told():
    told = set(re.findall(r'<code class="minga-code">(\w+)</code>', get("/privacidad/").content.decode()))
    assert told == {"minga_idioma", "minga_sesion", "csrftoken"}


def test_the_mark_is_found_at_the_address_of_old():
    answer = get("/favicon.ico")
    assert answer.headers["Location"].endswith("ui/mark.svg")


def test_a_living_process_says_so_without_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert get("/salud/vivo").json() == {"vivo": True}


def test_a_ready_instance_says_so():
    assert get("/salud/listo").json() == {"listo": True}


def test_a_database_that_lacks_a_migration_is_not_ready():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'ledger'")
    answer = get("/salud/listo")
    assert (answer.status_code, answer.json()["motivo"]) == (503, "migraciones pendientes")


def test_without_a_database_the_process_lives_and_is_not_ready():
    def down(*arguments):
        raise OperationalError("gone")

    with connection.execute_wrapper(down):
        assert get("/salud/listo").status_code == 503
        assert get("/salud/vivo").status_code == 200
        answer = get("/instituciones/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_the_site_can_find_its_own_pages():
    assert {document.url for document in beginnings.own_pages()} == {
        "/calendario/",
        "/privacidad/",
        "/hechos/",
        "/desarrolladores/",
    }


@pytest.mark.parametrize("path", ["/", "/buscar/?q=x", "/hechos/", "/privacidad/", "/calendario/", "/nada/"])
@pytest.mark.parametrize("language", ["es", "en", "qu"])
def test_pages_exist_in_every_language(path, language):
    answer = get(path, **{"accept-language": language})
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("path", ["/robots.txt", "/buscar/", "/calendario/", "/"])
def test_pages_to_read_take_no_form(path):
    assert Client().post(path).status_code == 405
