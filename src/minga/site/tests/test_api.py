"""What a program meets at /api/v1/: pages, fields, marks, words for errors, limits and tokens."""

import gzip
import json
from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.test import Client
from tests.structure.tree import ROOT

from minga.foundation.api.models import Allowance
from minga.kernel.clock import frozen, now, today
from minga.modules.directory.models import Institution
from minga.site import caching
from minga.site.api.openapi import text
from minga.site.tests import published

pytestmark = pytest.mark.django_db
LISTS = ("institutions", "registers", "sectors", "places", "programmes", "strategies", "initiatives", "norms")
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module", autouse=True)
def _things(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        published.load()
        yield
        transaction.set_rollback(True)


def get(path, **headers):
    return Client().get(
        f"/api/v1/{path}", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def through(path):
    """All pages of a list, by the Link header alone."""
    pages = [get(path)]
    while following := links_of(pages[-1]).get("next"):
        pages.append(get(following.partition("/api/v1/")[2]))
    return [item for page in pages for item in page.json()["items"]]


def links_of(answer):
    parts = (part.partition("; rel=") for part in answer.headers.get("Link", "").split(", ") if part)
    return {name.strip('"'): address.strip("<>") for address, _, name in parts}


def test_the_description_is_as_it_was_agreed():
    """A reader's program depends on it: change it knowingly, then `make docs`."""
    assert (ROOT / "docs/reference/openapi.json").read_text("utf-8") == text()


def test_everything_is_reached_from_the_entry():
    links = get("").json()["links"]
    assert set(LISTS) <= set(links)
    assert all(Client().get(address).status_code == 200 for address in links.values())


@pytest.mark.parametrize("path", LISTS)
def test_the_pages_of_a_list_join_to_the_whole(path):
    whole = through(f"{path}?page_size=200")
    assert len(whole) == get(path).json()["total"]
    if len(whole) < 60:
        assert through(f"{path}?page_size=3") == whole


def test_the_way_back_leads_through_the_same_pages():
    first = get("institutions?page_size=5")
    second = get(links_of(first)["next"].partition("/api/v1/")[2])
    assert "prev" not in links_of(first)
    again = get(links_of(second)["prev"].partition("/api/v1/")[2])
    assert again.json()["items"] == first.json()["items"]


def test_only_the_fields_that_were_asked_for_come():
    assert get("institutions/mintel?fields=code,name").json().keys() == {"code", "name"}
    assert {tuple(item) for item in get("places?fields=name,code").json()["items"]} == {("name", "code")}


def test_an_answer_that_did_not_change_is_not_sent_again():
    first = get("institutions/mintel")
    again = get("institutions/mintel", if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert get("institutions/mdt", if_none_match=first.headers["ETag"]).status_code == 200
    assert get("institutions/mintel", if_none_match=f'"other", W/{first.headers["ETag"]}').status_code == 304


def test_an_answer_is_given_again_for_its_minute_unless_somebody_changes_something(monkeypatch):
    monkeypatch.setattr(caching, "answers", caching.Shelf(1_000_000))
    before = get("institutions?q=mintel")
    assert before.json()["items"][0]["acronym"] == "MINTEL"
    Institution.objects.filter(code="mintel").update(acronym="MINTEL-2")

    again = get("institutions?q=mintel")
    assert again.content == before.content
    assert again.headers["Link"] == before.headers["Link"]
    assert again.headers["RateLimit"] != before.headers["RateLimit"], "every request is counted"
    assert get("institutions?q=mintel&fields=acronym").json()["items"] == [{"acronym": "MINTEL-2"}]
    assert get("institutions?q=mintel", accept_language="en").json()["items"][0]["acronym"] == "MINTEL-2"

    caching.edition().move()
    assert get("institutions?q=mintel").json()["items"][0]["acronym"] == "MINTEL-2"


def test_only_the_mark_tells_whether_an_answer_changed():
    path = f"norms/{get('norms').json()['items'][0]['id']}"
    answer = get(path, if_modified_since="Fri, 01 Jan 2100 00:00:00 GMT")
    assert answer.status_code == 200
    assert "Last-Modified" not in answer.headers


def test_a_host_that_is_none_gets_a_problem_with_words():
    answer = Client().get("/api/v1/plan", HTTP_HOST="x")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, PROBLEM)
    assert "#problema-bad-request" in answer.json()["type"]


@pytest.mark.parametrize("path", ["institutions", "places"])
def test_a_harvest_keeps_the_day_on_which_it_began(path):
    assert f"on={today()}" in links_of(get(f"{path}?page_size=1"))["next"]


def test_a_cursor_belongs_to_its_filters():
    following = links_of(get("places?level=province&page_size=1"))["next"].partition("/api/v1/")[2]
    assert get(following).status_code == 200
    assert get(following.replace("page_size=1", "page_size=2")).status_code == 200
    assert get(following.replace("level=province", "level=canton")).status_code == 404


def test_a_head_that_finds_nothing_new_has_no_length():
    mark = get("plan").headers["ETag"]
    answer = Client().head("/api/v1/plan", headers={"if-none-match": mark})
    assert answer.status_code == 304
    assert "Content-Length" not in answer.headers


def test_the_description_is_given_to_whoever_accepts_its_own_media_type():
    assert get("openapi.json", accept="application/openapi+json").status_code == 200
    assert get("plan", accept="application/openapi+json").status_code == 406


def test_answers_are_compressed_for_whoever_takes_that_under_a_mark_of_their_own():
    plain, zipped = get("institutions"), get("institutions", accept_encoding="gzip, br")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert (
        get("institutions", accept_encoding="gzip", if_none_match=zipped.headers["ETag"]).status_code == 304
    )
    assert "Accept-Encoding" in zipped.headers["Vary"]


def test_head_tells_everything_but_the_content():
    whole, head = get("institutions/mintel"), Client().head("/api/v1/institutions/mintel")
    assert head.content == b""
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("nada", 404, "not-found"),
        ("institutions/nadie", 404, "not-found"),
        ("institutions/mintel/", 404, "not-found"),
        ("institutions?cursor=x", 404, "not-found"),
        ("facts/99999999999999999999999", 404, "not-found"),
        ("norms/no-uuid", 404, "not-found"),
        ("institutions?page_size=0", 422, "invalid-parameters"),
        ("institutions?pagesize=5", 422, "invalid-parameters"),
        ("institutions?idioma=en", 422, "invalid-parameters"),
        ("institutions?q=a&q=b", 422, "invalid-parameters"),
        ("institutions?fields=", 422, "invalid-parameters"),
        ("institutions?q=%00", 400, "bad-request"),
        (f"institutions?q={'a' * 9000}", 414, "uri-too-long"),
    ],
)
def test_every_error_is_a_problem_with_its_place_in_the_documentation(path, status, kind):
    answer = get(path)
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Request-ID"] in problem["instance"]
    place = problem["type"].partition("#")[2]
    assert place == f"problema-{kind}"
    assert f'id="{place}"' in Client().get("/desarrolladores/").content.decode()


