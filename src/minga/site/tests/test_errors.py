"""Every error has words, a next step and the right status; none needs more than the process itself."""

import pytest
from django.db import OperationalError
from django.test import Client

from minga.site import errors

pytestmark = pytest.mark.urls("minga.site.tests.troubled_urls")


@pytest.fixture
def visitor():
    """A browser that gets what a person would get, also when something fails."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/no-existe/", 404, "No hay tal cosa."),
        ("/invalido/", 422, "Escriba otra fecha."),
        ("/conflicto/", 409, "Otra persona cambió esto"),
        ("/no-disponible/", 503, "Vuelva en un rato."),
        ("/base-caida/", 503, "no está disponible"),
        ("/base-cerrada/", 503, "no está disponible"),
        ("/django-404/", 404, "No encontramos esta página"),
        ("/sospechoso/", 400, "No pudimos leer su pedido"),
        ("/inesperado/", 500, "Algo falló de nuestro lado"),
        ("/ninguna-parte/", 404, "No encontramos esta página"),
    ],
)
def test_each_trouble_has_its_page(visitor, path, status, words):
    answer = visitor.get(path)
    text = answer.content.decode()
    assert answer.status_code == status
    assert words in text
    assert 'href="/"' in text
    assert 'lang="es"' in text
    assert "Content-Security-Policy" in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_page_repeats_what_the_error_said(visitor):
    assert "0102030405" not in visitor.get("/inesperado/").content.decode()
    assert "juan" not in visitor.get("/base-caida/").content.decode()
    assert "secreto" not in visitor.get("/django-404/").content.decode()


def test_a_fault_of_ours_tells_its_number(visitor):
    answer = visitor.get("/inesperado/")
    assert answer.headers["X-Request-ID"] in answer.content.decode()


def test_what_is_unavailable_says_when_to_come_back(visitor):
    assert visitor.get("/base-caida/").headers["Retry-After"] == str(errors.RETRY_SECONDS)


@pytest.mark.parametrize("path", ["/prohibido/", "/django-403/"])
def test_a_stranger_is_shown_the_way_to_sign_in(visitor, path):
    answer = visitor.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/ingresar/?next=")


@pytest.mark.parametrize("language", ["en", "qu"])
def test_errors_are_told_in_the_readers_language(visitor, language):
    answer = visitor.get("/inesperado/", headers={"accept-language": language})
    assert f'lang="{language}"' in answer.content.decode()


def test_no_template_is_needed_to_say_that_something_failed(visitor, monkeypatch):
    def broken(*arguments, **options):
        raise OperationalError("no database for the frame")

    monkeypatch.setattr(errors, "render_to_string", broken)
    answer = visitor.get("/inesperado/")
    assert answer.status_code == 500
    assert "Algo falló de nuestro lado" in answer.content.decode()
    assert answer.content.startswith(b"<!doctype html>")


def test_an_error_without_content_gets_its_page_and_keeps_its_headers(visitor):
    answer = visitor.get("/metodo/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "no admite esa acción" in answer.content.decode()


def test_an_address_that_is_too_long_is_refused(visitor):
    assert visitor.get("/buscar/", {"q": "a" * 9000}).status_code == 414


@pytest.mark.parametrize("path", ["/buscar/?q=%00", "/buscar/?q=a%00b"])
def test_bytes_that_no_text_has_are_refused(visitor, path):
    assert visitor.get(path).status_code == 400


def test_a_body_is_refused_by_its_length_before_it_is_read(visitor, settings):
    settings.MINGA_UPLOAD_LIMIT = 1000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = visitor.post("/formulario/", {"texto": "a" * 3000})
    assert answer.status_code == 413
    assert "demasiado grande" in answer.content.decode()


def test_fields_beyond_the_limit_of_memory_are_refused(visitor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = "texto=" + "a" * 2000
    answer = visitor.post("/formulario/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_too_many_fields_are_refused(visitor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    assert visitor.post("/formulario/", {f"c{n}": "x" for n in range(9)}).status_code == 413


@pytest.mark.parametrize("length", ["-1", "mucho", "٣"])
def test_a_length_that_is_no_number_is_refused(visitor, length):
    answer = visitor.generic("POST", "/formulario/", b"", CONTENT_LENGTH=length)
    assert answer.status_code == 400


def test_a_form_that_did_not_come_from_our_page_says_what_to_do():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/ingresar/", {"identifier": "a", "password": "b"})
    assert answer.status_code == 403
    assert "El formulario venció" in answer.content.decode()


def test_a_broken_multipart_body_is_told_so(visitor):
    answer = visitor.generic(
        "POST", "/formulario/", b"--x\r\ngarbage", content_type="multipart/form-data; boundary="
    )
    assert answer.status_code == 400


def test_a_host_that_is_not_ours_is_refused(visitor):
    assert visitor.get("/", headers={"host": "elsewhere.example"}).status_code == 400
