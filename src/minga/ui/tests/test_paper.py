"""Printed documents: readable by everybody, the same bytes each time, and what people write stays text."""

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import typst
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from minga.ui import paper
from minga.ui.charts import LineChart, Point
from minga.ui.paper import Frame

DATED = datetime(2026, 3, 4, 17, tzinfo=UTC)
FRAME = Frame(
    title="Informe de prueba",
    dated=DATED,
    kind="Informe",
    institution="Institución inventada",
    address="https://minga.example/informe/",
)
TEMPLATE = """#import "/minga.typ": *
#let data = json("/data.json")
#show: paper.with(data.frame)
#for part in data.content.parts {
  heading(part.title)
  fields(data.content.heads, part.rows.map(((name, value)) => (name, value)))
}
#if "chart" in data.content { chart(data.frame, data.content.chart) }
"""
CONTENT: dict[str, Any] = {
    "heads": ["Campo", "Contenido"],
    "parts": [
        {"title": "Primera parte", "rows": [["Nombre", "Índice de ñandúes"], ["Unidad", "Porcentaje"]]},
        {"title": "Segunda parte", "rows": [["Fuente", "Libro de hechos"]]},
    ],
}
CHART = LineChart(
    id="c",
    title="La meta está cumplida",
    summary="El valor subió de 12 a 41.",
    points=[Point(date(2018, 12, 31), 12), Point(date(2020, 12, 31), 41)],
    target_path=[Point(date(2018, 12, 31), 10), Point(date(2021, 12, 31), 40)],
    source="Libro de hechos",
)


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A function that writes a template of an invented room, and a PDF from it."""
    folder = tmp_path / "templates" / "prueba"
    folder.mkdir(parents=True)
    monkeypatch.setattr(paper, "get_app_template_dirs", lambda name: (tmp_path / name,))

    def make(content=CONTENT, *, template=TEMPLATE, frame=FRAME) -> bytes:
        paper._found.cache_clear()
        (folder / "informe.typ").write_text(template, encoding="utf-8")
        return paper.compiled("prueba/informe.typ", content, frame=frame)

    yield make
    paper._found.cache_clear()


def root_of(pdf: bytes) -> Any:
    """The document's catalogue."""
    return PdfReader(io.BytesIO(pdf)).trailer["/Root"]


