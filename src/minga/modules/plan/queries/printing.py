"""The state of the plan in words and numbers, for the screen and as a tagged PDF."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from minga.modules.plan.models import StateReport
from minga.modules.plan.models.periods import Quarter
from minga.modules.plan.models.structure import plan
from minga.modules.plan.queries.wording import shown
from minga.ui import formats, paper


@dataclass(frozen=True)
class Table:
    """One table of a report: its title, its column heads, its rows, and what to say when there are none."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    addresses: tuple[str, ...] = ()
    """for each row, where its first cell leads on screen"""
    numeric: bool = True
    """whether all columns but the first are numbers"""


@dataclass(frozen=True)
class StateWords:
    """A state report as people read it."""

    title: str
    summary: tuple[str, ...]
    tables: tuple[Table, ...]


def state_words(report: StateReport) -> StateWords:
    """The report's content in the active language."""
    content = report.content
    return StateWords(
        title=_("Estado del plan: %(quarter)s") % {"quarter": report.quarter.title},
        summary=_summary(content),
        tables=(
            _indicators(content["indicators"]),
            _initiatives(content["initiatives"]),
            _institutions(content["institutions"]),
            _overdue(content["overdue"]),
            _norms(content["norms"]),
        ),
    )


def state_pdf(report: StateReport) -> bytes:
    """The report as a tagged PDF in the active language."""
    words = state_words(report)
    tables = [
        {
            "title": each.title,
            "heads": each.heads,
            "rows": each.rows,
            "empty": each.empty,
            "numeric": each.numeric,
        }
        for each in words.tables
    ]
    own = reverse("plan:state", args=[report.period])
    frame = paper.Frame(
        title=words.title,
        kind=_("Plan Nacional de Gobierno Electrónico 2018-2021"),
        dated=report.made_at,
        address=f"{settings.MINGA_PUBLIC_URL.rstrip('/')}{own}",
    )
    digest = [_("Huella del contenido (SHA-256)"), report.content_hash]
    content = {"summary": words.summary, "tables": tables, "digest": digest}
    return paper.compiled("plan/state.typ", content, frame=frame)


def _summary(content: Mapping[str, Any]) -> tuple[str, ...]:
    totals = content["totals"]
    reached = sum(row["reached"] for row in content["indicators"])
    measured = sum(row["value"] is not None for row in content["indicators"])
    lines = [
        _("Indicadores: %(all)s; se miden %(measured)s y alcanzaron su meta %(reached)s.")
        % {"all": len(content["indicators"]), "measured": measured, "reached": reached},
        _(
            "Informes pedidos para el trimestre: %(asked)s; presentados, %(filed)s; aceptados por MINTEL, %(accepted)s."
        )
        % totals,
        _("Hojas de ruta que el plan pide: %(parts)s; vigentes, %(roadmaps)s.") % totals,
        _("Entregas atrasadas: %(late)s.") % totals,
    ]
    if content["synthetic"]:
        lines.append(_("Contiene datos inventados para una demostración."))
    return tuple(lines)


def _indicators(rows: Iterable[Mapping[str, Any]]) -> Table:
    listed = [(plan().indicators[row["code"]], row) for row in rows]
    return Table(
        title=_("Indicadores"),
        heads=(_("Indicador"), _("Línea base 2018"), _("Hoy"), _("Meta 2021")),
        rows=tuple(
            (
                f"{entry.code}. {entry.title}",
                shown(entry.baseline, entry.unit),
                shown(Decimal(row["value"]), entry.unit) if row["value"] is not None else _("sin dato"),
                shown(entry.target, entry.unit),
            )
            for entry, row in listed
        ),
        empty="",
        addresses=tuple(reverse("plan:indicator", args=[entry.code]) for entry, _row in listed),
    )


def _initiatives(rows: Iterable[Mapping[str, Any]]) -> Table:
    listed = [(plan().initiatives[row["code"]], row) for row in rows]
    return Table(
        title=_("Iniciativas: tres cifras que no se mezclan"),
        heads=(_("Iniciativa"), _("Informado"), _("Validado"), _("Calculado"), _("Con informe")),
        rows=tuple(
            (
                f"{entry.code} {entry.title}",
                _percent(row["reported"]),
                _percent(row["validated"]),
                _percent(row["computed"]),
                _("%(known)s de %(executing)s") % row,
            )
            for entry, row in listed
        ),
        empty="",
        addresses=tuple(reverse("plan:initiative", args=[entry.code]) for entry, _row in listed),
    )


def _institutions(rows: Iterable[Mapping[str, Any]]) -> Table:
    listed = list(rows)
    return Table(
        title=_("Instituciones: hojas de ruta vigentes e informes del trimestre"),
        heads=(
            _("Institución"),
            _("Iniciativas"),
            _("Hojas de ruta"),
            _("Pedidos"),
            _("Presentados"),
            _("Atrasos"),
        ),
        rows=tuple(
            (
                row["name"],
                *(
                    formats.number(row[name])
                    for name in ("initiatives", "roadmaps", "asked", "filed", "late")
                ),
            )
            for row in listed
        ),
        empty="",
        addresses=tuple(reverse("plan:institution", args=[row["code"]]) for row in listed),
    )


def _overdue(rows: Iterable[Mapping[str, Any]]) -> Table:
    return Table(
        title=_("Entregas atrasadas"),
        heads=(_("Institución"), _("Iniciativa"), _("Qué"), _("Plazo")),
        rows=tuple(
            (
                row["name"],
                row["initiative"],
                Quarter.from_code(row["period"]).title if row["period"] else _("Hoja de ruta"),
                formats.day(date.fromisoformat(row["due_on"])) if row["due_on"] else "",
            )
            for row in rows
        ),
        empty=_("Nada estaba atrasado."),
        numeric=False,
    )


def _norms(rows: Iterable[Mapping[str, Any]]) -> Table:
    listed = list(rows)
    return Table(
        title=_("Normas emitidas en el trimestre"),
        heads=(_("Norma"), _("Iniciativa")),
        rows=tuple((f"{row['number']}: {row['title']}", row["initiative"]) for row in listed),
        empty=_("No consta ninguna norma emitida en el trimestre."),
        numeric=False,
        addresses=tuple(reverse("plan:norm", args=[row["id"]]) for row in listed),
    )


def _percent(value: int | None) -> str:
    return _("sin dato") if value is None else formats.points(value)
