"""What the gallery shows: each component with a live example, its code, when to use it and how it stays accessible."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from minga.kernel.errors import NotFound
from minga.ui import charts, http, tiles
from minga.ui.fields import DateField
from minga.ui.gallery_entries import ENTRIES, Entry
from minga.ui.tokens import colours

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE / "templates" / "ui" / "gallery" / "examples"

_TYPED = ("name", "published_dia", "published_mes", "published_anio")


@dataclass(frozen=True)
class Token:
    """A colour of the design system: its CSS property, its value and what it is for."""

    name: str
    value: str
    use: str
    on_white: float

    @property
    def reads(self) -> str:
        """For what this colour is fit on white, by its contrast (WCAG 2.2, success criteria 1.4.3, 1.4.6, 1.4.11)."""
        if self.on_white >= 7:
            return _("Sirve para texto (AAA)")
        if self.on_white >= 4.5:
            return _("Sirve para texto grande y controles (AA)")
        return _("Sirve para controles") if self.on_white >= 3 else _("Solo fondos y adornos")


@dataclass(frozen=True)
class Shown:
    """An example ready to show: how it looks, the call that makes it and its HTML."""

    html: str
    call: str


class ShortForm(forms.Form):
    """One step of a journey, as the kit shows it: three questions."""

    name = forms.CharField(label="Nombre de la norma", help_text="Como aparece en el Registro Oficial.")
    published = DateField(label="Fecha de publicación", help_text="Por ejemplo, 27 3 2026.")
    issuer = forms.ChoiceField(
        label="¿Quién la emitió?",
        choices=[("m", "Un ministerio"), ("p", "La Presidencia")],
        widget=forms.RadioSelect,
    )


class ExampleForm(ShortForm):
    """A form with the fields that institutions ask for most."""

    kind = forms.ChoiceField(label="Tipo", choices=[("", "Elija uno"), ("a", "Acuerdo"), ("d", "Decreto")])
    sectors = forms.MultipleChoiceField(
        label="¿A qué sectores alcanza?",
        choices=[("s", "Salud"), ("e", "Educación"), ("t", "Trabajo")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    summary = forms.CharField(
        label="Resumen", widget=forms.Textarea(attrs={"maxlength": 300, "rows": 4}), required=False
    )
    secret = forms.CharField(label="Contraseña", widget=forms.PasswordInput)
    document = forms.FileField(label="Archivo de la norma", help_text="PDF de hasta 10 MB.")
    confirmed = forms.BooleanField(label="Confirmo que la norma está vigente")


class ExampleFilters(forms.Form):
    """Filters as a list of institutions has them."""

    words = forms.CharField(label="Nombre o sigla", required=False)
    kind = forms.ChoiceField(
        label="Tipo", choices=[("", "Todos"), ("m", "Ministerio"), ("s", "Secretaría")], required=False
    )


def entry(slug: str) -> Entry:
    """The component of this address; NotFound when there is none."""
    for candidate in ENTRIES:
        if candidate.slug == slug:
            return candidate
    raise NotFound(_("El sistema de diseño no tiene ese componente."))


def groups() -> list[tuple[str, list[Entry]]]:
    """The components under their headings, in the gallery's order."""
    ordered: dict[str, list[Entry]] = {}
    for one in ENTRIES:
        ordered.setdefault(str(one.group), []).append(one)
    return list(ordered.items())


def shown(one: Entry, request: HttpRequest) -> Shown:
    """Render a component's example, in Spanish as the kit, and read the call that made it."""
    with override("es"):
        html = render_to_string(f"ui/gallery/examples/{one.slug}.html", samples(request), request=request)
    source = (EXAMPLES / f"{one.slug}.html").read_text(encoding="utf-8")
    return Shown(html=tidy(html), call=source.strip())


def tokens() -> list[Token]:
    """The colours, each with its contrast on white."""
    return [
        Token(each.name, each.value, each.use, round(contrast(each.value, "#ffffff"), 1))
        for each in colours()
    ]


def contrast(one: str, other: str) -> float:
    """How far two colours ("#rrggbb") stand apart, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def samples(request: HttpRequest) -> dict[str, Any]:
    """Invented values for the examples."""
    return {
        "form": ExampleForm(),
        "wrong_form": ShortForm(dict(zip(_TYPED, ("", "31", "2", "2026"), strict=True))),
        "filter_form": ExampleFilters(),
        "list_page": http.Page(items=range(50), number=2, size=50, total=248),
        "sorting": http.Sorting.of(request, ("name", "acts"), "name"),
        "day": date(2026, 3, 4),
        "moment": datetime(2026, 3, 4, 20, 30, tzinfo=UTC),
        "line_chart": _line(),
        "bar_chart": _bars(),
        "share_chart": _share(),
        "map_chart": _map(),
    }


def _line() -> charts.LineChart:
    values = [(2018, 12), (2019, 25), (2020, 41), (2021, 68)]
    path = [(2018, 20), (2019, 40), (2020, 60), (2021, 80)]
    return charts.LineChart(
        id="ejemplo-linea",
        title="Los trámites en línea crecen, pero más despacio que lo previsto",
        summary="De 2018 a 2021 pasaron del 12 % al 68 %; el plan preveía 80 %.",
        points=[charts.Point(date(year, 12, 31), value) for year, value in values],
        target_path=[charts.Point(date(year, 12, 31), value) for year, value in path],
        unit="%",
        source="datos de ejemplo",
    )


def _bars() -> charts.Bars:
    return charts.Bars(
        id="ejemplo-barras",
        title="Educación es el sector con más trámites en línea",
        summary="Educación llega al 82 % y Ambiente, el último, al 31 %.",
        bars=[
            charts.Bar("Educación", 82),
            charts.Bar("Salud", 64),
            charts.Bar("Trabajo", 47),
            charts.Bar("Ambiente", 31),
            charts.Bar("Turismo", None),
        ],
        unit="%",
        source="datos de ejemplo",
    )


def _share() -> charts.Share:
    return charts.Share(
        id="ejemplo-partes",
        title="Seis de cada diez iniciativas están en marcha",
        summary="De 50 iniciativas, 30 están en marcha, 8 terminaron y 12 no empiezan.",
        parts=[
            charts.Part("En marcha", 30),
            charts.Part("Terminadas", 8),
            charts.Part("Sin empezar", 12),
        ],
        unit="iniciativas",
        source="datos de ejemplo",
    )


def _map() -> tiles.ProvinceMap:
    values = {province.code: (int(province.code) * 37) % 100 for province in tiles.PROVINCES}
    return tiles.ProvinceMap(
        id="ejemplo-mapa",
        title="La mitad de las provincias pasa del 50 %",
        summary="Porcentaje de trámites en línea en cada provincia; de Galápagos no hay datos.",
        values={**values, "20": None},
        unit="%",
        source="datos de ejemplo",
    )


def tidy(html: str) -> str:
    """HTML without the empty lines and line ends that templates leave."""
    return "\n".join(line.rstrip() for line in html.splitlines() if line.strip())


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
