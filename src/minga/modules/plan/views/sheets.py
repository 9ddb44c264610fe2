"""The methodological sheets in public: each version to read, to print and for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from minga.kernel.text import N_
from minga.modules.plan import queries
from minga.modules.plan.models.sheet import GROUPS, Piece
from minga.modules.plan.views import words
from minga.ui import formats, paper
from minga.ui.http import page, render

_GROUPS = {
    "what": N_("Qué mide"),
    "how": N_("Cómo se calcula"),
    "data": N_("De dónde sale el dato"),
    "detail": N_("Con qué detalle"),
    "frame": N_("Marco y referencias"),
    "record": N_("Registro de la ficha"),
    "proof": N_("Para comprobarlo"),
}
_FIELDS = {
    "name": N_("Nombre del indicador"),
    "definition": N_("Definición"),
    "formula": N_("Fórmula de cálculo"),
    "variables": N_("Definición de las variables"),
    "method": N_("Metodología de cálculo"),
    "limits": N_("Limitaciones técnicas"),
    "unit": N_("Unidad de medida"),
    "interpretation": N_("Interpretación"),
    "source": N_("Fuente de datos"),
    "frequency": N_("Periodicidad"),
    "availability": N_("Disponibilidad"),
    "custodian": N_("Institución responsable de la transferencia"),
    "transfer": N_("Fechas de transferencia"),
    "geographic": N_("Desagregación geográfica"),
    "general": N_("Desagregación general"),
    "other": N_("Desagregación en otros ámbitos"),
    "georeferenced": N_("Información georreferenciada"),
    "instruments": N_("Relación con instrumentos de planificación"),
    "references": N_("Referencias"),
    "created": N_("Fecha de elaboración"),
    "updated": N_("Fecha de última actualización"),
    "classification": N_("Clasificador temático estadístico"),
    "homologation": N_("Homologación"),
    "homologated_on": N_("Fecha de homologación"),
    "review": N_("Reseña"),
    "author": N_("Elaborado por"),
    "syntax": N_("Sintaxis"),
    "series": N_("Serie histórica"),
    "signatures": N_("Firmas electrónicas"),
}


@page(queries=3, cache=60)
def sheet(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """One version of an indicator's sheet, the newest by default, with what it changed and all versions."""
    found = queries.sheet(code=code, number=number)
    newest = queries.publications_of(code, limit=1).first() if found.is_newest else None
    value = words.shown(newest.value, found.entry.unit) if newest else ""
    context = {
        "sheet": found,
        "entry": found.entry,
        "groups": _groups(found),
        "changes": [(_name(change.field), change) for change in found.changes],
        "today": queries.reading(found.entry, value, formats.day(newest.day)) if newest and value else "",
        "versions": [(each, [_name(field) for field in each.changed]) for each in found.versions],
    }
    return render(request, "plan/sheet.html", context)


@page(queries=2, cache=300)
def sheet_pdf(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """One version of an indicator's sheet as a tagged PDF: the same bytes whenever it is asked for."""
    found = queries.sheet(code=code, number=number)
    with override(found.language):
        return paper.response(
            _("ficha-metodologica-%(code)s-v%(number)s") % {"code": code, "number": found.version.number},
            _printed(found, request),
        )


@page(queries=2, cache=300)
def sheet_json(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """One version of an indicator's sheet for programs, with the digest that proves it."""
    version = queries.sheet(code=code, number=number).version
    body = {
        "indicator": code,
        "version": version.number,
        "made_at": version.made_at,
        "sha256": version.content_hash,
        "definition_sha256": version.definition_hash or None,
        "changed": version.changed,
        "content": version.content,
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _printed(found: queries.Sheet, request: HttpRequest) -> bytes:
    """The sheet on paper; its links lead to the site that was asked."""

    def absolute(pieces: list[Piece]) -> list[Piece]:
        return [
            {**piece, "url": request.build_absolute_uri(piece["url"]) if piece["url"] else ""}
            for piece in pieces
        ]

    version = found.version
    content: dict[str, Any] = {
        "heads": [_("Campo"), _("Contenido")],
        "groups": [
            {
                "title": title,
                "rows": [
                    [name, absolute(pieces), field == "syntax" and len(pieces) > 1]
                    for field, name, pieces in rows
                ],
            }
            for title, rows in _groups(found)
        ],
        "digest": [_("Huella de esta versión (SHA-256)"), version.content_hash],
    }
    own = reverse("plan:sheet_version", args=[version.indicator, version.number])
    frame = paper.Frame(
        title=found.entry.title,
        kind=_("Ficha metodológica del indicador %(code)s, versión %(number)s")
        % {"code": version.indicator, "number": version.number},
        dated=version.made_at,
        address=request.build_absolute_uri(own),
    )
    return paper.compiled("plan/sheet.typ", content, frame=frame)


def _groups(found: queries.Sheet) -> list[tuple[str, list[tuple[str, str, list[Piece]]]]]:
    """The sheet's fields with their names under their headings; the two dates open the record's."""
    dates = {"created": found.first_made_at, "updated": found.version.made_at}
    dated = [(field, _name(field), [{"text": formats.day(day), "url": ""}]) for field, day in dates.items()]
    return [
        (
            _(_GROUPS[group]),
            [
                *(dated if group == "record" else ()),
                *((field, _name(field), found.fields[field]) for field in fields if field in found.fields),
            ],
        )
        for group, fields in GROUPS.items()
    ]


def _name(field: str) -> str:
    """What a field is called; one that only an older version knew keeps its key."""
    return _(_FIELDS[field]) if field in _FIELDS else field
