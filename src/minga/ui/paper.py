"""Printed documents: a room's Typst template and plain data become a tagged PDF (PDF/UA-1).

A template is `templates/<room>/<name>.typ`. It begins with `#import "/minga.typ": *`, reads everything that changes
from `/data.json` and gives `data.frame` to `paper`, which draws what all documents share. What people wrote reaches
it as data and is set as text: it is never part of a template. Words come translated from the caller.

Equal input gives equal bytes: fonts are those that Typst carries, and the date is the document's own, not the
clock's. A template can read the shared layout and its data, nothing else of the machine.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.http import HttpResponse
from django.template.utils import get_app_template_dirs
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from jinja2 import Environment

from minga.ui import formats, tokens
from minga.ui.charts import LineChart

HERE = Path(__file__).resolve().parent
LAYOUT = HERE / "typst"
_NO_GLYPH = "could not be displayed with font"
_MARK = HERE / "images" / "mark.svg"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What every printed document carries around its content.

    `dated` is when the content was settled: it is printed, and the file's own date. `institution` answers for the
    document, and stands where its letterhead would; `address` is where the document lives on the site.
    """

    title: str
    dated: datetime
    kind: str = ""
    """what sort of document it is, over the title"""
    institution: str = ""
    address: str = ""
    keywords: tuple[str, ...] = ()


def compiled(template: str, content: Mapping[str, Any], *, frame: Frame) -> bytes:
    """The PDF that the template makes of the content, in the active language.

    A character that no carried font has, such as a picture or a Chinese one, becomes a box, and the file, tagged all
    the same, does not claim PDF/UA: better than no document. Raises LookupError when no room has such a template, and
    `typst.TypstError` when it is wrong or not accessible, such as a picture without words.
    """
    data = json.dumps({"frame": _frame(frame), "content": content}, ensure_ascii=False, sort_keys=True)
    files = {
        "main.typ": _found(template).read_bytes(),
        "minga.typ": (LAYOUT / "minga.typ").read_bytes(),
        "mark.svg": _MARK.read_bytes(),
        "data.json": data.encode(),
    }
    dated = int(frame.dated.timestamp())
    try:
        return _pdf(files, dated, ["ua-1"])
    except typst.TypstError as error:
        if _NO_GLYPH not in error.message:
            raise
        return _pdf(files, dated, [])


def _pdf(files: dict[str, bytes], dated: int, standards: list[Literal["ua-1"]]) -> bytes:
    pdf: bytes = typst.compile(
        files,  # type: ignore[call-overload]  # its stubs leave out that many files are taken at once
        root=LAYOUT,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=standards,
        timestamp=dated,
    )
    return pdf


def response(name: str, pdf: bytes) -> HttpResponse:
    """The PDF as something to save, under a name made safe for every system."""
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name)}.pdf"'
    return answer


def drawing(chart: LineChart) -> dict[str, Any]:
    """A chart for a template's `chart`: the drawing of the page, with its colours inside, and its words."""
    drawn = str(_macros().line_drawing(chart))  # type: ignore[attr-defined]
    opening, rest = drawn.strip().split(">", 1)
    svg = f'{opening} xmlns="http://www.w3.org/2000/svg"><style>{_style()}</style>{rest}'
    legend = [_("Lo alcanzado"), *([_("Lo previsto en el plan")] if chart.target else [])]
    words = {"alt": chart.summary, "title": chart.title, "source": chart.source, "legend": legend}
    return {"svg": svg, **words}


def _frame(frame: Frame) -> dict[str, Any]:
    return {
        "title": frame.title,
        "kind": frame.kind,
        "institution": frame.institution,
        "address": frame.address,
        "keywords": frame.keywords,
        "language": (get_language() or "es")[:2],
        "date": formats.day(frame.dated),
        "page": _("Página {number} de {total}"),
        "source": _("Fuente: {source}"),
        "colours": {colour.name: colour.value for colour in tokens.colours()},
    }


@cache
def _found(template: str) -> Path:
    for folder in get_app_template_dirs("templates"):
        path = Path(folder) / template
        if path.is_file():
            return path
    raise LookupError(f"no room has the template {template}")


@cache
def _fonts() -> typst.Fonts:
    """The fonts that Typst carries: the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


@cache
def _macros() -> object:
    from django.template import engines

    environment: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return environment.get_template("ui/components/charts.html").module


@cache
def _style() -> str:
    """The chart's style on paper: the page's rules of `_figures.scss` with the tokens' values."""
    colour = {each.name: each.value for each in tokens.colours()}
    return (
        f".minga-chart__rule{{stroke:{colour['border']}}}"
        f".minga-chart__text{{font-size:17px;fill:{colour['secondary-text']}}}"
        f".minga-chart__value{{font-size:22px;font-weight:700;fill:{colour['brand']}}}"
        f".minga-chart__line{{fill:none;stroke:{colour['brand']};stroke-width:3}}"
        f".minga-chart__target{{fill:none;stroke:{colour['clay']};stroke-width:2;stroke-dasharray:7 5}}"
        f".minga-chart__mark{{fill:{colour['brand']}}}"
        f".minga-chart__target-mark{{fill:{colour['body-background']};stroke:{colour['clay']};stroke-width:2}}"
    )
