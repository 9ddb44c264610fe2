"""What people see of the room, with a demonstration's data and without any."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from minga.kernel.actors import Role
from minga.modules.cloud.actions.demonstration import load_demonstration
from minga.modules.cloud.forms.adoptions import AdoptionForm
from minga.modules.cloud.forms.ratings import RatingForm
from minga.modules.cloud.models import Adoption, Guideline, Improvement, Proposal, Service
from minga.modules.cloud.tests import cast
from minga.modules.cloud.tests.cast import CLOUD, LINK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]

PUBLIC = (
    "index",
    "adoption",
    "costs",
    "guidelines",
    "satisfaction",
    "improvements",
    "proposals",
)
FILES = ("services_csv", "adoption_csv", "satisfaction_csv", "improvements_csv", "proposals_csv")


@pytest.fixture
def demonstration():
    load_demonstration()


def shown(client: Client, name: str, *arguments: object, query: str = "?ahora=1") -> str:
    """The page's words as it is now; a parameter that no page knows keeps the cache out."""
    response = client.get(reverse(f"cloud:{name}", args=arguments) + query)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


@pytest.mark.parametrize("name", PUBLIC)
def test_a_new_instance_says_what_is_missing_instead_of_an_empty_page(name, client):
    assert "<h1" in shown(client, name)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_page_answers_with_data(name, client, demonstration):
    assert "<h1" in shown(client, name)


@pytest.mark.parametrize("name", FILES)
def test_every_public_list_can_be_downloaded(name, client, demonstration):
    assert len(shown(client, name).splitlines()) > 1


def test_a_service_tells_what_it_is_how_to_ask_what_it_costs_and_who_uses_it(client, demonstration):
    page = shown(client, "service", CLOUD)
    assert "Servidores virtuales en el centro de datos del Estado" in page
    assert "Pida una cotización a CNT EP" in page
    assert "USD\xa060,20" in page
    assert "bajó 49" in page
    assert "Inventado" in page


def test_a_draft_is_nobodys_business_but_the_providers(client, client_of):
    assert client.get(reverse("cloud:service", args=["teletrabajo"])).status_code == 404
    assert "Teletrabajo" not in shown(client, "index")
    provider = client_of(Role.APPROVER, "cnt")
    assert "Teletrabajo" in shown(provider, "services")
    editor = client_of(Role.EDITOR, "mdt")
    assert editor.get(reverse("cloud:service_edit", args=["teletrabajo"])).status_code == 403


def test_the_adoption_page_shows_the_indicators_live_with_the_doubt_beside_them(client):
    cast.confirmed()
    page = shown(client, "adoption")
    assert re.search(r"1 de \d+ instituciones de la Administración", page)
    assert "línea base, 23 %" in page


def test_what_is_compared_is_the_whole_term_with_what_others_pay_elsewhere(client, demonstration):
    page = shown(client, "costs", query="?tipo=server&cantidad=2&meses=12")
    assert "USD\xa01.444,80" in page
    assert "USD\xa02.208,00" in page


def test_a_need_that_makes_no_sense_is_asked_for_again_at_its_field(client, demonstration):
    response = client.get(reverse("cloud:costs") + "?tipo=server&cantidad=0&meses=nunca")
    assert response.status_code == 422
    assert 'href="#id_cantidad"' in response.content.decode()


def test_few_answers_are_never_published(client, demonstration):
    page = shown(client, "service", "internet-con-seguridad-de-red")
    assert "menos de cinco respuestas" in page


def test_comments_are_read_by_the_provider_the_steward_and_auditors_and_nobody_else(
    client, client_of, demonstration
):
    words = "se cortan los lunes"
    assert words not in shown(client, "service", LINK)
    for role, institution in ((Role.APPROVER, "cnt"), (Role.STEWARD, "mintel"), (Role.AUDITOR, "mintel")):
        assert words in shown(client_of(role, institution), "rating_comments", LINK)
    editor = client_of(Role.EDITOR, "mdt")
    assert editor.get(reverse("cloud:rating_comments", args=[LINK])).status_code == 403


