"""The methodological sheets: what they say, what is kept, how they read on the page and on paper."""

import argparse
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import resolve, reverse
from django.utils.translation import override
from pypdf import PdfReader

from minga.kernel import cards, clock, digests
from minga.kernel.indicators import Count, Evidence, Share, Standing, definition_hash
from minga.modules.directory import contracts as directory
from minga.modules.plan import actions, cli, indicators, jobs, queries
from minga.modules.plan.facts import NormIssued, NormWithdrawn
from minga.modules.plan.models import SheetVersion
from minga.modules.plan.models import sheet as texts_of
from minga.modules.plan.models.sheet import FIELDS, GROUPS, LANGUAGES
from minga.modules.plan.models.structure import plan
from minga.modules.plan.views.sheets import _FIELDS, _GROUPS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_seeded")]
SHARE = Share(
    code="2",
    standing=Standing(opened_by=NormIssued, closed_by=(NormWithdrawn,), counted="institution"),
    population=directory.APC,
    evidence=Evidence.CONFIRMED,
)


@pytest.fixture
def measured(monkeypatch):
    """A function that gives the house one more indicator, as another room's card would."""

    def add(indicator):
        room = cards.Room(name="prueba", title="Prueba", level=3, indicators=(indicator,))
        monkeypatch.setattr(cards, "_rooms", [*cards.rooms(), room])

    return add


@pytest.fixture
def reworded(monkeypatch):
    """A function that changes one text of the file of texts."""

    def change(code, field, **said):
        changed = json.loads(json.dumps(texts_of.texts()))
        changed["indicators"][code][field] = [said]
        monkeypatch.setattr(queries.composing, "texts", lambda: changed)

    return change


def said(code, field, language="es"):
    return [piece["text"] for piece in queries.composed()[code][language][field]]


def root_of(pdf: bytes) -> Any:
    return PdfReader(io.BytesIO(pdf)).trailer["/Root"]


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_every_indicator_has_every_field_of_the_national_form_in_both_languages():
    sheets = queries.composed()
    assert list(sheets) == list(plan().indicators)
    for content in sheets.values():
        assert list(content) == list(LANGUAGES)
        for fields in content.values():
            assert tuple(fields) == FIELDS
            assert all(piece["text"].strip() for pieces in fields.values() for piece in pieces)
            assert all(fields.values())


def test_every_field_and_heading_has_a_name_on_the_page():
    assert set(FIELDS) | {"created", "updated"} == set(_FIELDS)
    assert set(GROUPS) == set(_GROUPS)


def test_the_texts_name_only_indicators_of_the_plan_and_fields_of_the_form():
    written = texts_of.texts()
    assert set(written["indicators"]) == set(plan().indicators)
    assert set(written["programmes"]) == {programme.code for programme in plan().programmes}
    for code, entry in written["indicators"].items():
        assert set(entry) <= set(FIELDS) | {"counted", "population"}, code
        for value in entry.values():
            for line in value if isinstance(value, list) else [value]:
                assert set(line) == set(LANGUAGES), code


def test_what_nobody_did_is_not_claimed():
    for code in plan().indicators:
        for field in ("classification", "homologation", "homologated_on", "review"):
            assert said(code, field) == ["No consta."]
        assert said(code, "signatures") == ["No consta: esta ficha no lleva firmas electrónicas."]


def test_a_milestone_is_told_by_its_own_declaration():
    assert said("1", "formula")[1] == "I(t) = 1 si C(t) ≥ 1; I(t) = 0 si C(t) = 0"
    method = " ".join(said("1", "method"))
    assert NormIssued.title in method
    assert NormWithdrawn.title in method
    assert "iniciativa 1.1" in method
    assert "sintéticos) nunca cuentan" in method
    assert definition_hash(indicators.PARTICIPATION_NORM) in said("1", "syntax")[1]
    links = [piece["url"] for piece in queries.composed()["1"]["es"]["source"]]
    assert "/hechos/#plan.norm.issued.v1" in links


def test_the_links_to_facts_lead_to_their_place_in_the_catalogue(client):
    page = client.get("/hechos/").content.decode()
    for piece in queries.composed()["1"]["es"]["source"][1:]:
        assert f'id="{piece["url"].partition("#")[2]}"' in page


def test_an_indicator_without_a_source_says_so_in_each_field_that_needs_one():
    for field in ("method", "limits", "source", "frequency", "transfer", "syntax", "series", "availability"):
        assert said("2", field) != said("1", field)
    assert "no significa cero" in " ".join(said("2", "method"))
    assert said("2", "syntax") == ["No hay: todavía no se declara cómo medirlo."]
    assert said("2", "formula")[1] == "I(t) = 100 × C(t) ÷ P(t)"


