"""The calculator answers and explains; stewards keep the calendar behind it."""

from datetime import date

import pytest
from django.test import Client

from minga.foundation.calendars.queries import declared_days
from minga.kernel.actors import Role
from minga.kernel.calendars import OverrideKind

pytestmark = pytest.mark.django_db
DAY = {
    "date_dia": "7",
    "date_mes": "1",
    "date_anio": "2030",
    "kind": "holiday",
    "name": "Duelo nacional",
    "norm": "Decreto Ejecutivo 1",
    "canton": "",
}


@pytest.fixture
def steward(person_with):
    return person_with(Role.STEWARD)


def answer(**asked):
    return Client().get("/calendario/", asked).content.decode()


def test_a_term_is_counted_and_every_day_explained():
    text = answer(fecha="2030-01-04", dias="3")
    assert "<strong>9 de enero de 2030</strong>" in text
    assert "Fin de semana" in text


def test_days_in_a_row_are_another_count():
    assert "<strong>7 de enero de 2030</strong>" in answer(
        fecha="2030-01-04", dias="3", conteo="calendar_days"
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"dias": "3"}, "Escriba la fecha."),
        ({"fecha": "2030-02-30", "dias": "3"}, "Esa fecha no existe."),
        ({"fecha": "2030-01-04", "dias": "0"}, "1 o más días"),
        ({"fecha": "2030-01-04", "dias": "muchos"}, "con cifras"),
        ({"fecha": "2030-01-04", "dias": "99999"}, "3650"),
        ({"fecha": "1999-01-04", "dias": "3"}, "2008 a 2060"),
        ({"fecha": "2060-12-30", "dias": "300"}, "2008 a 2060"),
        ({"fecha": "2030-01-04", "dias": "3", "conteo": "lunas"}, "Hay un problema"),
        ({"fecha": "2030-01-04", "dias": "3", "canton": "zz"}, "Hay un problema"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(asked, words):
    assert words in answer(**asked)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_only_stewards_and_auditors_see_the_table(person_with, role):
    assert person_with(role).get("/escritorio/calendario/").status_code == 403


def test_an_auditor_looks_and_does_not_touch(person_with):
    auditor = person_with(Role.AUDITOR)
    assert "Declarar un día" not in auditor.get("/escritorio/calendario/").content.decode()
    assert auditor.post("/escritorio/calendario/nuevo/", DAY).status_code == 403


def test_a_declared_day_moves_every_term_after_it(steward):
    assert steward.post("/escritorio/calendario/nuevo/", DAY).status_code == 302
    assert "<strong>10 de enero de 2030</strong>" in answer(fecha="2030-01-04", dias="3")
    assert "Duelo nacional" in steward.get("/escritorio/calendario/?anio=2030").content.decode()


def test_what_the_calendar_refuses_is_told_and_nothing_typed_is_lost(steward):
    steward.post("/escritorio/calendario/nuevo/", DAY)
    again = steward.post("/escritorio/calendario/nuevo/", DAY | {"norm": "Decreto Ejecutivo 2"})
    assert again.status_code == 422
    assert "Decreto Ejecutivo 2" in again.content.decode()
    moved = steward.post("/escritorio/calendario/nuevo/", DAY | {"kind": "moved", "date_dia": "8"})
    assert "fecha que se traslada" in moved.content.decode()


def test_a_day_is_corrected_and_withdrawn_with_its_history_kept(steward):
    steward.post("/escritorio/calendario/nuevo/", DAY)
    (day,) = declared_days(year=2030)
    changed = DAY | {"date_dia": "8", "kind": "bridge"}
    assert steward.get(f"/escritorio/calendario/{day.id}/").status_code == 200
    assert steward.post(f"/escritorio/calendario/{day.id}/", changed).status_code == 302
    (day,) = declared_days(year=2030)
    assert (day.date, day.kind) == (date(2030, 1, 8), OverrideKind.BRIDGE)
    assert steward.get(f"/escritorio/calendario/{day.id}/retirar/").status_code == 200
    assert steward.post(f"/escritorio/calendario/{day.id}/retirar/").status_code == 302
    assert declared_days(year=2030) == ()
    assert steward.post(f"/escritorio/calendario/{day.id}/retirar/").status_code == 409
    assert steward.get(f"/escritorio/calendario/{day.id}/").status_code == 404
    assert "Retirado" in steward.get("/escritorio/calendario/?anio=2030&retirados=1").content.decode()


def test_the_second_editor_is_told_and_keeps_the_text(steward):
    steward.post("/escritorio/calendario/nuevo/", DAY)
    (day,) = declared_days(year=2030)
    steward.post(f"/escritorio/calendario/{day.id}/", DAY | {"name": "Primera"})
    late = steward.post(f"/escritorio/calendario/{day.id}/", DAY | {"name": "Segunda"})
    assert late.status_code == 422
    assert "Otra persona" in late.content.decode()
    assert "Segunda" in late.content.decode()


@pytest.mark.parametrize("path", ["?anio=1900", "?anio=x", "99999999/", "99999999999999999999999/"])
def test_what_does_not_exist_says_so(steward, path):
    assert steward.get(f"/escritorio/calendario/{path}").status_code == 404