def test_each_wrong_parameter_is_named_with_what_to_write_in_the_readers_language():
    path = "institutions?on=2020-02-31&page_size=201&type=reino"
    spanish = {fault["parameter"]: fault["detail"] for fault in get(path).json()["errors"]}
    assert spanish["on"] == "Escriba la fecha como 2026-03-02."
    assert spanish["page_size"] == "El mayor valor posible es 200."
    assert spanish["type"].startswith("Los valores posibles son: ministerio, secretaria, ")
    assert get(path, accept_language="en").headers["Content-Language"] == "en"


def test_the_api_is_only_read_with_get_and_without_content():
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/institutions")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert Client().generic("GET", "/api/v1/institutions", b"{}").status_code == 415
    assert get("institutions", accept="text/html").status_code == 406


def test_a_program_on_another_site_may_ask():
    asked = Client().options(
        "/api/v1/institutions",
        headers={"origin": "https://elsewhere.example", "access-control-request-method": "GET"},
    )
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    assert "ETag" in get("").headers["Access-Control-Expose-Headers"]


def test_no_cookie_is_looked_at_or_set():
    client = Client()
    client.cookies["minga_idioma"] = "en"
    client.cookies["minga_sesion"] = "whatever"
    answer = client.get("/api/v1/institutions/mintel")
    assert answer.headers["Content-Language"] == "es"
    assert answer.headers["Cache-Control"].startswith("public")
    assert "Cookie" not in answer.headers["Vary"]
    assert not answer.cookies


