"""Institutions and places are found by search, named on other rooms' pages, and watched by the doctor."""

from datetime import date

import pytest

from minga.foundation import search
from minga.kernel import cards
from minga.kernel.cards import Severity
from minga.kernel.errors import NotFound
from minga.kernel.references import Reference
from minga.modules.directory import contracts, queries
from minga.modules.directory.actions import rename_institution, seeding
from minga.modules.directory.models import Place
from minga.modules.directory.module import card
from minga.modules.directory.tests.cast import STEWARD, found

pytestmark = pytest.mark.django_db


def titles(text: str) -> list[str]:
    return [hit.title for hit in search.search(text, kinds=("institution", "place")).hits]


def test_a_registered_institution_is_found_at_once():
    found("msp", name="Ministerio de Salud Pública", acronym="MSP")
    assert titles("salud publica") == ["Ministerio de Salud Pública (MSP)"]
    assert titles("msp") == ["Ministerio de Salud Pública (MSP)"]


def test_a_renamed_institution_is_found_by_both_names():
    ministry = found("mae", name="Ministerio del Ambiente", acronym="MAE")
    rename_institution(
        id=ministry.pk,
        name="Ministerio de Ecología",
        acronym="ECO",
        since=date(2020, 1, 1),
        norm="",
        code="eco",
        version=1,
        actor=STEWARD,
    )
    for words in ("ecología", "ambiente", "mae"):
        assert titles(words) == ["Ministerio de Ecología (ECO)"]


def test_a_parish_leads_to_its_canton():
    seeding.load_territory()
    search.index(queries.place_documents())
    parish = Place.objects.get(code="170150")
    assert parish.parent is not None
    found_titles = titles("Guayllabamba")
    assert "Quito" in " ".join(found_titles)


def test_every_document_of_a_rebuild_is_one_that_actions_put_in():
    found("msp")
    seeding.load_territory()
    listed = {document.reference for source in card.search for document in source.documents()}
    assert len(listed) == 1 + Place.objects.exclude(level="parish").exclude(level="undelimited").count()


def test_references_are_named_many_at_once(django_assert_max_num_queries):
    institutions = [found(f"i{number}", name=f"Institución {number}", acronym="II") for number in range(5)]
    place = Place.objects.create(code="17", level="province", name="Pichincha", sort_key="pichincha")
    wanted = [
        *(item.reference for item in institutions),
        place.reference,
        Reference.of("institution", "nobody"),
    ]
    with django_assert_max_num_queries(2):
        named = cards.name_all(wanted)
    assert named[institutions[0].reference].title == "Institución 0 (II)"
    assert named[institutions[0].reference].url == "/instituciones/i0/"
    assert named[place.reference].url == "/territorio/17/"
    assert named[wanted[-1]].title == wanted[-1]


def test_the_doctor_says_when_the_register_is_empty_and_what_waits_to_be_verified():
    assert [finding.severity for finding in queries.check_config()] == [Severity.ERROR]
    Place.objects.create(code="17", level="province", name="Pichincha", sort_key="pichincha")
    found("msp", status="confirmado")
    assert [finding.severity for finding in queries.check_config()] == [Severity.OK]
    found("otra")
    findings = queries.check_config()
    assert findings[-1].severity == Severity.WARNING
    assert findings[-1].what.startswith("1 ")


def test_other_rooms_read_institutions_in_one_query(django_assert_num_queries):
    ministry = found("msp", name="Ministerio de Salud", acronym="MSP")
    with django_assert_num_queries(1):
        known = contracts.institutions(["msp", "nadie"])
    assert list(known) == ["msp"]
    assert known["msp"].reference == ministry.reference
    assert contracts.institution_by_id(ministry.pk) == known["msp"]
    assert contracts.choices(date(2020, 1, 1)) == [("msp", "Ministerio de Salud (MSP)")]
    with pytest.raises(NotFound):
        contracts.institution("nadie")
