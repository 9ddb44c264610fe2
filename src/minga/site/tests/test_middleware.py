"""Requests leave one line without anything personal; readers keep their language."""

import json

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from minga.site import wsgi


def lines(capfd):
    """What the process wrote about requests since it was last asked."""
    written = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    return [line for line in written if line["event"] == "request"]


def test_the_server_finds_its_application():
    assert callable(wsgi.application)


def test_a_request_leaves_its_route_and_nothing_of_its_own(capfd):
    Client().get("/hechos/?secreto=1", headers={"user-agent": "x"})
    (line,) = lines(capfd)
    assert line.keys() == {"event", "level", "timestamp", "request", "method", "route", "status", "ms"}
    assert line["route"] == "/hechos/"
    assert "secreto" not in json.dumps(line)


@pytest.mark.parametrize(
    ("path", "route"), [("/nada/0102030405/", "unmatched"), ("/static/x/ui/minga.css", "static")]
)
def test_addresses_outside_the_house_are_not_written_down(capfd, path, route):
    Client().get(path)
    assert [line["route"] for line in lines(capfd)] == [route]


def test_each_answer_has_its_own_number():
    numbers = {Client().get("/salud/vivo").headers["X-Request-ID"] for _ in range(3)}
    assert len(numbers) == 3


def test_each_answer_is_counted_by_route_and_status():
    labels = {"method": "GET", "route": "/salud/vivo", "status": "200"}
    before = REGISTRY.get_sample_value("minga_request_seconds_count", labels) or 0
    Client().get("/salud/vivo")
    assert REGISTRY.get_sample_value("minga_request_seconds_count", labels) == before + 1


def test_an_invented_method_does_not_make_a_new_series():
    Client().generic("INVENTADO", "/salud/vivo")
    labels = {"method": "other", "route": "/salud/vivo", "status": "405"}
    assert REGISTRY.get_sample_value("minga_request_seconds_count", labels)


@pytest.mark.parametrize(
    ("accepts", "spoken"),
    [("", "es"), ("en-GB,es;q=0.5", "en"), ("qu", "qu"), ("de,fr", "es"), ("x;q=z", "es")],
)
def test_the_browsers_language_is_spoken_when_it_is_one_of_ours(accepts, spoken):
    answer = Client().get("/privacidad/", headers={"accept-language": accepts})
    assert answer.headers["Content-Language"] == spoken
    assert f'lang="{spoken}"' in answer.content.decode()


def test_a_choice_is_remembered_and_leads_back_to_the_same_page():
    client = Client()
    answer = client.get("/buscar/?q=agua&idioma=en&tipo=plan")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/buscar/?q=agua&tipo=plan"
    assert answer.cookies["minga_idioma"]["httponly"]
    assert client.get("/privacidad/").headers["Content-Language"] == "en"


def test_an_unknown_language_is_passed_over():
    assert Client().get("/privacidad/?idioma=xx").status_code == 200


@pytest.mark.parametrize("path", ["//elsewhere.example/?idioma=en", "/%2F/elsewhere.example/?idioma=en"])
def test_a_choice_of_language_never_leads_to_another_site(path):
    answer = Client().get(path)
    location = answer.headers.get("Location", "/")
    assert not location.startswith("//")
    assert location.startswith("/")
