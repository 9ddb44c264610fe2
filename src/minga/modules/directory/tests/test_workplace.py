"""The steward's desk: forms that keep what was typed, tell the second editor, and import only on a word."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minga.kernel.actors import ANONYMOUS, Role
from minga.modules.directory.actions import Period, change_details, declare_population, rename_institution
from minga.modules.directory.indicators import members
from minga.modules.directory.models import Institution, Membership
from minga.modules.directory.tests.cast import STEWARD, details, found, official, sign_in
from minga.modules.directory.views import editing, importing, workplace

pytestmark = pytest.mark.django_db
EDIT_PAGES = ("details", "contacts", "rename", "close", "succession")


def at(name, *args):
    return reverse(f"directory:{name}", args=args)


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}_dia": str(value.day), f"{name}_mes": str(value.month), f"{name}_anio": str(value.year)}


def typed(**changes) -> dict[str, object]:
    """The details form as a browser sends it for an ordinary ministry."""
    return {
        "name": "Ministerio de Pruebas",
        "type": "ministerio",
        "function": "ejecutiva",
        "status": "por_verificar",
        "version_leida": "1",
        **changes,
    }


def test_a_steward_registers_an_institution(client):
    sign_in(STEWARD)
    answer = client.post(
        at("register"),
        typed(
            code="msp", websites="www.salud.gob.ec\nwww.msp.gob.ec", **day("valid_from", date(1967, 6, 16))
        ),
    )
    assert answer["Location"] == at("work_institution", "msp")
    held = Institution.objects.get()
    assert held.websites == ["https://www.salud.gob.ec", "https://www.msp.gob.ec"]
    assert held.valid_from == date(1967, 6, 16)


def test_what_breaks_a_rule_is_said_at_its_field_and_the_text_stays(client):
    sign_in(STEWARD)
    answer = client.post(at("register"), typed(code="MSP", name="Salud para todos", email="no es correo"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Salud para todos" in text
    assert 'href="#id_email"' in text
    assert not Institution.objects.exists()


def test_a_doubtful_ruc_is_saved_and_the_steward_is_warned(client):
    sign_in(STEWARD)
    answer = client.post(at("register"), typed(code="msp", ruc="1760000000001"), follow=True)
    assert Institution.objects.get().ruc == "1760000000001"
    assert "RUC 1760000000001" in answer.content.decode()


def test_the_second_editor_is_told_sees_the_other_text_and_keeps_their_own(client):
    ministry = found("msp")
    change_details(id=ministry.pk, details=details(phone="02 111"), version=1, actor=STEWARD)
    sign_in(STEWARD)
    answer = client.post(at("details", "msp"), typed(phone="02 222"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Otra persona" in text
    assert "02 111" in text
    assert 'value="02 222"' in text
    assert Institution.objects.get().phone == "02 111"
    again = client.post(at("details", "msp"), typed(phone="02 222", version_leida="2"))
    assert again.status_code == 302
    assert Institution.objects.get().phone == "02 222"


def test_an_edit_survives_that_the_institution_was_renamed_meanwhile(client):
    ministry = found("mae")
    rename_institution(
        id=ministry.pk,
        name="Otro",
        acronym="",
        since=date(2020, 1, 1),
        norm="",
        code="maate",
        version=1,
        actor=STEWARD,
    )
    sign_in(STEWARD)
    answer = client.post(at("details", "mae"), typed(phone="02 222"))
    assert answer.status_code == 409
    assert 'value="02 222"' in answer.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "1.0"])
def test_a_form_without_its_version_never_overwrites(client, version):
    found("msp", phone="02 111")
    sign_in(STEWARD)
    assert client.post(at("details", "msp"), typed(phone="", version_leida=version)).status_code == 409
    assert Institution.objects.get().phone == "02 111"


def test_a_steward_renames_closes_and_links_an_institution(client):
    found("mae", valid_from=date(2000, 1, 1))
    found("maate", name="Ministerio del Ambiente, Agua y Transición Ecológica")
    sign_in(STEWARD)
    rename = {"name": "Ambiente y Agua", "acronym": "MAAE", "code": "mae", "version_leida": "1"}
    assert client.post(at("rename", "mae"), {**rename, **day("since", date(2020, 6, 1))}).status_code == 302
    assert Institution.objects.get(code="mae").acronym == "MAAE"
    heir = {"successor": "maate", "kind": "absorbe", "norm": "Decreto 59", "version_leida": "2"}
    assert client.post(at("succession", "mae"), {**heir, **day("on", date(2021, 6, 5))}).status_code == 302
    assert Institution.objects.get(code="mae").valid_until == date(2021, 6, 5)
    late = client.post(at("close", "mae"), {"version_leida": "3", **day("on", date(2022, 1, 1))})
    assert late.status_code == 422
    assert "ya tiene fecha de cierre" in late.content.decode()


def periods(*stays: dict[str, str], initial: int = 0, version: int = 1) -> dict[str, str]:
    """The periods form as a browser sends it."""
    data = {
        "p-TOTAL_FORMS": str(len(stays)),
        "p-INITIAL_FORMS": str(initial),
        "p-MIN_NUM_FORMS": "0",
        "p-MAX_NUM_FORMS": "20",
        "version_leida": str(version),
    }
    for number, stay in enumerate(stays):
        data |= {f"p-{number}-{name}": value for name, value in stay.items()}
    return data


def test_a_steward_declares_in_which_periods_an_institution_belongs_to_the_apc(client):
    ministry = found("msp")
    sign_in(STEWARD)
    address = at("periods", "msp", "apc")
    first = {
        **day("since", date(2018, 1, 1)),
        **day("until", date(2019, 1, 1)),
        "norm": "Decreto 1",
        "verified": "on",
    }
    assert client.post(address, periods(first, {})).status_code == 302
    stay = Membership.objects.get()
    assert (stay.norm, stay.status) == ("Decreto 1", "confirmado")
    assert members("apc", on=date(2018, 7, 1)) == [ministry.pk]
    shown = client.get(address).content.decode()
    assert 'value="2018"' in shown
    assert 'name="p-0-drop"' in shown
    assert 'name="p-1-drop"' not in shown
    dropped = periods({**first, "drop": "on"}, day("since", date(2020, 1, 1)), initial=1, version=2)
    assert client.post(address, dropped).status_code == 302
    assert [len(members("apc", on=date(year, 7, 1))) for year in (2018, 2020)] == [0, 1]


def test_periods_that_overlap_are_refused_and_kept_on_screen(client):
    found("msp")
    sign_in(STEWARD)
    answer = client.post(
        at("periods", "msp", "apc"),
        periods(day("since", date(2018, 1, 1)), day("since", date(2019, 1, 1))),
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "no pueden coincidir" in text
    assert 'value="2019"' in text


def test_a_period_needs_its_beginning(client):
    found("msp")
    sign_in(STEWARD)
    answer = client.post(at("periods", "msp", "apc"), periods({"norm": "Decreto 1"}))
    assert answer.status_code == 422
    assert "Escriba desde cuándo" in answer.content.decode()


@pytest.mark.parametrize(
    "missing", [{}, {"p-TOTAL_FORMS": "x"}, {"p-TOTAL_FORMS": "100000", "p-INITIAL_FORMS": "0"}]
)
def test_a_mangled_periods_form_changes_nothing(client, missing):
    ministry = found("msp")
    declare_population(
        id=ministry.pk,
        register="apc",
        periods=[Period(valid_from=date(2018, 1, 1))],
        version=1,
        actor=STEWARD,
    )
    sign_in(STEWARD)
    answer = client.post(at("periods", "msp", "apc"), {"version_leida": "2", **missing})
    assert answer.status_code == 422
    assert Membership.objects.count() == 1


def test_only_declared_registers_have_a_form(client):
    found("msp")
    sign_in(STEWARD)
    for register in ("apc_priority", "club"):
        assert client.get(at("periods", "msp", register)).status_code == 404


def uploaded(content: bytes | str, name: str = "instituciones.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content, "text/csv")


def test_a_file_is_reviewed_confirmed_and_imported(client):
    sign_in(STEWARD)
    text = "codigo,nombre,tipo,funcion\nmsp,Salud,ministerio,ejecutiva\nMAL,x,club,ejecutiva\n"
    answer = client.post(at("import"), {"file": uploaded(text)})
    review_page = client.get(answer["Location"])
    shown = review_page.content.decode()
    assert "Qué corregir" in shown
    assert not Institution.objects.exists()
    digest = review_page.content.decode().split('name="digest" value="')[1][:64]
    refused = client.post(answer["Location"], {"digest": digest})
    assert refused.status_code == 422
    assert not Institution.objects.exists()
    done = client.post(answer["Location"], {"digest": digest, "only_good": "on"}, follow=True)
    assert "1 institución nueva" in done.content.decode()
    assert Institution.objects.get().code == "msp"
    assert client.get(answer["Location"]).status_code == 404


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"nombre\nx\n", b"x" * 1_000_001, b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_is_refused_with_words(client, content):
    sign_in(STEWARD)
    answer = client.post(at("import"), {"file": uploaded(content)})
    assert answer.status_code == 422
    assert 'href="#id_file"' in answer.content.decode()


def test_heads_see_their_institution_and_keep_its_contacts(client):
    ministry = found("msp")
    found("otra", name="Otra institución")
    sign_in(official(Role.HEAD, ministry))
    listed = client.get(at("work")).content.decode()
    assert at("work_institution", "msp") in listed
    assert "Otra institución" not in listed
    answer = client.post(at("contacts", "msp"), {"phone": "02 333", "version_leida": "1"})
    assert answer.status_code == 302
    assert Institution.objects.get(code="msp").phone == "02 333"


STEWARD_PAGES = [
    ("register", []),
    ("import", []),
    *((name, ["msp"]) for name in EDIT_PAGES if name != "contacts"),
    ("periods", ["msp", "apc"]),
]


@pytest.mark.parametrize(("name", "arguments"), STEWARD_PAGES)
def test_pages_of_the_steward_are_closed_to_others(client, name, arguments):
    ministry = found("msp")
    for actor in (ANONYMOUS, *(official(role, ministry) for role in Role if role != Role.STEWARD)):
        sign_in(actor)
        assert client.get(at(name, *arguments)).status_code in (302, 403)
    sign_in(STEWARD)
    assert client.get(at(name, *arguments)).status_code == 200


def test_pages_keep_their_query_budgets(client, django_assert_max_num_queries):
    for number in range(30):
        found(f"i{number}", parent="i0" if number else "")
    sign_in(STEWARD)
    visits = [
        (workplace.institutions, "work", []),
        (workplace.institution, "work_institution", ["i0"]),
        (editing.register, "register", []),
        (importing.upload, "import", []),
        (editing.periods, "periods", ["i0", "apc"]),
        *((getattr(editing, name), name, ["i0"]) for name in EDIT_PAGES),
    ]
    for view, name, arguments in visits:
        with django_assert_max_num_queries(view.query_budget):
            assert client.get(at(name, *arguments)).status_code == 200


def test_the_list_finds_what_nobody_has_verified_and_what_has_ended(client):
    found("dudosa", name="Dudosa")
    found("segura", name="Segura", status="confirmado")
    found("cerrada", name="Cerrada", valid_until=date(2020, 1, 1))
    sign_in(STEWARD)
    assert "Cerrada" not in client.get(at("work")).content.decode()
    shown = client.get(at("work"), {"estado": "por_verificar", "cerradas": "on"}).content.decode()
    assert "Dudosa" in shown
    assert "Cerrada" in shown
    assert "Segura" not in shown
