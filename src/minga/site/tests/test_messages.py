"""What Minga says in its other languages: complete in English, never broken, unreviewed where nobody has looked."""

import re

import pytest
from babel.messages.mofile import write_mo
from django.test import Client
from lxml import html

from minga.site.cli import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*[^}]*\}")
SPANISH = frozenset(
    re.findall(
        r"\w+",
        "Institución Instituciones Buscar Volver Ingresar Escritorio Inicio Fuente Página Nombre Norma Desde Hasta "
        "Idioma Trámites Indicador Estrategia Siguiente Anterior Guardar Accesibilidad "
        "los las del que con por para una sin según también está aquí ningún día año",
    )
)
PAGES = ("/", "/buscar/?q=zzzzqqq", "/instituciones/", "/territorio/", "/calendario/", "/plan/", "/hechos/",
         "/privacidad/", "/accesibilidad/", "/ingresar/", "/sistema-de-diseno/", "/nada/")  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return messages.extracted()


def forms(text):
    return text if isinstance(text, tuple | list) else (text,)


def test_every_message_has_its_english(found):
    assert [
        message.id for message in messages.merged(found, "en") if not messages.is_translated(message)
    ] == []


def test_catalogues_hold_nothing_but_what_is_said_today(found):
    known = {(message.id, message.context) for message in found}
    for language in messages.LANGUAGES:
        assert {(message.id, message.context) for message in messages.read(language)} <= known, language


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_translations_keep_the_places_for_values(language):
    wrong = [
        (message.id, said)
        for message in messages.read(language)
        for said in forms(message.string)
        if message.id and said
        and sorted(PLACEHOLDER.findall(said)) != sorted(PLACEHOLDER.findall(forms(message.id)[-1]))
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_catalogue_can_be_compiled(language, tmp_path):
    with (tmp_path / "django.mo").open("wb") as compiled:
        write_mo(compiled, messages.read(language))
    assert (tmp_path / "django.mo").stat().st_size > 1000


def test_extracting_again_changes_nothing(found, tmp_path, monkeypatch):
    kept = {language: messages.path_of(language).read_text() for language in messages.LANGUAGES}
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    for language, text in kept.items():
        messages.path_of(language).parent.mkdir(parents=True)
        messages.path_of(language).write_text(text)
        messages.write(messages.merged(found, language), language)
        assert messages.path_of(language).read_text() == text


def test_a_language_that_begins_gets_an_empty_catalogue(found, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages.write(messages.merged(found, "en"), "en")
    begun = messages.read("en")
    assert len(begun) == len(found)
    assert not any(messages.is_translated(message) for message in begun if message.id)


def spoken(page):
    """The words that a page says in its own language, names and quotations in others aside."""
    tree = html.fromstring(page)
    for foreign in tree.xpath("//body//*[@lang and not(@lang='en')] | //script | //td | //th | //option"):
        foreign.drop_tree()
    return set(re.findall(r"\w+", tree.text_content() + " ".join(tree.xpath("//@aria-label | //@title"))))


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_a_page_in_english_has_no_spanish_words(path):
    answer = Client(headers={"accept-language": "en"}).get(path)
    assert answer.headers["Content-Language"] == "en"
    assert spoken(answer.content.decode()) & SPANISH == set()


@pytest.mark.django_db
def test_pages_in_kichwa_say_that_nobody_has_reviewed_them():
    text = Client(headers={"accept-language": "qu"}).get("/").content.decode()
    assert "Maskana" in text
    assert "Sin revisar" in text
    assert "Sin revisar" not in Client().get("/").content.decode()


def test_the_catalogue_in_kichwa_says_that_nobody_has_reviewed_it():
    assert messages.path_of("qu").read_text().partition("\n\n")[0].count("sin revisar") == 1
