"""An official's first page: what waits, what is late, and where they can work."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import structlog
from django.test import Client

from minga.kernel import cards
from minga.kernel.actors import Role
from minga.kernel.cards import Task
from minga.kernel.clock import frozen, today
from minga.kernel.references import Reference
from minga.modules.identity.tests.cast import new_institution, new_person, signed_in
from minga.site import waiting
from minga.site.waiting import When, distances, when

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 7, 17)
DAY = timedelta(days=1)


@pytest.fixture
def rooms(monkeypatch):
    """A function that makes these the only rooms with tasks."""

    def let(*rooms_tasks):
        plain = [replace(room, tasks=None) for room in cards.rooms()]
        added = [
            cards.Room(name=f"prueba{number}", title=f"Prueba {number}", level=3, tasks=tasks)
            for number, tasks in enumerate(rooms_tasks)
        ]
        monkeypatch.setattr(cards, "_rooms", [*plain, *added])

    return let


@pytest.fixture
def approver(person_with):
    return person_with(Role.APPROVER)


def task(title="Acuerdo 1", **more):
    return Task(**{"kind": "Normas por registrar", "title": title, "url": "/escritorio/normas/1/", **more})


def opened(client, **query):
    answer = client.get("/escritorio/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_is_shown_the_way_in_and_back():
    answer = Client().get("/escritorio/")
    assert answer.headers["Location"] == "/ingresar/?next=%2Fescritorio%2F"


def test_each_sees_where_their_posts_let_them_work(person_with):
    steward = opened(person_with(Role.STEWARD))
    editor = opened(person_with(Role.EDITOR))
    assert "/escritorio/calendario/" in steward
    assert "/escritorio/calendario/" not in editor
    assert "Ministerio de Telecomunicaciones" in editor


def test_what_waits_comes_first(approver, rooms):
    asked = []

    def tasks(actor):
        asked.append(actor.known)
        return [task()]

    rooms(tasks)
    text = opened(approver)
    assert text.index("Acuerdo 1") < text.index("Dónde puede trabajar")
    assert asked == [True]


def test_what_is_late_stands_above_what_is_due_today_and_that_above_the_rest(approver, rooms):
    dues = {"Sin reloj": None, "Lejana": 40 * DAY, "De hoy": 0 * DAY, "Tarde": -9 * DAY}
    rooms(
        lambda actor: [task(title, due=due if due is None else today() + due) for title, due in dues.items()]
    )
    text = opened(approver)
    order = ["Vencidas (1)", "Tarde", "Para hoy (1)", "De hoy", "Lejana", "Sin plazo (1)", "Sin reloj"]
    places = [text.index(f">{words}") for words in order]
    assert places == sorted(places)
    assert "vence hoy" in text
    assert "venció hace" in text


@pytest.mark.parametrize(
    ("due", "urgency"),
    [
        (FRIDAY - DAY, When.OVERDUE),
        (FRIDAY, When.TODAY),
        (FRIDAY + DAY, When.WEEK),
        (FRIDAY + 2 * DAY, When.WEEK),
        (FRIDAY + 3 * DAY, When.LATER),
        (None, When.NONE),
    ],
)
def test_a_week_ends_on_sunday(due, urgency):
    assert when(due, FRIDAY) is urgency


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (-4, "venció hace 4 días laborables"),
        (-1, "venció ayer"),
        (0, "vence hoy"),
        (1, "vence mañana"),
        (2, "vence antes del próximo día laborable"),
        (3, "falta 1 día laborable"),
        (7, "faltan 5 días laborables"),
        (40_000, ""),
        (-40_000, ""),
    ],
)
def test_distances_are_told_in_working_days(apart, words):
    assert distances([FRIDAY + apart * DAY], FRIDAY) == {FRIDAY + apart * DAY: words}


def test_what_was_due_on_a_day_of_rest_before_is_not_said_to_be_a_working_day_late():
    sunday = FRIDAY + 2 * DAY
    assert distances([FRIDAY], sunday)[FRIDAY] == "venció el último día laborable"


def test_a_room_that_fails_is_named_and_the_others_still_count(approver, rooms):
    def broken(actor):
        yield task("Antes del error")
        raise ZeroDivisionError("Inés Caiza")

    rooms(broken, lambda actor: [task("Otra tarea")])
    with structlog.testing.capture_logs() as lines:
        text = opened(approver)
    assert "Otra tarea" in text
    assert "en: Prueba 0" in text
    assert [line["room"] for line in lines if line["event"] == "tasks of a room failed"] == ["prueba0"]
    rooms(broken)
    assert "Nada espera por usted" not in opened(approver)


def test_many_tasks_are_cut_into_pages_and_none_is_lost(approver, rooms):
    rooms(lambda actor: [task(f"Tarea {number:03}") for number in range(150)])
    first, second = opened(approver), opened(approver, pagina=2)
    for number in range(150):
        assert (f"Tarea {number:03}<" in first) != (f"Tarea {number:03}<" in second)
    assert "Sin plazo (150)" in first
    assert approver.get("/escritorio/", {"pagina": 3}).status_code == 404


def test_a_room_with_more_than_fits_is_told(approver, rooms, monkeypatch):
    monkeypatch.setattr(waiting, "MOST", 2)
    rooms(lambda actor: (task(str(number)) for number in range(3)))
    assert "las primeras" in opened(approver)


def test_filters_live_in_the_address(approver, rooms):
    rooms(
        lambda actor: [
            task("Acuerdo 1", due=today()),
            task("Acuerdo 2", kind="Informes por revisar"),
        ]
    )
    text = opened(approver, tipo="informes-por-revisar")
    assert ("Acuerdo 2" in text, "Acuerdo 1" in text) == (True, False)
    text = opened(approver, vence="hoy")
    assert ("Acuerdo 1" in text, "Acuerdo 2" in text) == (True, False)
    text = opened(approver, vence="vencidas")
    assert "Nada coincide" in text
    both = opened(approver, tipo="ya-no-hay", vence="nunca")
    assert "Acuerdo 1" in both
    assert "Acuerdo 2" in both


def test_whoever_serves_several_institutions_can_choose_one(approver, rooms):
    places = [
        new_institution(code, name) for code, name in (("aaa", "Ministerio A"), ("bbb", "Ministerio B"))
    ]
    rooms(lambda actor: [task(f"De {place.code}", institution=place.reference) for place in places])
    text = opened(approver)
    assert "Ministerio A (1)" in text
    chosen = opened(approver, institucion=str(places[1].id))
    assert ("De bbb" in chosen, "De aaa" in chosen) == (True, False)


def test_an_institution_is_not_asked_for_where_there_is_one(approver, rooms):
    rooms(lambda actor: [task(institution=Reference.of("institution", "x"))])
    assert 'name="institucion"' not in opened(approver)


def test_nothing_to_do_is_said(approver, rooms):
    rooms(lambda actor: [])
    assert "Nada espera por usted ahora" in opened(approver)


def test_posts_that_end_soon_wait_for_the_head_without_naming_anybody(db):
    place = new_institution("zzz", "Instituto Z")
    head = signed_in(new_person(role=Role.HEAD, at=place))
    soon = new_person("Rosa", "Quishpe", role=Role.EDITOR, at=place, ends=today() + 10 * DAY)
    new_person(role=Role.EDITOR, at=place, ends=today() + 30 * DAY)
    text = opened(head)
    assert "1 puesto termina pronto" in text
    assert "/escritorio/personas/?institucion=zzz" in text
    assert "Quishpe" not in text
    soon.posts.update(ends=today() + 30 * DAY)
    assert "termina pronto" not in opened(head)


def test_a_post_that_is_renewed_waits_for_nobody(db):
    place = new_institution("zzz", "Instituto Z")
    head = signed_in(new_person(role=Role.HEAD, at=place))
    person = new_person(role=Role.EDITOR, at=place, ends=today() + 10 * DAY)
    post = person.posts.get()
    post.pk, post.starts, post.ends = None, today() + 10 * DAY, None
    post._state.adding = True
    post.save()
    assert "termina pronto" not in opened(head)


def test_heads_whose_post_ends_wait_for_the_steward(person_with):
    place = new_institution("zzz", "Instituto Z")
    new_person(role=Role.HEAD, at=place, ends=today() + 3 * DAY)
    new_person(role=Role.EDITOR, at=place, ends=today() + 3 * DAY)
    steward, editor = opened(person_with(Role.STEWARD)), opened(person_with(Role.EDITOR))
    assert "1 puesto termina pronto" in steward
    assert "termina pronto" not in editor


def test_institutions_nobody_has_verified_wait_for_the_steward(person_with):
    new_institution("zzz", "Instituto Z")
    assert "por verificar" in opened(person_with(Role.STEWARD))
    assert "por verificar" not in opened(person_with(Role.APPROVER))


def test_a_day_is_that_of_ecuador():
    with frozen(datetime(2026, 7, 18, 3, tzinfo=UTC)):
        assert when(date(2026, 7, 17), today()) is When.TODAY