@pytest.mark.parametrize("field", [AdoptionForm.base_fields["evidence"], RatingForm.base_fields["comment"]])
def test_a_form_promises_only_the_readers_there_are(field):
    for reader in ("el proveedor", "el ente rector", "los auditores"):
        assert reader in str(field.help_text)


WORK = [
    (Role.EDITOR, "mdt", ("adoptions", "adoption_create", "ratings", "selfchecks", "selfcheck_create")),
    (Role.EDITOR, "mdt", ("improvements_work", "proposals_work", "proposal_create", "costs_work")),
    (Role.APPROVER, "cnt", ("adoptions", "services", "service_create", "ratings", "improvement_create")),
    (Role.STEWARD, "mintel", ("adoptions", "services", "guidelines_work", "improvement_create", "ratings")),
    (Role.AUDITOR, "mintel", ("adoptions", "services", "selfchecks", "proposals_work", "improvements_work")),
]


@pytest.mark.parametrize(("role", "institution", "names"), WORK)
def test_each_role_finds_its_work(role, institution, names, client_of, demonstration):
    client = client_of(role, institution)
    for name in names:
        assert "<h1" in shown(client, name)


@pytest.mark.parametrize(
    "name", ["adoptions", "services", "ratings", "selfchecks", "costs_work", "guidelines_work"]
)
def test_visitors_are_asked_to_sign_in_at_every_part_of_the_workplace(name, client):
    response = client.get(reverse(f"cloud:{name}"))
    assert response.status_code == 302
    assert response["Location"].startswith("/ingresar/")


def test_the_pages_of_single_things_open_for_those_who_work_with_them(client_of, demonstration):
    provider, steward = client_of(Role.APPROVER, "cnt"), client_of(Role.STEWARD, "mintel")
    use = Adoption.objects.get(state="filed")
    for step in ("confirmar", "observar"):
        assert "<h1" in shown(provider, "adoption_step", use.id, step)
    assert "<h1" in shown(provider, "adoption_edit", use.id)
    assert "<h1" in shown(provider, "service_edit", CLOUD)
    assert "<h1" in shown(provider, "price_create", CLOUD, query="?concepto=Medio+bastidor")
    action = Improvement.objects.get(state="done")
    assert "<h1" in shown(steward, "improvement_work", action.id)
    assert "<h1" in shown(steward, "improvement_step", action.id, "verificar")
    assert "<h1" in shown(Client(), "improvement", action.id)
    proposal = Proposal.objects.get(category="server")
    assert "<h1" in shown(Client(), "proposal", proposal.id)
    editor = client_of(Role.EDITOR, "mtop")
    assert "<h1" in shown(editor, "proposal_work", proposal.id)
    assert "<h1" in shown(editor, "proposal_step", proposal.id, "votar")


def test_the_steward_writes_the_next_version_part_by_part(client_of, demonstration):
    steward = client_of(Role.STEWARD, "mintel")
    assert steward.post(reverse("cloud:guideline_create")).status_code == 302
    draft = Guideline.objects.get(state="draft")
    section, question = draft.sections.all()[0], draft.questions.all()[0]
    assert "<h1" in shown(steward, "guideline_edit", draft.number)
    assert "<h1" in shown(steward, "section_edit", draft.number, section.id)
    assert "<h1" in shown(steward, "question_edit", draft.number, question.id)
    assert "<h1" in shown(steward, "question_create", draft.number)
    assert "<h1" in shown(steward, "guideline_step", draft.number, "publicar")


def test_the_demonstration_is_made_only_once(demonstration):
    before = Service.objects.count(), Adoption.objects.count()
    assert load_demonstration() == "ya estaban"
    assert (Service.objects.count(), Adoption.objects.count()) == before
