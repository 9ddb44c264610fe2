"""The gallery shows every component in every language, and the kit works away from Minga."""

import io
import re
import zipfile
from itertools import pairwise

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from lxml import html

from minga.kernel.errors import NotFound
from minga.ui import build, gallery, kit, views
from minga.ui.gallery_entries import ENTRIES


@pytest.fixture(scope="module", autouse=True)
def assets():
    build.build()


def page(view, *arguments, language="es"):
    with override(language):
        answer = view(RequestFactory().get("/sistema-de-diseno/"), *arguments)
    assert answer.status_code == 200
    return html.document_fromstring(answer.content.decode())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.slug)
@pytest.mark.parametrize("language", ["es", "en", "qu"])
def test_each_component_has_a_page_with_one_heading_unique_ids_and_no_inline_style(entry, language):
    shown = page(views.component, entry.slug, language=language)
    ids = shown.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert len(shown.xpath("//h1")) == 1
    assert not shown.xpath("//@style|//style|//script[not(@src)]|//@onclick")
    assert shown.xpath("//pre")
    assert shown.get("lang") == language


def test_headings_never_skip_a_level():
    for entry in ENTRIES:
        levels = [
            int(heading.tag[1]) for heading in page(views.component, entry.slug).xpath("//h1|//h2|//h3|//h4")
        ]
        assert all(after - before <= 1 for before, after in pairwise(levels)), entry.slug


def test_the_index_links_every_component():
    links = page(views.index).xpath("//a/@href")
    assert all(f"/sistema-de-diseno/{entry.slug}/" in links for entry in ENTRIES)


def test_an_unknown_component_is_not_found():
    with pytest.raises(NotFound):
        gallery.entry("carrusel")


def test_colours_for_text_keep_seven_to_one_on_white():
    ratios = {token.name: token.on_white for token in gallery.tokens()}
    for name in ("text", "secondary-text", "link", "link-visited", "link-hover", "error", "success", "brand"):
        assert ratios[name] >= 7, name
    assert gallery.contrast("#ffffff", "#000000") == pytest.approx(21)


def test_the_style_page_shows_every_colour():
    assert len(page(views.tokens).xpath("//li[@class='minga-swatch']")) == len(gallery.tokens()) >= 20


def test_the_accessibility_statement_says_which_norm_it_follows():
    assert "WCAG" in page(views.accessibility).text_content()


def test_the_kit_is_the_same_bytes_each_time():
    first = kit.archive()
    kit.archive.cache_clear()
    assert kit.archive() == first


def test_the_kit_holds_styles_script_pages_statement_licences_and_instructions():
    with zipfile.ZipFile(io.BytesIO(kit.archive())) as archive:
        names = {name.removeprefix("sistema-de-diseno/") for name in archive.namelist()}
        assert archive.testzip() is None
    assert {"css/minga.css", "js/minga.js", "LEEME.md", "LICENCIAS.txt"} <= names
    assert "plantillas/declaracion-de-accesibilidad.html" in names


def test_each_page_of_the_kit_points_only_to_what_the_kit_holds():
    contents = kit.files()
    for name, content in contents.items():
        if not name.endswith(".html"):
            continue
        shown = html.document_fromstring(content.decode())
        for target in shown.xpath("//link/@href|//script/@src|//a/@href|//form/@action"):
            if not target.startswith("#") and target != "/":
                path = target.removeprefix("../") if target.startswith("../") else f"plantillas/{target}"
                assert path in contents, (name, target)
        assert not re.search(r"\{[{%]", content.decode())


def test_a_page_loads_at_most_forty_kilobytes_of_styles_and_scripts():
    weights = build.weights()
    assert weights["minga.css"] + weights["minga.js"] <= 26_000
    assert sum(weights[name] for name in ("minga.css", "minga.js", "htmx.min.js")) <= 40_000
