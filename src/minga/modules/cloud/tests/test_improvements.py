"""Improvement actions: opened in public, followed, done by their owner and verified by the steward."""

from datetime import timedelta

import pytest
from django.urls import reverse

from minga.kernel.actors import Role
from minga.kernel.clock import today
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.cloud.actions import improvements as actions
from minga.modules.cloud.models import Improvement, Service
from minga.modules.cloud.models.improvement import Cause, ImprovementState
from minga.modules.cloud.queries import improvements, services
from minga.modules.cloud.tests import cast
from minga.modules.cloud.tests.cast import CLOUD, facts
from minga.modules.cloud.views.tasks import tasks
from minga.modules.directory import contracts as directory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def provider():
    return cast.official(Role.EDITOR, "cnt")


@pytest.fixture
def steward():
    return cast.official(Role.STEWARD, "mintel")


def opened(actor, owner="cnt", days=30):
    text = actions.ImprovementText(
        service=services.service(CLOUD),
        title="Segundo camino de energía",
        description="Hoy hay uno solo.",
        cause=Cause.INCIDENT,
        owner_post="Gerencia de Centros de Datos",
        due_on=today() + timedelta(days=days),
    )
    return actions.open_improvement(text, owner=directory.institution(owner), actor=actor)


def late(action):
    Improvement.objects.filter(id=action.id).update(due_on=today() - timedelta(days=1))


def test_the_provider_and_the_steward_open_actions_and_nobody_else(provider, steward):
    for actor in (provider, steward):
        opened(actor)
    assert len(facts("cloud.improvement.opened")) == 2
    for role, institution in ((Role.HEAD, "mdt"), (Role.AUDITOR, "mintel")):
        with pytest.raises(Forbidden):
            opened(cast.official(role, institution))


def test_an_action_on_an_invented_service_is_invented(provider):
    assert not opened(provider).synthetic
    Service.objects.filter(code=CLOUD).update(synthetic=True)
    assert opened(provider).synthetic


def test_an_action_belongs_to_the_provider_or_the_steward_and_is_due_in_the_future(provider):
    with pytest.raises(Invalid) as owner:
        opened(provider, owner="mdt")
    with pytest.raises(Invalid) as due:
        opened(provider, days=0)
    assert (set(owner.value.fields), set(due.value.fields)) == ({"owner"}, {"due_on"})


def test_from_opening_to_verified_every_step_is_public(provider, steward, client):
    action = opened(provider)
    actions.note_progress(action.id, text="Se compró el equipo.", actor=provider)
    done = actions.finish_improvement(
        action.id, text="Está instalado.", version=action.version, actor=provider
    )
    verified = actions.judge_improvement(action.id, done=True, text="", version=done.version, actor=steward)

    assert verified.state == ImprovementState.VERIFIED
    page = client.get(reverse("cloud:improvement", args=[action.id])).content.decode()
    for words in ("Se abrió la acción", "Se compró el equipo.", "Está instalado.", "Se verificó"):
        assert words in page
    assert [len(facts(f"cloud.improvement.{step}")) for step in ("opened", "done", "verified")] == [1, 1, 1]


def test_what_is_not_done_goes_back_with_a_reason(provider, steward):
    action = opened(provider)
    done = actions.finish_improvement(action.id, text="Listo.", version=action.version, actor=provider)
    with pytest.raises(Invalid):
        actions.judge_improvement(action.id, done=False, text=" ", version=done.version, actor=steward)
    back = actions.judge_improvement(
        action.id, done=False, text="Falta probarlo.", version=done.version, actor=steward
    )
    assert (back.state, back.done_on) == (ImprovementState.OPEN, None)
    assert len(facts("cloud.improvement.returned")) == 1


def test_the_owner_says_that_it_is_done_but_does_not_verify_it(provider, steward):
    action = opened(provider)
    with pytest.raises(Forbidden):
        actions.finish_improvement(action.id, text="Listo.", version=action.version, actor=steward)
    done = actions.finish_improvement(action.id, text="Listo.", version=action.version, actor=provider)
    with pytest.raises(Forbidden):
        actions.judge_improvement(action.id, done=True, text="", version=done.version, actor=provider)


def test_only_the_steward_gives_another_date_and_says_why(provider, steward):
    action = opened(provider)
    later = today() + timedelta(days=60)
    change = {"due_on": later, "version": action.version}
    with pytest.raises(Forbidden):
        actions.postpone_improvement(action.id, reason="Falta.", actor=provider, **change)
    with pytest.raises(Invalid):
        actions.postpone_improvement(action.id, reason="", actor=steward, **change)
    assert actions.postpone_improvement(action.id, reason="Aduana.", actor=steward, **change).due_on == later


def test_what_is_settled_takes_no_more_steps(provider, steward):
    action = opened(provider)
    done = actions.finish_improvement(action.id, text="Listo.", version=action.version, actor=provider)
    with pytest.raises(Conflict):
        actions.note_progress(action.id, text="Más.", actor=provider)
    with pytest.raises(Conflict):
        actions.finish_improvement(action.id, text="Otra vez.", version=done.version, actor=provider)


def test_the_overdue_come_first_and_say_so(provider, client):
    first, second = opened(provider, days=90), opened(provider, days=20)
    late(first)
    assert [entry.id for entry in improvements.improvements()] == [first.id, second.id]
    assert [entry.id for entry in improvements.overdue(on=today())] == [first.id]
    page = client.get(reverse("cloud:improvements") + "?ahora=1").content.decode()
    assert "1 acción está atrasada." in page
    assert "Atrasada" in page


def test_the_owner_finds_it_at_work_and_then_the_steward(provider, steward):
    action = opened(provider)
    assert [task.due for task in tasks(provider) if task.title == action.title] == [action.due_on]
    assert not [task for task in tasks(steward) if task.title == action.title]
    actions.finish_improvement(action.id, text="Listo.", version=action.version, actor=provider)
    (waiting,) = [task for task in tasks(steward) if task.title == action.title]
    assert waiting.kind == "Acciones de mejora por verificar"
