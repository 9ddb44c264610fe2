"""What a question finds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minga.foundation.search import index, remove, search
from minga.foundation.search.actions import add_synonyms
from minga.foundation.search.tests.samples import document, fill
from minga.kernel.actors import Actor
from minga.kernel.references import Reference

pytestmark = pytest.mark.django_db
STEWARD = Actor.system("rehearsal")


def titles(question: str, **options: object) -> list[str]:
    return [hit.title for hit in search(question, **options).hits]  # type: ignore[arg-type]


def test_a_word_is_found_with_or_without_its_accents_and_in_any_case():
    fill()
    for typed in ("cédula", "cedula", "CÉDULA", "Cedulas", "ce\u0301dula"):
        assert set(titles(typed)) == {
            "Duplicado de la cédula de identidad",
            "Emisión de cédula de identidad por primera vez",
        }


def test_habilitacion_without_accent_meets_the_title_that_has_it():
    fill()
    assert titles("habilitacion")[0] == "Habilitación de conductores profesionales"
    assert titles("habilitar")[0] == "Habilitación de conductores profesionales"


def test_a_capital_letter_with_accent_is_lowered_whatever_the_collation():
    fill(document(1, "ÁRBOLES DEL ESPACIO PÚBLICO"))
    assert titles("árbol") == ["ÁRBOLES DEL ESPACIO PÚBLICO"]


def test_a_natural_question_finds_though_no_title_has_all_its_words():
    fill()
    assert titles("quiero sacar la cédula de mi hijo por primera vez")[0].startswith("Emisión de cédula")


def test_the_rare_word_counts_more_than_the_common_one():
    fill()
    assert titles("certificado nacimiento")[0] == "Inscripción de nacimiento"


def test_what_only_shares_a_common_word_is_left_out_when_there_are_rarer_ones():
    fill(*(document(n, f"Certificado {n}") for n in range(1, 50)), document(99, "Certificado de zoológicos"))
    assert titles("certificado de zoológico") == ["Certificado de zoológicos"]
    assert search("certificado").total == 50
    assert search("certificado de inexistencia").total == 50


def test_a_word_that_the_body_has_settles_which_of_two_equal_titles_comes_first():
    fill(document(1, "Permiso de local"), document(2, "Permiso de local", body="Para peluquerías."))
    assert [hit.reference.id for hit in search("permiso peluquerías").hits] == ["2", "1"]


def test_a_typo_is_mended_and_said():
    fill()
    found = search("licensia de conducir")
    assert found.hits[0].title == "Renovación de la licencia de conducir"
    assert found.corrected == "licencia de conducir"
    assert search("certifcado de defunsion").corrected == "certificado de defunción"


def test_a_word_that_is_known_is_never_mended():
    fill()
    assert search("planos").corrected == ""


def test_a_word_only_in_a_body_is_known_and_found_last():
    fill(
        document(1, "Permiso general", body="Sirve también para palomares."),
        document(2, "Censo de palomares"),
        document(3, "Paloma mensajera"),
    )
    found = search("palomares")
    assert [hit.title for hit in found.hits][-1] == "Permiso general"
    assert found.corrected == ""


def test_short_words_and_numbers_are_never_mended():
    fill()
    for typed in ("cedu", "12345", "a1b2c3"):
        assert search(typed).corrected == ""


def test_synonyms_find_but_the_very_word_comes_first():
    fill(document(1, "Matriculación vehicular"), document(2, "Carro alegórico"))
    add_synonyms(asked=["carro"], means=["vehicular"], actor=STEWARD)
    assert titles("carro") == ["Carro alegórico", "Matriculación vehicular"]
    assert titles("carros") == ["Carro alegórico", "Matriculación vehicular"]
    assert titles("vehicular") == ["Matriculación vehicular"]


def test_a_synonym_of_several_words_is_met_in_a_longer_question():
    fill()
    add_synonyms(asked=["tercera edad"], means=["adultos mayores"], actor=STEWARD)
    assert titles("impuestos de la tercera edad")[0].startswith("Exoneración")


def test_a_word_that_only_synonyms_know_is_not_mended():
    fill(document(1, "Policía comunitaria"), document(2, "Certificado de antecedentes penales"))
    add_synonyms(asked=["récord policial"], means=["antecedentes penales"], actor=STEWARD)
    found = search("record policial")
    assert found.corrected == ""
    assert found.hits[0].title == "Certificado de antecedentes penales"


def test_title_comes_before_institution_before_keywords_before_body():
    fill(
        document(4, "Cuarto", body="Habla de humedales."),
        document(3, "Tercero", keywords=["humedales"]),
        document(2, "Segundo", institution="Agencia de Humedales"),
        document(1, "Humedales"),
    )
    assert titles("humedales")[:2] == ["Humedales", "Segundo"]
    assert titles("humedales")[-1] == "Cuarto"


def test_weight_raises_a_document():
    fill(document(1, "Visita al museo"), document(2, "Visita al museo", weight=2.0))
    assert [hit.reference.id for hit in search("museo").hits] == ["2", "1"]


def test_kinds_filter_the_page_and_every_kind_is_counted():
    fill(
        document(1, "Ministerio de Salud", kind="institucion"),
        document(2, "Permiso de salud"),
        document(3, "Carné de salud"),
    )
    found = search("salud", kinds=["institucion"])
    assert [hit.kind for hit in found.hits] == ["institucion"]
    assert found.total == 1
    assert found.counts == {"institucion": 1, "tramite": 2}


def test_pages_follow_each_other_without_repeats_and_end_empty():
    fill(*(document(number, f"Feria número {number}") for number in range(1, 24)))
    pages = [search("feria", page=number) for number in (1, 2, 3, 4)]
    seen = [hit.reference for page in pages for hit in page.hits]
    assert [len(page.hits) for page in pages] == [10, 10, 3, 0]
    assert len(set(seen)) == 23
    assert {page.total for page in pages} == {23}


@pytest.mark.parametrize(("page", "size"), [(0, 10), (-5, 0), (10**30, 10**30)])
def test_impossible_pages_are_harmless(page, size):
    fill()
    assert search("cédula", page=page, size=size).total == 2


def test_searched_words_are_marked_in_title_and_snippet_as_plain_text():
    fill(
        document(
            1,
            "Cédula <b>nueva</b>",
            body="Relleno sin nada que ver. " * 20
            + "Aquí está <script>la CÉDULA</script>, y más. "
            + "Fin. " * 90,
        )
    )
    hit = search("cedulas").hits[0]
    assert [(piece.text, piece.marked) for piece in hit.heading] == [
        ("Cédula", True),
        (" <b>nueva</b>", False),
    ]
    assert [piece.text for piece in hit.snippet if piece.marked] == ["CÉDULA"]
    text = "".join(piece.text for piece in hit.snippet)
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert "<script>la CÉDULA</script>" in text
    assert len(text) < 260


def test_a_document_takes_the_place_of_the_one_with_its_reference():
    fill(document(1, "Nombre antiguo"))
    index([document(1, "Nombre actual")])
    assert titles("antiguo") == []
    assert titles("actual") == ["Nombre actual"]


def test_what_is_removed_is_not_found():
    fill()
    assert remove([Reference.of("procedure", 6), Reference.of("procedure", 999)]) == 1
    assert "Certificado de defunción" not in titles("defunción")


def test_any_document_can_be_indexed_even_with_hostile_text():
    nasty = "\0 'a' & b | !c:* <-> \\ \ud800 👍 " + "x" * 100_000
    index([document(1, f"Título{nasty}", body=nasty * 5, keywords=[nasty], institution=nasty)])
    assert search("título").total == 1


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "Dos palabras"},
        {"url": "https://otro.example/"},
        {"url": "//otro.example/"},
        {"url": "javascript:0"},
        {"title": "  "},
        {"weight": 0},
        {"weight": float("nan")},
    ],
)
def test_a_document_that_breaks_a_rule_is_refused(values):
    with pytest.raises(ValueError, match=r"."):
        document(1, **{"title": "Bueno", **values})


HOSTILE = [
    "",
    " ",
    "a",
    "ñ",
    "de la",
    "\0",
    "cédula\0' OR 1=1 --",
    "x" * 10_000,
    "cédula " * 2_000,
    "👍🏽🇪🇨",
    "& | ! ( ) : * <-> <2>",
    "':*A'",
    "\\",
    "%s %(a)s {0}",
    "'; DROP TABLE search_document; --",
    "½ ² ﬁ Ⅷ ٣ 漢字 \u0301\u0301 \u202e",
    "\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_are_harmless(text):
    fill()
    search(text)
    assert search("cédula").total == 2


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("cédula'&|!:*()<>\\ \0%")), max_size=60))
def test_any_text_is_a_question(text):
    found = search(text)
    assert found.total >= len(found.hits)


def test_a_question_costs_at_most_five_queries_and_none_when_it_has_no_words():
    fill()
    with CaptureQueriesContext(connection) as queries:
        search("licensia de conducir")
    assert len(queries) == 5
    with CaptureQueriesContext(connection) as queries:
        search(" ¿? ")
    assert len(queries) == 0
