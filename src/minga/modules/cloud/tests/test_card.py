"""What the room tells the rest of the house: search, home, institutions' pages, tasks, names and checks."""

import pytest
from django.urls import reverse

from minga.foundation.search import search
from minga.kernel.actors import ANONYMOUS, Role
from minga.kernel.cards import Severity
from minga.kernel.clock import today
from minga.modules.cloud.actions import services as actions
from minga.modules.cloud.models.service import Category
from minga.modules.cloud.module import card
from minga.modules.cloud.queries import services
from minga.modules.cloud.tests import cast
from minga.modules.cloud.tests.cast import CLOUD, LINK, confirmed, drafted, filed
from minga.modules.cloud.views.tasks import tasks
from minga.modules.directory import contracts as directory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def kinds(role, institution):
    return [task.kind for task in tasks(cast.official(role, institution))]


def test_an_institutions_page_tells_what_it_uses_of_the_cloud():
    assert card.institution_panel is not None
    mdt = directory.institution("mdt").reference
    assert card.institution_panel(mdt, today()) is None
    confirmed()
    panel = card.institution_panel(mdt, today())
    assert panel is not None
    assert [row[1:] for row in panel.rows] == [
        ("Computación compartida (cloud)", reverse("cloud:service", args=[CLOUD]))
    ]


def test_the_home_page_says_nothing_before_there_is_something_to_say():
    assert card.home is not None
    assert card.home() is None
    confirmed(code=LINK)
    panel = card.home()
    assert panel is not None
    assert [row[1] for row in panel.rows] == ["0", "1"]


def test_everything_that_people_can_find_has_a_page_and_drafts_have_none(client):
    documents = [document for source in card.search for document in source.documents()]
    assert len(documents) == 4
    assert all(client.get(document.url).status_code == 200 for document in documents)


def test_a_service_that_is_offered_is_found_at_once():
    provider = cast.official(Role.APPROVER, "cnt")
    draft = services.service("teletrabajo")
    text = actions.ServiceText(
        category=Category(draft.category),
        title="Teletrabajo",
        summary=draft.summary,
        audience=draft.audience,
        how_to_ask="Pida una cotización.",
        availability_target=None,
        response_target_ms=None,
    )
    saved = actions.change_service(draft.code, text, version=draft.version, actor=provider)
    assert "Teletrabajo" not in [hit.title for hit in search("teletrabajo").hits]
    actions.offer_service(draft.code, version=saved.version, actor=provider)
    assert "Teletrabajo" in [hit.title for hit in search("teletrabajo").hits]


def test_each_waits_for_what_is_theirs_to_do():
    drafted(contract="A-1")
    filed("msp", contract="A-2")
    assert kinds(Role.EDITOR, "mdt") == ["Contratos de la nube por presentar"]
    assert kinds(Role.EDITOR, "cnt") == ["Contratos de la nube por confirmar"]
    assert kinds(Role.EDITOR, "msp") == []
    assert kinds(Role.AUDITOR, "mintel") == []
    assert list(tasks(ANONYMOUS)) == []


def test_every_reference_that_facts_carry_has_a_name():
    adoption = confirmed()
    labels = card.labels or {}
    service = services.service(CLOUD)
    assert labels["cloud-service"]([service.reference])[service.reference].title == service.title
    assert (
        "Ministerio del Trabajo" in labels["cloud-adoption"]([adoption.reference])[adoption.reference].title
    )


def test_the_doctor_finds_the_institution_that_confirms():
    assert card.check_config is not None
    assert Severity.ERROR not in {finding.severity for finding in card.check_config()}