def test_a_share_names_its_register_its_rounding_and_whom_it_counts(measured):
    measured(SHARE)
    assert "registro fechado «apc»" in " ".join(said("2", "variables"))
    method = " ".join(said("2", "method"))
    assert "dos decimales" in method
    assert "la institución que nombra el hecho" in method
    assert "Lo declara una institución y lo confirma otra." in said("2", "limits")
    (register,) = [piece for piece in queries.composed()["2"]["es"]["variables"] if piece["url"]]
    assert resolve(register["url"].partition("?")[0]).view_name == "directory:population"


def test_a_count_says_which_facts_it_reads(measured):
    standing = Standing(opened_by=NormIssued, where=(("initiative", "urn:x"),))
    measured(Count(code="3", standing=standing, evidence=Evidence.MEASURED))
    method = " ".join(said("3", "method"))
    assert "campo «initiative» vale «urn:x»" in method
    assert "hasta el hecho" not in method
    assert said("3", "formula")[1] == "I(t) = C(t)"


def test_the_doubts_of_the_plans_text_are_among_the_limits():
    assert set(plan().doubts["indicator:17"]) <= set(said("17", "limits"))


def test_the_sheet_of_the_index_flags_the_slips_of_the_official_one_instead_of_copying_them():
    limits = " ".join(said("V1", "limits"))
    assert "son 193" in limits
    assert "2/9, 1/3, 2/9 y 2/9" in limits
    assert said("V1", "formula")[1] == "EGDI = (OSI + TII + HCI) ÷ 3"


def test_the_reading_follows_the_national_pattern_in_each_language():
    assert said("2", "interpretation")[0].endswith("fue de XX % el día t.")
    with override("en"):
        assert said("2", "name", "en") == [plan().indicators["2"].title]


def test_a_first_version_of_every_sheet_is_kept_and_nothing_new_makes_no_second():
    made = actions.keep_sheets()
    assert {version.indicator for version in made} == set(plan().indicators)
    assert {version.number for version in made} == {1}
    assert actions.keep_sheets() == []
    assert actions.load_sheets() == "al día"


def test_a_changed_definition_makes_a_version_that_names_the_fields(measured):
    actions.keep_sheets()
    measured(SHARE)
    (version,) = actions.keep_sheets()
    assert (version.indicator, version.number) == ("2", 2)
    assert version.definition_hash == definition_hash(SHARE)
    assert {"syntax", "method", "source"} <= set(version.changed)
    assert "definition" not in version.changed
    assert version.changed == sorted(version.changed, key=FIELDS.index)


def test_a_changed_text_makes_a_version_though_only_one_language_changed(reworded):
    actions.keep_sheets()
    before = said("6", "definition")[0]
    reworded("6", "definition", es=before, en="Another wording")
    (version,) = actions.keep_sheets()
    assert (version.indicator, version.changed) == ("6", ["definition"])


def test_a_published_value_is_no_part_of_a_sheet():
    actions.keep_sheets()
    actions.publish()
    assert actions.keep_sheets() == []


def test_publishing_keeps_the_sheets_too():
    jobs.publish(timestamp=0)
    assert SheetVersion.objects.count() == len(plan().indicators)


