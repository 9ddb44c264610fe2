"""Did this page help you? Asked at the end of pages about one thing, answered by nobody in particular."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from minga.foundation.search import Document, index
from minga.kernel import cards
from minga.kernel.actors import Role
from minga.kernel.clock import frozen, now, today
from minga.kernel.references import Reference
from minga.modules.identity.models import Throttle
from minga.site import jobs, opinions
from minga.site.models import Opinion
from minga.site.pages.opinion import PER_NETWORK

pytestmark = pytest.mark.django_db
PAGE = "/plan/estrategias/E12/"
FORM = f"/opinion/?pagina={PAGE}"
LIST = "/escritorio/opiniones/"


def _answer(client=None, *, helped="no", text="", token=None, page=PAGE, **more):
    sent = {"helped": helped, "text": text, "token": str(token or uuid4())}
    return (client or Client()).post(f"/opinion/?pagina={page}", sent, **more)


def _given(page=PAGE, *, helped=False, text="", days_ago=0):
    return Opinion.objects.create(
        token=uuid4(), address=page, helped=helped, text=text, day=today() - timedelta(days=days_ago)
    )


def _text(answer):
    return answer.content.decode()


@pytest.fixture
def steward(person_with):
    return person_with(Role.STEWARD)


@pytest.mark.parametrize("page", [PAGE, "/plan/programas/P1/", "/plan/indicadores/15/", "/calendario/"])
def test_a_page_about_one_thing_ends_by_asking_whether_it_helped(page):
    text = _text(Client().get(page))
    links = re.findall(r'rel="nofollow" href="(/opinion/[^"]+)"', text)
    assert len(links) == 2
    for link in links:
        form = _text(Client().get(link.replace("&amp;", "&")))
        assert f'href="{page}"' in form


@pytest.mark.parametrize("page", ["/", "/instituciones/", "/plan/estrategias/E99/", "/nada/", FORM])
def test_lists_errors_and_the_form_itself_do_not_ask(page):
    assert 'rel="nofollow"' not in _text(Client().get(page))


def test_every_page_that_asks_has_an_address():
    known = {name for resolver in get_resolver().url_patterns for name in _names(resolver)}
    assert set(cards.each(lambda room: room.thing_pages)) <= known


def _names(resolver, space=""):
    inner = f"{space}{resolver.namespace}:" if resolver.namespace else space
    for pattern in resolver.url_patterns:
        yield from _names(pattern, inner) if hasattr(pattern, "url_patterns") else [f"{inner}{pattern.name}"]


@pytest.mark.parametrize(("asked", "chosen"), [("si", ["si"]), ("no", ["no"]), ("quizas", [])])
def test_the_link_chooses_the_answer(asked, chosen):
    text = _text(Client().get(f"{FORM}&sirve={asked}"))
    assert re.findall(r'value="(\w+)" checked', text) == chosen


def test_reading_the_form_keeps_nothing():
    Client().get(f"{FORM}&sirve=no")
    Client().head(f"{FORM}&sirve=no")
    assert not Opinion.objects.exists()
    assert not Throttle.objects.exists()


def test_an_answer_is_kept_with_its_day_and_thanked_for():
    answer = _answer(text="  No encuentro\r\nel teléfono ")
    assert answer.status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.address, opinion.helped, opinion.day) == (PAGE, False, today())
    assert opinion.text == "No encuentro\nel teléfono"
    thanks = Client().get(answer["Location"])
    assert "Gracias por su opinión" in _text(thanks)
    assert f'href="{PAGE}"' in _text(thanks)


def test_a_page_that_search_knows_is_called_by_its_title():
    index([Document(kind="plan", reference=Reference.of("strategy", "E12"), title="Firma <b>", url=PAGE)])
    assert "Firma &lt;b&gt;" in _text(Client().get(FORM))


def test_a_form_sent_twice_counts_once():
    token = uuid4()
    first, second = _answer(token=token), _answer(token=token)
    assert first["Location"] == second["Location"]
    assert Opinion.objects.count() == 1


def test_each_form_has_a_token_of_its_own():
    tokens = [re.findall(r'name="token" value="([^"]+)"', _text(Client().get(FORM))) for _ in range(2)]
    assert len(tokens[0]) == 1
    assert tokens[0] != tokens[1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"helped": ""}, "elija una opción"),
        ({"helped": "quizas"}, "quizas"),
        ({"text": "a" * 1001}, "Escriba 1000 caracteres como máximo."),
        ({"text": "hola\u202e"}, "marcas ocultas"),
        ({"token": "x"}, "Hay un problema"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(wrong, said):
    answer = _answer(**({"text": "Busqué el horario"} | wrong))
    assert answer.status_code == 422
    assert said in _text(answer)
    assert wrong.get("text", "Busqué el horario") in _text(answer)
    assert not Opinion.objects.exists()


def test_a_thousand_characters_fit_with_their_line_ends():
    _answer(text="\r\n".join(["a" * 499, "b" * 500]))
    assert len(Opinion.objects.get().text) == 1000


def test_tags_in_a_text_are_only_text(steward):
    _answer(text="<script>alert(1)</script>")
    assert "<script>alert" not in _text(steward.get(f"{LIST}plan/estrategias/E12/"))


@pytest.mark.parametrize(
    "page",
    [
        "",
        "plan/",
        "//example.org/",
        "//example.org/plan/",
        "https://example.org/plan/",
        "/\\example.org/",
        "/plan/../escritorio/",
        "/escritorio/",
        "/escritorio/normas/",
        "/cuenta/",
        "/ingresar/",
        "/robots.txt",
        "/plan.json",
        "/plan/?x=1",
        "/opinion/",
        "/instituciones/" + "a" * 200 + "/",
        "<script>alert(1)</script>",
    ],
)
@pytest.mark.parametrize("form", ["/opinion/", "/opinion/gracias/"])
def test_only_our_pages_about_one_thing_can_be_judged(form, page):
    answers = [Client().get(form, {"pagina": page})]
    if form == "/opinion/":
        answers.append(Client().post("/opinion/", query_params={"pagina": page}))
    for answer in answers:
        assert answer.status_code == 404
        assert "No sabemos de qué página opina" in _text(answer)
        assert "<script>alert" not in _text(answer)
    assert not Opinion.objects.exists()


def test_many_answers_from_one_network_have_to_wait():
    noon = now().replace(hour=17, minute=0, second=0, microsecond=0)
    with frozen(noon):
        for _ in range(PER_NETWORK.attempts):
            assert _answer(REMOTE_ADDR="198.51.100.7").status_code == 302
        late = _answer(text="Lo último", REMOTE_ADDR="198.51.100.7")
        other = _answer(REMOTE_ADDR="198.51.100.8")
    assert (late.status_code, late["Retry-After"]) == (429, "3600")
    assert "espere 60 min" in _text(late)
    assert "Lo último" in _text(late)
    assert other.status_code == 302
    with frozen(noon + PER_NETWORK.window):
        assert _answer(REMOTE_ADDR="198.51.100.7").status_code == 302


def test_an_answer_says_nothing_about_who_gave_it(steward):
    _answer(steward, text="Falta el mapa")
    kept = {field.name for field in Opinion._meta.get_fields()}
    assert kept == {"token", "address", "helped", "text", "day"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_fact WHERE name LIKE 'site.%'")
        assert cursor.fetchone() == (0,)


def test_the_pages_that_helped_least_come_first(steward):
    for page, no, yes in (("/plan/", 1, 5), (PAGE, 2, 0), ("/instituciones/mintel/", 0, 1)):
        for count, helped in ((no, False), (yes, True)):
            for _ in range(count):
                _given(page, helped=helped)
    _given("/calendario/", days_ago=90)
    rows = re.findall(
        r'href="/escritorio/opiniones/([^"?]+)".*?>(\d+)</td>.*?>(\d+)</td>', _text(steward.get(LIST)), re.S
    )
    assert rows == [
        ("plan/estrategias/E12/", "2", "0"),
        ("plan/", "1", "5"),
        ("instituciones/mintel/", "0", "1"),
    ]


def test_comments_are_read_newest_first_page_by_page(steward):
    for age in range(51):
        _given(text=f"Comentario de hace {age} días.", days_ago=age)
    _given(helped=True)
    first, second = (_text(steward.get(f"{LIST}plan/estrategias/E12/?pagina={n}")) for n in (1, 2))
    assert re.findall(r"hace (\d+) días", first) == [str(age) for age in range(50)]
    assert re.findall(r"hace (\d+) días", second) == ["50"]
    assert "No sirvió, 51 · Sirvió, 1" in first


def test_the_empty_screens_say_so(steward):
    assert "Nadie ha opinado en los últimos 90 días" in _text(steward.get(LIST))
    assert steward.get(f"{LIST}plan/").status_code == 404
    _given("/plan/", days_ago=100)
    assert "Nadie ha escrito un comentario" in _text(steward.get(f"{LIST}plan/"))


@pytest.mark.parametrize("place", ["", "plan/estrategias/E12/"])
def test_only_stewards_and_auditors_read_what_people_wrote(person_with, place):
    _given(text="Falta el mapa")
    assert person_with(Role.AUDITOR).get(LIST + place).status_code == 200
    assert person_with(Role.EDITOR).get(LIST + place).status_code == 403
    assert Client().get(LIST + place).status_code == 302


def test_texts_are_forgotten_after_a_year_and_the_answers_stay():
    _given(text="Viejo", days_ago=opinions.KEPT_DAYS + 1)
    _given(text="Reciente", days_ago=opinions.KEPT_DAYS)
    assert jobs.forget(timestamp=0) == 1
    assert set(Opinion.objects.values_list("text", flat=True)) == {"", "Reciente"}


def test_the_privacy_page_says_how_long_texts_are_kept():
    assert opinions.KEPT_DAYS == 365
    assert "borramos a los 12 meses el texto" in _text(Client().get("/privacidad/"))


def test_search_engines_stay_away_from_the_form():
    assert "Disallow: /opinion/" in _text(Client().get("/robots.txt"))
    assert '<meta name="robots" content="noindex">' in _text(Client().get(FORM))
