"""The plan's pages: public ones, and the workplace for norms."""

import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from minga.kernel import cards
from minga.kernel.actors import Role
from minga.kernel.indicators import Evidence, Share, Standing
from minga.modules.directory import contracts as directory
from minga.modules.identity.models import Account, Post
from minga.modules.plan import actions
from minga.modules.plan.facts import NormIssued
from minga.modules.plan.models import Norm
from minga.modules.plan.models.norm import NormState
from minga.modules.plan.views.words import field_value
from minga.ui.formats import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_seeded")]
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def client_of(_seeded, db):
    """A function that signs an invented official in, with one role in one institution."""

    def make(role: Role, institution: str) -> Client:
        account = Account.objects.create(
            email=f"{role}.{institution}@example.org",
            given_names="Prueba",
            surnames="Inventada",
            synthetic=True,
        )
        Post.objects.create(
            account=account,
            institution_id=directory.institution(institution).id,
            role=role,
            starts=date(2020, 1, 1),
        )
        client = Client()
        client.force_login(account)
        return client

    return make


def _form(**changes):
    return {
        "initiative": "1.1",
        "institution": "mdt",
        "title": "Norma técnica de participación",
        "number": "Acuerdo 7",
        "issued_on_dia": "2",
        "issued_on_mes": "3",
        "issued_on_anio": "2026",
        "gazette_number": "",
        "document": SimpleUploadedFile("norma.pdf", PDF, "application/pdf"),
        **changes,
    }


PUBLIC = [
    reverse("plan:overview"),
    reverse("plan:programme", args=["P2"]),
    reverse("plan:strategy", args=["E9"]),
    reverse("plan:initiative", args=["1.1"]),
    reverse("plan:indicator", args=["1"]),
    reverse("plan:indicator", args=["11"]),
    reverse("plan:indicator", args=["V1"]),
    reverse("plan:plan_json"),
    reverse("plan:indicators_csv"),
    reverse("plan:indicator_csv", args=["1"]),
    reverse("plan:indicator_json", args=["1"]),
]


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("language", ["es", "en", "qu"])
def test_every_public_page_opens_in_every_language(client, address, language):
    client.cookies["minga_idioma"] = language
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/plan/programas/P9/",
        "/plan/estrategias/E99/",
        "/plan/iniciativas/9.99/",
        "/plan/indicadores/99/",
        "/plan/indicadores/x/",
        "/plan/hechos/999999999/",
        "/plan/normas/00000000-0000-0000-0000-000000000000/",
    ],
)
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_indicator_without_a_source_says_so_instead_of_zero(client):
    page = client.get(reverse("plan:indicator", args=["2"])).content.decode()
    assert "sin fuente todavía" in page
    assert "68" in page


@pytest.mark.parametrize("day", ["2026-13-45", "mañana", "9999-01-01", "1", "2026-02-30"])
def test_a_wrong_date_is_explained_and_the_page_still_opens(client, day):
    response = client.get(reverse("plan:indicator", args=["1"]), {"fecha": day})
    assert response.status_code == 200
    assert "govuk-error-summary" in response.content.decode()


@pytest.mark.parametrize("kind", ["indicator_csv", "indicator_json"])
def test_a_download_for_a_wrong_date_is_refused_instead_of_answering_for_today(client, kind):
    assert client.get(reverse(f"plan:{kind}", args=["1"]), {"fecha": "2999-01-01"}).status_code == 422


def test_an_official_records_a_norm_and_the_indicator_moves_down_to_the_act(client_of, client):
    editor, approver = client_of(Role.EDITOR, "mdt"), client_of(Role.APPROVER, "mdt")
    response = editor.post(reverse("plan:norm_create"), _form())
    assert response.status_code == 302
    norm = Norm.objects.get()
    assert client.get(reverse("plan:norm", args=[norm.id])).status_code == 404, "a draft is not public"
    response = approver.post(reverse("plan:norm_issue", args=[norm.id]), {"version_leida": "1"})
    assert response.status_code == 302
    data = client.get(reverse("plan:indicator_json", args=["1"])).json()
    assert data["value"] == "1"
    position = data["subjects"][0]["position"]
    act = client.get(reverse("plan:act", args=[position])).content.decode()
    assert "Acuerdo 7" in act
    assert f'<dd class="govuk-summary-list__value">{day(norm.issued_on)}</dd>' in act
    document = client.get(reverse("plan:norm_document", args=[norm.id]))
    assert b"".join(document.streaming_content if document.streaming else [document.content]) == PDF


