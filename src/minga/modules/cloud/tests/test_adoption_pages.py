"""The workplace for contracts: what is typed is kept, papers are private, and each step asks first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minga.kernel.actors import Role
from minga.modules.cloud.models import Adoption
from minga.modules.cloud.models.adoption import AdoptionState
from minga.modules.cloud.tests.cast import CLOUD, OFFICE, PDF, confirmed, drafted, filed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


def written(**changes):
    return {
        "institution": "mdt",
        "service": CLOUD,
        "contract": "CNT-2026-0147",
        "starts_on_dia": "2",
        "starts_on_mes": "3",
        "starts_on_anio": "2026",
        "evidence": SimpleUploadedFile("contrato.pdf", PDF, "application/pdf"),
        **changes,
    }


def test_a_contract_goes_from_draft_to_confirmed_page_by_page(client_of):
    editor, approver = client_of(Role.EDITOR, "mdt"), client_of(Role.APPROVER, "mdt")
    provider = client_of(Role.APPROVER, "cnt")
    editor.post(reverse("cloud:adoption_create"), written())
    adoption = Adoption.objects.get()
    assert adoption.evidence_name == "contrato.pdf"

    def take(client, step, **data):
        address = reverse("cloud:adoption_step", args=[adoption.id, step])
        version = Adoption.objects.get().version
        return client.post(address, {"version_leida": version, **data}).status_code

    assert take(editor, "presentar") == 403
    assert take(approver, "presentar") == 302
    assert take(approver, "confirmar") == 403
    assert take(provider, "observar", reason="") == 422
    assert take(provider, "confirmar") == 302
    assert Adoption.objects.get().state == AdoptionState.CONFIRMED


def test_what_was_typed_stays_when_something_is_wrong(client_of):
    answer = client_of(Role.EDITOR, "mdt").post(
        reverse("cloud:adoption_create"), written(starts_on_mes="13", contract="Número de prueba")
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Número de prueba" in page
    assert 'href="#id_starts_on-dia"' in page
    assert not Adoption.objects.exists()


def test_a_paper_that_is_no_pdf_is_refused_at_its_field(client_of):
    file = SimpleUploadedFile("contrato.pdf", b"no es un PDF", "application/pdf")
    answer = client_of(Role.EDITOR, "mdt").post(reverse("cloud:adoption_create"), written(evidence=file))
    assert answer.status_code == 422
    assert 'href="#id_evidence"' in answer.content.decode()


def test_a_contract_ends_after_it_began(client_of):
    dates = {"expected_end_dia": "1", "expected_end_mes": "3", "expected_end_anio": "2026"}
    answer = client_of(Role.EDITOR, "mdt").post(reverse("cloud:adoption_create"), written(**dates))
    assert "debe ser posterior a la de inicio" in answer.content.decode()


def test_a_service_in_preparation_is_not_offered_in_the_form(client_of):
    editor = client_of(Role.EDITOR, "mdt")
    assert OFFICE not in editor.get(reverse("cloud:adoption_create")).content.decode()
    assert editor.post(reverse("cloud:adoption_create"), written(service=OFFICE)).status_code == 422


def test_who_saves_over_another_edit_is_told_and_keeps_the_text(client_of):
    adoption = drafted()
    address = reverse("cloud:adoption_edit", args=[adoption.id])
    editor = client_of(Role.EDITOR, "mdt")
    editor.post(address, written(version_leida="1", contract="Primero"))
    answer = editor.post(address, written(version_leida="1", contract="Segundo"))
    assert answer.status_code == 422
    assert "Segundo" in answer.content.decode()
    assert Adoption.objects.get().contract == "Primero"


@pytest.mark.parametrize(
    ("role", "institution", "status"),
    [
        (Role.EDITOR, "mdt", 200),
        (Role.EDITOR, "cnt", 200),
        (Role.AUDITOR, "mintel", 200),
        (Role.STEWARD, "mintel", 200),
        (Role.HEAD, "msp", 403),
    ],
)
def test_the_paper_is_for_its_parties_and_those_who_watch(role, institution, status, client_of):
    address = reverse("cloud:adoption_evidence", args=[filed().id])
    assert client_of(role, institution).get(address).status_code == status


def test_a_draft_is_seen_only_by_those_who_write_it(client_of):
    address = reverse("cloud:adoption_edit", args=[drafted().id])
    assert client_of(Role.EDITOR, "mdt").get(address).status_code == 200
    for role, institution in ((Role.APPROVER, "cnt"), (Role.STEWARD, "mintel"), (Role.EDITOR, "msp")):
        assert client_of(role, institution).get(address).status_code == 403


def test_a_step_that_is_no_longer_possible_says_so(client_of):
    adoption = confirmed()
    provider = client_of(Role.APPROVER, "cnt")
    address = reverse("cloud:adoption_step", args=[adoption.id, "confirmar"])
    assert provider.get(address).status_code == 409
    assert provider.post(address, {"version_leida": adoption.version}).status_code == 422
    assert provider.get(reverse("cloud:adoption_step", args=[adoption.id, "otra"])).status_code == 404
