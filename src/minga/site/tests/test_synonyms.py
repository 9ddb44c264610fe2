"""Stewards teach the search what words mean, and see each other's changes."""

import pytest

from minga.foundation.search import counting
from minga.foundation.search.models import SynonymGroup
from minga.kernel.actors import Role

pytestmark = pytest.mark.django_db
GROUP = {"asked": "carné de manejo\nbrevete", "means": "licencia de conducir", "active": "on", "version": "0"}


@pytest.fixture
def steward(person_with):
    return person_with(Role.STEWARD)


@pytest.fixture
def group(steward):
    assert steward.post("/escritorio/sinonimos/nuevo/", GROUP).status_code == 302
    return SynonymGroup.objects.latest("id")


def test_a_group_is_made_and_found_in_the_list(steward, group):
    assert group.asked == ["carné de manejo", "brevete"]
    assert "brevete" in steward.get("/escritorio/sinonimos/?q=carne").content.decode()
    assert "brevete" not in steward.get("/escritorio/sinonimos/?q=partida").content.decode()


def test_words_that_say_nothing_are_refused_at_their_field(steward):
    answer = steward.post("/escritorio/sinonimos/nuevo/", GROUP | {"means": "de la"})
    assert answer.status_code == 422
    assert "carné de manejo" in answer.content.decode()


def test_a_change_shows_in_the_history(steward, group):
    page = f"/escritorio/sinonimos/{group.pk}/"
    steward.post(page, GROUP | {"means": "permiso de conducir", "version": str(group.version)})
    text = steward.get(page).content.decode()
    assert "permiso de conducir" in text
    assert "licencia de conducir" in text


def test_the_second_editor_is_told_and_keeps_the_text(steward, group):
    page = f"/escritorio/sinonimos/{group.pk}/"
    steward.post(page, GROUP | {"version": str(group.version)})
    late = steward.post(page, GROUP | {"means": "otra cosa escrita", "version": str(group.version)})
    assert late.status_code == 422
    assert "otra cosa escrita" in late.content.decode()


def test_a_group_is_taken_out_once(steward, group):
    page, form = f"/escritorio/sinonimos/{group.pk}/", {"accion": "quitar", "version": str(group.version)}
    assert steward.post(page, form | {"version": "99"}).status_code == 409
    assert steward.post(page, form).status_code == 302
    assert steward.post(page, form).status_code == 404


def test_what_people_did_not_find_is_offered_as_a_start(steward):
    for _ in range(3):
        counting.count("partidita de nacimiento", 0)
    text = steward.get("/escritorio/sinonimos/").content.decode()
    assert "?palabras=partidita" in text
    assert "partidita" in steward.get("/escritorio/sinonimos/nuevo/?palabras=partidita").content.decode()


def test_an_auditor_looks_and_does_not_touch(person_with, group):
    auditor = person_with(Role.AUDITOR)
    assert auditor.get("/escritorio/sinonimos/").status_code == 200
    assert auditor.get(f"/escritorio/sinonimos/{group.pk}/").status_code == 403
    assert auditor.post("/escritorio/sinonimos/nuevo/", GROUP).status_code == 403