def test_a_wrong_form_says_what_to_write_and_keeps_what_was_typed(client_of):
    editor = client_of(Role.EDITOR, "mdt")
    response = editor.post(
        reverse("plan:norm_create"), _form(number="", issued_on_dia="31", issued_on_mes="2", title="Mi texto")
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Mi texto" in page
    assert 'value="31"' in page
    assert "Esa fecha no existe" in page
    assert not Norm.objects.exists()


def test_a_document_that_is_no_pdf_is_refused_at_its_field(client_of):
    editor = client_of(Role.EDITOR, "mdt")
    disguised = SimpleUploadedFile("norma.pdf", b"MZ\x90\x00 not a pdf", "application/pdf")
    response = editor.post(reverse("plan:norm_create"), _form(document=disguised))
    assert response.status_code == 422
    assert not Norm.objects.exists()


def test_a_document_that_finds_no_room_is_told_at_its_field_and_the_text_is_kept(
    client_of, settings, tmp_path
):
    (tmp_path / "taken").write_text("a file where the folder should be")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "taken")},
        },
    }
    response = client_of(Role.EDITOR, "mdt").post(reverse("plan:norm_create"), _form(title="Mi texto"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "No hay espacio para guardar el archivo" in page.split('id="id_document-error"')[1]
    assert "Mi texto" in page
    assert not Norm.objects.exists()


def test_the_second_editor_is_told_and_keeps_the_text(client_of):
    first, second = client_of(Role.EDITOR, "mdt"), client_of(Role.APPROVER, "mdt")
    first.post(reverse("plan:norm_create"), _form())
    norm = Norm.objects.get()
    address = reverse("plan:norm_edit", args=[norm.id])
    assert first.post(address, _form(title="Primera", version_leida="1")).status_code == 302
    response = second.post(address, _form(title="La segunda versión", version_leida="1"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Otra persona cambió esta norma" in page
    assert "La segunda versión" in page
    norm.refresh_from_db()
    assert norm.title == "Primera"


def test_sending_the_registration_twice_registers_once(client_of):
    approver = client_of(Role.APPROVER, "mdt")
    approver.post(reverse("plan:norm_create"), _form())
    norm = Norm.objects.get()
    address = reverse("plan:norm_issue", args=[norm.id])
    assert approver.post(address, {"version_leida": "1"}).status_code == 302
    assert approver.post(address, {"version_leida": "1"}).status_code == 422
    assert Norm.objects.get().version == 2


def test_an_editor_of_another_institution_sees_nothing(client_of):
    client_of(Role.EDITOR, "mdt").post(reverse("plan:norm_create"), _form())
    norm = Norm.objects.get()
    stranger = client_of(Role.EDITOR, "senadi")
    assert stranger.get(reverse("plan:norm_edit", args=[norm.id])).status_code == 403
    assert (
        stranger.post(reverse("plan:norm_discard", args=[norm.id]), {"version_leida": "1"}).status_code == 403
    )
    assert "Acuerdo 7" not in stranger.get(reverse("plan:norms")).content.decode()


def test_an_auditor_reads_all_and_changes_nothing(client_of):
    client_of(Role.EDITOR, "mdt").post(reverse("plan:norm_create"), _form())
    norm = Norm.objects.get()
    auditor = client_of(Role.AUDITOR, "mintel")
    assert auditor.get(reverse("plan:norm_edit", args=[norm.id])).status_code == 200
    assert auditor.get(reverse("plan:norm_create")).status_code == 403
    assert auditor.post(reverse("plan:norm_issue", args=[norm.id]), {"version_leida": "1"}).status_code == 403


def test_a_visitor_is_sent_to_sign_in(client):
    response = client.get(reverse("plan:norms"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("identity:sign_in"))


def test_everybody_behind_a_number_is_shown_in_parts_and_by_name(client, monkeypatch):
    share = Share(
        code="2",
        standing=Standing(opened_by=NormIssued, counted="institution"),
        population=directory.APC,
        evidence=Evidence.NORM,
    )
    room = cards.Room(name="prueba", title="Prueba", level=3, indicators=(share,))
    monkeypatch.setattr(cards, "_rooms", [*cards.rooms(), room])
    total = client.get(reverse("plan:indicator_json", args=["2"])).json()["denominator"]
    assert total > 100
    pages = []
    last = -(-total // 25)
    for number in range(1, last + 1):
        text = client.get(reverse("plan:indicator", args=["2"]), {"pagina": number}).content.decode()
        pages.append(
            re.findall(r'<th scope="row".*?>([^<]+)</a></th>', text.split('id="detras-del-numero"')[1])
        )
    assert [len(names) for names in pages] == [25] * (last - 1) + [total - 25 * (last - 1)]
    names = [name for names in pages for name in names]
    assert names == sorted(names)
    assert f'href="?pagina={last - 1}#detras-del-numero"' in text
    assert client.get(reverse("plan:indicator", args=["2"]), {"pagina": last + 1}).status_code == 404


def test_an_act_tells_its_periods_and_reasons_in_words():
    since, until = date(2018, 5, 24), date(2021, 5, 24)
    assert field_value("periods", ((since, until), (until, None))) == (
        "del 24 de mayo de 2018 al 24 de mayo de 2021, sin este día; desde el 24 de mayo de 2021"
    )
    assert field_value("reason", "repealed") == "Fue derogada"
    assert field_value("document", "0" * 64) == ""


def test_a_norm_is_withdrawn_with_its_reason(client_of, client):
    head = client_of(Role.HEAD, "mdt")
    head.post(reverse("plan:norm_create"), _form())
    norm = Norm.objects.get()
    head.post(reverse("plan:norm_issue", args=[norm.id]), {"version_leida": "1"})
    address = reverse("plan:norm_withdraw", args=[norm.id])
    assert head.get(address).status_code == 200
    assert head.post(address, {"reason": "repealed", "version_leida": "2"}).status_code == 422
    response = head.post(address, {"reason": "error", "version_leida": "2"})
    assert response.status_code == 302
    assert Norm.objects.get().state == NormState.WITHDRAWN
    assert json.loads(client.get(reverse("plan:indicator_json", args=["1"])).content)["value"] == "0"


def test_pages_keep_to_their_query_budgets(client, django_assert_max_num_queries):
    from django.urls import resolve

    actions.publish()
    for address in PUBLIC:
        budget = vars(resolve(address).func)["query_budget"]
        assert budget <= 10
        with django_assert_max_num_queries(budget):
            client.get(address)


@pytest.mark.parametrize("act", ["norm_issue", "norm_discard", "norm_withdraw"])
def test_a_stale_form_shows_a_stranger_nothing_of_a_draft(client_of, client, act):
    client_of(Role.EDITOR, "mdt").post(reverse("plan:norm_create"), _form())
    address = reverse(f"plan:{act}", args=[Norm.objects.get().id])
    for stranger in (client, client_of(Role.EDITOR, "senadi")):
        response = stranger.post(address, {"version_leida": "9"})
        assert response.status_code == 403
        assert "Acuerdo 7" not in response.content.decode()


def test_a_form_refused_for_a_field_still_meets_the_edit_made_meanwhile(client_of):
    editor = client_of(Role.EDITOR, "mdt")
    editor.post(reverse("plan:norm_create"), _form())
    address = reverse("plan:norm_edit", args=[Norm.objects.get().id])
    typed = _form(version_leida="1", document="")
    assert editor.post(address, typed | {"title": "Otro título"}).status_code == 302
    refused = editor.post(address, typed | {"title": ""})
    assert refused.status_code == 422
    assert 'name="version_leida" value="1"' in refused.content.decode()
