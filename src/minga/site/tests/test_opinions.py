"""Did this page help you? Asked at the end of pages about one thing, answered by nobody in particular."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver

from minga.foundation.ledger.models import LedgerFact
from minga.foundation.ledger.recording import record
from minga.foundation.search import Document, index
from minga.kernel import cards
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import frozen, now, today
from minga.kernel.facts import Sha256
from minga.kernel.references import Reference
from minga.modules.identity.models import Throttle
from minga.modules.plan.facts import NormIssued
from minga.site import jobs, opinions
from minga.site.models import Opinion
from minga.site.pages.opinion import PER_NETWORK
from minga.ui.opinion import opinion_url

pytestmark = pytest.mark.django_db
PAGE = "/plan/estrategias/E12/"
FORM = opinion_url(PAGE)
LIST = "/escritorio/opiniones/"


def _answer(client=None, *, helped="no", text="", token=None, page=PAGE, **more):
    sent = {"helped": helped, "text": text, "token": str(token or uuid4())}
    return (client or Client()).post(opinion_url(page), sent, **more)


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


def test_a_page_under_another_spelling_of_its_address_does_not_ask():
    position = record(
        NormIssued(
            initiative=Reference.of("initiative", "1.1"),
            issued_on=today(),
            gazette_on=None,
            document=Sha256("0" * 64),
        ),
        actor=Actor.system("test"),
        subject=Reference.of("norm", uuid4()),
    )
    assert 'rel="nofollow"' in _text(Client().get(f"/plan/hechos/{position}/"))
    assert 'rel="nofollow"' not in _text(Client().get(f"/plan/hechos/{'0' * 200}{position}/"))


def test_every_page_that_asks_has_an_address():
    known = {name for resolver in get_resolver().url_patterns for name in _names(resolver)}
    assert set(cards.each(lambda room: room.asks_for_opinion)) <= known


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
    "forged",
    [
        "",
        "/plan/",
        f"{PAGE}:",
        parse_qs(urlsplit(FORM).query)["pagina"][0].replace("E12", "E11"),
        "//example.org/:abc",
        "https://example.org/plan/:abc",
        "/instituciones/llame-al-0990000000/:abc",
        "<script>alert(1)</script>",
    ],
)
@pytest.mark.parametrize("form", ["/opinion/", "/opinion/gracias/"])
def test_only_a_page_that_was_shown_can_be_judged(form, forged):
    answers = [Client().get(form, {"pagina": forged})]
    if form == "/opinion/":
        answers.append(Client().post("/opinion/", query_params={"pagina": forged}))
    for answer in answers:
        assert answer.status_code == 404
        assert "No sabemos de qué página opina" in _text(answer)
        assert "<script>alert" not in _text(answer)
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"nothing": "here"}])
def test_an_empty_form_is_an_answer_with_faults_and_not_a_look(sent):
    assert Client().post(FORM, sent).status_code == 422


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
    known = LedgerFact.objects.count()
    _answer(steward, text="Falta el mapa")
    kept = {field.name for field in Opinion._meta.get_fields()}
    assert kept == {"token", "address", "helped", "text", "day"}
    assert LedgerFact.objects.count() == known


def test_the_pages_that_helped_least_come_first(steward):
    for page, no, yes in (("/plan/", 1, 5), ("/calendario/", 1, 2), (PAGE, 2, 0), ("/privacidad/", 0, 1)):
        for count, helped in ((no, False), (yes, True)):
            for _ in range(count):
                _given(page, helped=helped)
    _given("/hechos/", days_ago=90)
    rows = re.findall(
        r'href="/escritorio/opiniones/([^"?]+)".*?>(\d+)</td>.*?>(\d+)</td>', _text(steward.get(LIST)), re.S
    )
    assert rows == [
        ("plan/estrategias/E12/", "2", "0"),
        ("calendario/", "1", "2"),
        ("plan/", "1", "5"),
        ("privacidad/", "0", "1"),
    ]


def test_comments_are_read_newest_first_page_by_page(steward):
    for age in range(51):
        _given(text=f"Comentario de hace {age} días.", days_ago=age)
    _given(helped=True)
    first, second = (_text(steward.get(f"{LIST}plan/estrategias/E12/?pagina={n}")) for n in (1, 2))
    assert re.findall(r"<br>Comentario de hace (\d+)", first) == [str(age) for age in range(50)]
    assert re.findall(r"<br>Comentario de hace (\d+)", second) == ["50"]
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


def test_answers_are_forgotten_after_a_year():
    _given(text="Viejo", days_ago=opinions.KEPT_DAYS + 1)
    _given(text="Reciente", days_ago=opinions.KEPT_DAYS)
    assert jobs.forget(timestamp=0) == 1
    assert [opinion.text for opinion in Opinion.objects.all()] == ["Reciente"]


def test_the_privacy_page_says_how_long_answers_are_kept():
    assert opinions.KEPT_DAYS == 365
    assert "lo borramos todo a los 12 meses" in _text(Client().get("/privacidad/"))


def test_a_steward_erases_a_text_that_names_somebody_and_the_answer_still_counts(steward, person_with):
    opinion = _given(text="Pregunten a la señora Inventada")
    address = f"{LIST}texto/{opinion.pk}/borrar/"
    assert person_with(Role.AUDITOR).post(address).status_code == 403
    assert address not in _text(person_with(Role.AUDITOR).get(f"{LIST}plan/estrategias/E12/"))
    assert address in _text(steward.get(f"{LIST}plan/estrategias/E12/"))
    page = _text(steward.post(address, follow=True))
    assert "El texto se borró" in page
    assert "Inventada" not in page
    assert "No sirvió, 1 · Sirvió, 0" in page
    assert LedgerFact.objects.get(name="site.opinion.erased").subject.endswith(str(opinion.pk))
    assert steward.post(f"{LIST}texto/{uuid4()}/borrar/").status_code == 404


def test_search_engines_stay_away_from_the_form():
    assert "Disallow: /opinion/" in _text(Client().get("/robots.txt"))
    assert '<meta name="robots" content="noindex">' in _text(Client().get(FORM))