def test_kept_versions_can_be_neither_changed_nor_removed():
    (version, *_rest) = actions.keep_sheets()
    for change in (
        lambda: SheetVersion.objects.filter(pk=version.pk).update(number=9),
        lambda: SheetVersion.objects.filter(pk=version.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_version_that_was_changed_afterwards_is_found(capsys):
    (version, *_rest) = actions.keep_sheets()
    assert actions.altered_sheets() == []
    with connection.cursor() as cursor:  # what someone with all powers over the database can do
        cursor.execute("ALTER TABLE plan_sheetversion DISABLE TRIGGER USER")
        cursor.execute("UPDATE plan_sheetversion SET content = '{}' WHERE id = %s", [version.pk])
    assert actions.altered_sheets() == [version]
    assert cli._verify(argparse.Namespace()) == 1
    assert f"indicador {version.indicator}, versión 1: se cambió" in capsys.readouterr().out


def test_the_digest_is_of_what_was_kept_and_anybody_can_compute_it(client):
    actions.keep_sheets()
    body = client.get(reverse("plan:sheet_json", args=["17"])).json()
    assert body["sha256"] == digests.of_json(body["content"])
    assert body["content"]["es"] == queries.composed()["17"]["es"]


def test_the_page_shows_every_field_and_leads_to_the_pdf(client):
    actions.keep_sheets()
    page = client.get(reverse("plan:sheet", args=["17"])).content.decode()
    for name in _FIELDS.values():
        assert f">{name}</dt>" in page
    assert reverse("plan:sheet_version_pdf", args=["17", 1]) in page
    assert (
        reverse("plan:sheet", args=["17"])
        in client.get(reverse("plan:indicator", args=["17"])).content.decode()
    )


def test_the_page_reads_the_latest_value_where_there_is_one(client):
    with clock.frozen(datetime(2026, 3, 4, 15, tzinfo=UTC)):
        actions.publish()
    actions.keep_sheets()
    newest = client.get(reverse("plan:sheet", args=["1"])).content.decode()
    assert "» fue de 0 el 4 de marzo de 2026." in newest
    without = client.get(reverse("plan:sheet", args=["2"])).content.decode()
    assert "» fue de XX % el día t." in without
    assert "Vea quién cuenta" not in without


def test_a_new_version_shows_each_field_before_and_after_and_the_old_one_stays(client, measured):
    with clock.frozen(datetime(2026, 3, 4, 15, tzinfo=UTC)):
        actions.keep_sheets()
    measured(SHARE)
    with clock.frozen(datetime(2026, 5, 6, 15, tzinfo=UTC)):
        actions.keep_sheets()
    page = client.get(reverse("plan:sheet", args=["2"])).content.decode()
    assert "Versión 2, vigente desde el 6 de mayo de 2026." in page
    changes = page.split('id="cambios"')[1].split("</section>")[0]
    assert "No hay: todavía no se declara cómo medirlo." in changes
    assert definition_hash(SHARE) in changes
    assert ">Definición</th>" not in changes
    old = client.get(reverse("plan:sheet_version", args=["2", 1])).content.decode()
    assert "Versión 1, del 4 de marzo de 2026. Ya no es la vigente." in old
    assert definition_hash(SHARE) not in old
    assert 'id="cambios"' not in old


def test_the_pdf_says_what_the_page_says_and_is_tagged():
    from django.test import Client

    actions.keep_sheets()
    answer = Client().get(reverse("plan:sheet_pdf", args=["1"]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="ficha-metodologica-1-v1.pdf"'
    text = text_of(answer.content).replace("\n", " ")
    for name in ("Fórmula de cálculo", "Sintaxis", "Firmas electrónicas", "Qué mide"):
        assert name in text
    root = root_of(answer.content)
    assert root["/Lang"] == "es"
    assert "/StructTreeRoot" in root
    links = [
        note.get_object()["/A"]["/URI"]
        for page in PdfReader(io.BytesIO(answer.content)).pages
        for note in page.get("/Annots", ())
    ]
    assert "http://testserver/hechos/#plan.norm.issued.v1" in links


@pytest.mark.parametrize(("language", "written"), [("es", "es"), ("en", "en"), ("qu", "es")])
def test_a_pdf_is_in_a_language_that_sheets_are_written_in(client, language, written):
    actions.keep_sheets()
    client.cookies["minga_idioma"] = language
    pdf = client.get(reverse("plan:sheet_pdf", args=["V1"])).content
    assert root_of(pdf)["/Lang"] == written
    page = client.get(reverse("plan:sheet", args=["V1"])).content.decode()
    assert f'<div lang="{written}">' in page


def test_a_version_has_the_same_bytes_on_paper_for_ever(client, measured):
    actions.keep_sheets()
    address = reverse("plan:sheet_version_pdf", args=["2", 1])
    before = client.get(address).content
    measured(SHARE)
    actions.keep_sheets()
    assert client.get(address).content == before
    assert client.get(reverse("plan:sheet_pdf", args=["2"])).content != before


@pytest.mark.parametrize("name", ["sheet_version", "sheet_version_pdf", "sheet_version_json"])
@pytest.mark.parametrize(("code", "number"), [("1", 2), ("1", 0), ("99", 1)])
def test_a_version_that_was_never_kept_is_not_found(client, name, code, number):
    actions.keep_sheets()
    assert client.get(reverse(f"plan:{name}", args=[code, number])).status_code == 404


def test_before_anything_is_kept_the_sheet_is_not_found(client):
    assert client.get(reverse("plan:sheet", args=["1"])).status_code == 404


def test_the_pages_of_sheets_keep_to_their_query_budgets(client, django_assert_max_num_queries):
    actions.keep_sheets()
    for name in ("sheet", "sheet_pdf", "sheet_json"):
        address = reverse(f"plan:{name}", args=["1"])
        budget = vars(resolve(address).func)["query_budget"]
        with django_assert_max_num_queries(budget):
            assert client.get(address).status_code == 200