def test_titles_are_told_in_the_readers_language():
    spanish, english = (get("strategies/E1", accept_language=code).json()["title"] for code in ("es", "en"))
    assert spanish != english


def test_every_answer_says_how_much_may_still_be_asked(settings):
    settings.MINGA_API_LIMIT = 3
    with frozen(now()):
        answers = [get("plan") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"anonymous";q=3;w=300'
    assert [answer.headers["RateLimit"] for answer in answers[:2]] == [
        '"anonymous";r=2;t=100',
        '"anonymous";r=1;t=200',
    ]
    assert answers[3].headers["Retry-After"] == "100"
    assert answers[3].json()["type"].endswith("#problema-too-many-requests")


def test_networks_are_counted_apart_and_only_as_digests(settings):
    settings.MINGA_API_LIMIT = 1
    moment = now()

    def ask(address):
        return Client().get("/api/v1/plan", REMOTE_ADDR=address).status_code

    with frozen(moment):
        assert [ask(address) for address in ("198.51.100.7", "198.51.100.8", "2001:db8::1")] == [200] * 3
        assert ask("2001:db8::2") == 429, "the same customer's network"
    with frozen(moment + timedelta(minutes=5)):
        assert ask("198.51.100.7") == 200
    assert all(len(bytes(row.caller)) == 32 for row in Allowance.objects.all())


def test_the_database_away_is_a_problem_too():
    def fail(execute, *rest):
        raise OperationalError("gone")

    from django.db import connection

    with connection.execute_wrapper(fail):
        answer = get("institutions")
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, PROBLEM)
    assert answer.headers["Retry-After"]


def test_what_nobody_foresaw_is_a_problem_without_its_secrets():
    def fail(execute, *rest):
        raise RuntimeError("the secret of the house")

    from django.db import connection

    with connection.execute_wrapper(fail):
        answer = Client(raise_request_exception=False).get("/api/v1/institutions")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, PROBLEM)
    assert "secret" not in answer.content.decode()


def test_an_indicators_further_pages_belong_to_one_calculation():
    detail = get("indicators/15").json()
    assert (detail["value"], detail["numerator"], detail["denominator"]) == ("1", 1, 1)
    subjects = get(detail["links"]["subjects"].partition("/api/v1/")[2]).json()
    (only,) = subjects["items"]
    assert only["state"] == "counts"
    fact = get(only["links"]["fact"].partition("/api/v1/")[2]).json()
    assert fact["payload"]["initiative"] == "urn:minga:initiative:12.2"
    before = get(f"indicators/15?position={only['fact']['position'] - 1}").json()
    assert before["value"] == "0"


def test_a_published_value_is_had_again_from_its_own_link():
    (value,) = get("indicators/15/publications").json()["items"]
    again = get(value["links"]["recomputed"].partition("/api/v1/")[2]).json()
    assert {name: again[name] for name in ("value", "numerator", "denominator", "definition_hash")} == {
        name: value[name] for name in ("value", "numerator", "denominator", "definition_hash")
    }


def test_an_indicator_that_nothing_measures_has_no_value_instead_of_zero():
    detail = get("indicators/2").json()
    assert detail["measured"] is False
    assert detail["value"] is detail["numerator"] is detail["latest"] is None
    assert get("indicators/2/subjects").json()["items"] == []


def test_institutions_are_as_they_were_on_the_day():
    assert get("institutions/mintel?on=1950-01-01").status_code == 404
    then = {item["code"] for item in through("institutions?on=2015-01-01&page_size=200&fields=code")}
    today_ = {item["code"] for item in through("institutions?page_size=200&fields=code")}
    assert then != today_


def test_a_register_is_the_same_by_its_count_and_by_its_members():
    for register in get(f"registers?on={today()}").json()["items"]:
        members = through(register["links"]["members"].partition("/api/v1/")[2])
        assert len(members) == register["members"]


def test_the_documentation_shows_every_operation_of_the_description():
    page = Client().get("/desarrolladores/").content.decode()
    for path, methods in json.loads(text())["paths"].items():
        assert f'id="{methods["get"]["operationId"]}"' in page, path
        assert f"GET /api/v1{path}</code>" in page
    assert "<script>" not in page