def elements(pdf: bytes) -> list[Any]:
    """The structure tree's elements in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(root_of(pdf)["/StructTreeRoot"]["/K"])
    return found


def roles(pdf: bytes) -> list[str]:
    return [str(element["/S"]) for element in elements(pdf)]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_document_is_tagged_titled_dated_and_says_its_language(room):
    pdf = room()
    root, reader = root_of(pdf), PdfReader(io.BytesIO(pdf))
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "es"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert reader.metadata is not None
    assert reader.metadata.title == "Informe de prueba"
    assert reader.metadata.author == "Institución inventada"
    assert reader.metadata.creation_date == DATED
    assert re.search(rb"<pdfuaid:part>\s*1\s*<", root["/Metadata"].get_data())


@pytest.mark.parametrize("language", ["es", "en", "qu"])
def test_a_document_has_the_readers_language(room, language):
    with override(language):
        assert root_of(room())["/Lang"] == language


def test_headings_and_header_cells_are_in_the_structure_tree(room):
    found = roles(room())
    assert found.count("/H1") == 2
    assert found.count("/Title") + found.count("/P") > 0
    assert found.count("/Table") == 2
    assert found.count("/TH") == 4
    assert found.count("/TD") == 6


def test_the_text_is_read_in_the_order_of_the_page(room):
    text = text_of(room())
    order = [
        "Institución inventada",
        "Informe de prueba",
        "Primera parte",
        "ñandúes",
        "Segunda parte",
        "Libro",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "Página 1 de 1" in text
    assert "4 de marzo de 2026" in text
    assert "minga.example" in text


def test_a_row_taller_than_a_page_goes_on_and_loses_nothing(room):
    words = [f"palabra{number}" for number in range(1500)]
    pdf = room({"heads": ["A", "B"], "parts": [{"title": "Larga", "rows": [["x", " ".join(words)]]}]})
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 2
    assert set(words) <= set(text_of(pdf).split())
    assert roles(pdf).count("/TH") == 2


def test_fonts_travel_inside_the_document(room):
    pages: Any = PdfReader(io.BytesIO(room())).pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (inner,) = font["/DescendantFonts"]
        assert {"/FontFile2", "/FontFile3"} & set(inner.get_object()["/FontDescriptor"].get_object())


def test_equal_input_gives_equal_bytes_and_another_date_other_bytes(room):
    assert room() == room()
    assert room() != room(frame=Frame(title=FRAME.title, dated=datetime(2026, 3, 5, 17, tzinfo=UTC)))


def test_a_chart_is_a_figure_with_words_and_has_the_brands_colours(room):
    pdf = room(CONTENT | {"chart": paper.drawing(CHART)})
    (figure,) = [element for element in elements(pdf) if element["/S"] == "/Figure"]
    assert figure["/Alt"] == CHART.summary
    assert "Lo previsto en el plan" in text_of(pdf)
    svg = paper.drawing(CHART)["svg"]
    assert "#12436d" in svg
    classes = set(re.findall(r'class="([\w-]+)"', svg)) - {"minga-chart__drawing"}
    assert {name for name in classes if f".{name}{{" not in svg} == set()


def test_a_picture_without_words_is_refused(room):
    with pytest.raises(typst.TypstError, match="alt text"):
        room(template=TEMPLATE + '#image("/mark.svg")')


HOSTILE = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "*negrita* _cursiva_ `código` $x^2$ <etiqueta> @cita",
    "\\ // comentario /* otro */ ~ -- ---",
    "= Título falso",
    '"] #[',
    "https://example.org/x",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_that_somebody_wrote_stays_text(room, text):
    content = {"heads": ["A", "B"], "parts": [{"title": text, "rows": [["x", text]]}]}
    frame = Frame(title=text, dated=DATED, institution=text, kind=text)
    pdf = room(content, frame=frame)
    written = re.sub(r"\s", "", text_of(pdf))
    assert written.count(re.sub(r"\s", "", text)) >= 4
    assert roles(pdf).count("/H1") == 1
    assert not any(page.get("/Annots") for page in PdfReader(io.BytesIO(pdf)).pages)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_whatever_somebody_wrote_never_breaks_the_document(room, text):
    content = {"heads": ["A", "B"], "parts": [{"title": "Parte", "rows": [["x", text]]}]}
    assert roles(room(content)).count("/TD") == 2


def test_a_character_without_a_glyph_is_a_box_and_the_file_claims_less(room):
    content = {"heads": ["A", "B"], "parts": [{"title": "Parte", "rows": [["x", "Carla 李"]]}]}
    pdf = room(content)
    assert "Carla" in text_of(pdf)
    assert roles(pdf).count("/TH") == 2
    assert b"pdfuaid" not in root_of(pdf)["/Metadata"].get_data()


@pytest.mark.parametrize("file", ["/etc/hostname", "../paper.py", "/../paper.py", "../../kernel/cards.py"])
def test_a_template_reads_nothing_else_of_the_machine(room, file):
    with pytest.raises(typst.TypstError):
        room(template=TEMPLATE + f'#read("{file}")')


def test_an_unknown_template_is_an_error_of_ours(room):
    room()
    with pytest.raises(LookupError):
        paper.compiled("prueba/otro.typ", CONTENT, frame=FRAME)


def test_templates_ask_for_no_package_run_no_data_and_hold_no_words():
    source = Path(paper.HERE).parent
    templates = [*source.rglob("*.typ")]
    assert paper.LAYOUT / "minga.typ" in templates
    for template in templates:
        code = re.sub(r"(?m)^\s*//.*$", "", template.read_text(encoding="utf-8"))
        assert not re.search(r'"@|\beval\(|\bplugin\(|\bread\(', code), template
        assert not re.search(r"[áéíóúñ¿¡]|\[[^\]]*\w{3,} \w{3,}", code), template
