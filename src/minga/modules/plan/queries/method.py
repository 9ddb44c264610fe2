"""How an indicator is calculated, in words and symbols: derived from its declaration, so that it cannot drift.

An indicator that no room measures yet has no declaration: its formula follows from the unit that the plan gives it,
and the rest says that nothing is recorded yet.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from minga.kernel.facts import Fact
from minga.kernel.indicators import Indicator, Milestone, Share, Standing, definition, definition_hash
from minga.modules.plan.models.sheet import Piece
from minga.modules.plan.models.structure import IndicatorEntry, Unit
from minga.modules.plan.queries.wording import evidence_words, shown


@dataclass(frozen=True)
class Measured:
    """An indicator with its declaration, if a room has one, and what is counted, out of what, in the plan's words."""

    entry: IndicatorEntry
    declaration: Indicator | None
    counted: str
    population: str


def piece(text: str, url: str = "") -> Piece:
    """One piece of a field."""
    return {"text": text, "url": url}


def formula(of: Measured) -> list[Piece]:
    """In words, then in symbols."""
    if of.entry.unit is Unit.PERCENT:
        words = _("El número de quienes cuentan, dividido para el de toda la población, por cien.")
        return [piece(words), piece("I(t) = 100 × C(t) ÷ P(t)")]
    if _is_milestone(of):
        words = _(
            "Vale 1 si al cierre del día hay al menos uno de los actos que cuentan, y 0 si no hay ninguno."
        )
        symbols = _("I(t) = 1 si C(t) ≥ 1; I(t) = 0 si C(t) = 0")
        return [piece(words), piece(symbols)]
    return [piece(_("El número de casos distintos que cuentan.")), piece("I(t) = C(t)")]


def variables(of: Measured) -> list[Piece]:
    """What each symbol of the formula stands for."""
    found = [
        piece(_("t: un día, en hora de Guayaquil.")),
        piece(_("I(t): el valor del indicador al cierre del día t.")),
        piece(_("C(t): %(counted)s, al cierre del día t.") % {"counted": of.counted}),
    ]
    if of.entry.unit is Unit.PERCENT:
        found.append(piece(_("P(t): %(population)s, al cierre del día t.") % {"population": of.population}))
    if isinstance(of.declaration, Share):
        register = of.declaration.population.register
        found.append(
            piece(
                _("P(t) se lee del registro fechado «%(register)s» del directorio.") % {"register": register},
                f"{reverse('directory:population')}?registro={register}",
            )
        )
    return found


def method(of: Measured) -> list[Piece]:
    """How the value comes out of the ledger, step by step, with the guards that keep it honest."""
    if of.declaration is None:
        return [
            piece(_("Ninguna parte de Minga registra todavía los actos que cuentan, así que no se calcula.")),
            piece(_("Que falten datos no significa cero: mientras no haya fuente, no hay valor.")),
        ]
    steps = [_("Cada acto deja un hecho en el libro de hechos, que solo crece y está sellado.")]
    steps += _standing(of.declaration.standing)
    if isinstance(of.declaration, Milestone) and of.declaration.through:
        steps.append(
            _("Cuentan los actos que cumplen la iniciativa %(initiative)s; basta uno.")
            % {"initiative": of.declaration.subject.id}
        )
    if isinstance(of.declaration, Share):
        steps += [
            _("Cuentan solo los miembros de la población de ese mismo día."),
            _("El porcentaje se redondea a dos decimales. Si la población está vacía, no hay valor."),
        ]
    steps += [
        _("Los ensayos (hechos marcados como sintéticos) nunca cuentan."),
        _("Que falten datos no significa cero: si no hay con qué calcular, se dice «sin datos»."),
        _(
            "Cada valor publicado guarda su día, la posición del libro hasta la que se leyó, este método y la huella"
            " de todos los sujetos. Con eso se repite, y «minga plan verify» los repite todos."
        ),
    ]
    return [piece(step) for step in steps]


def limits(of: Measured) -> list[Piece]:
    """How far the value can be trusted."""
    if of.declaration is None:
        return [piece(_("Sin fuente en Minga solo se conocen la línea base y la meta del plan."))]
    return [piece(evidence_words(of.declaration.evidence))]


def unit(of: Measured) -> list[Piece]:
    """What the value is measured in."""
    if of.entry.unit is Unit.PERCENT:
        return [piece(_("Porcentaje (%)"))]
    if of.entry.unit is Unit.INDEX:
        return [piece(_("Índice de 0 a 1"))]
    return [piece(_("0 o 1") if _is_milestone(of) else _("Número"))]


def interpretation(of: Measured) -> list[Piece]:
    """The sentence that says a value, with XX in its place, and what to compare it with."""
    value = "XX %" if of.entry.unit is Unit.PERCENT else "XX"
    ends = {
        "baseline": shown(of.entry.baseline, of.entry.unit),
        "target": shown(of.entry.target, of.entry.unit),
    }
    return [
        piece(reading(of.entry, value, _("día t"))),
        piece(
            _("Se compara con la línea base de 2018 (%(baseline)s) y la meta de 2021 (%(target)s).") % ends
        ),
        piece(_("Un valor más alto es mejor.")),
    ]


def reading(entry: IndicatorEntry, value: str, when: str) -> str:
    """One value of an indicator as the national form asks to read it."""
    words = {"title": entry.title, "value": value, "when": when}
    return _("El indicador «%(title)s» fue de %(value)s el %(when)s.") % words


def source(of: Measured) -> list[Piece]:
    """The kinds of facts that the value is read from, each with its place in the catalogue."""
    if of.declaration is None:
        return [piece(_("No consta: ninguna parte de Minga registra todavía este dato."))]
    kinds: list[type[Fact]] = [of.declaration.standing.opened_by, *of.declaration.standing.closed_by]
    if isinstance(of.declaration, Share):
        kinds.append(of.declaration.population.declared_by)
    return [piece(_("Libro de hechos de Minga")), *(_kind(kind) for kind in kinds)]


def syntax(of: Measured) -> list[Piece]:
    """The declaration itself, as it is stored with each value, and its digest."""
    if of.declaration is None:
        return [piece(_("No hay: todavía no se declara cómo medirlo."))]
    return [
        piece(json.dumps(definition(of.declaration), indent=2, ensure_ascii=False, sort_keys=True)),
        piece(f"SHA-256: {definition_hash(of.declaration)}"),
    ]


def _standing(standing: Standing) -> list[str]:
    opened = {"opened": _(standing.opened_by.title)}
    if standing.closed_by:
        closed = "», «".join(_(kind.title) for kind in standing.closed_by)
        steps = [
            _("Algo cuenta desde el hecho «%(opened)s» hasta el hecho «%(closed)s»: decide el último.")
            % (opened | {"closed": closed})
        ]
    else:
        steps = [_("Algo cuenta desde el hecho «%(opened)s».") % opened]
    steps += [
        _("Se leen solo los hechos cuyo campo «%(field)s» vale «%(value)s».")
        % {"field": field, "value": value}
        for field, value in standing.where
    ]
    if standing.counted == "institution":
        steps.append(_("Cuenta la institución que nombra el hecho; le basta uno vigente."))
    return steps


def _kind(kind: type[Fact]) -> Piece:
    name = f"{kind.name} v{kind.version}"
    return piece(f"{_(kind.title)} ({name})", f"/hechos/#{kind.name}.v{kind.version}")


def _is_milestone(of: Measured) -> bool:
    """Whether the value is 0 or 1: by declaration, else because the plan wants just one of something."""
    if of.declaration is not None:
        return isinstance(of.declaration, Milestone)
    return of.entry.unit is Unit.COUNT and of.entry.target == 1


GENERATED: dict[str, Callable[[Measured], list[Piece]]] = {
    "formula": formula,
    "variables": variables,
    "method": method,
    "limits": limits,
    "unit": unit,
    "interpretation": interpretation,
    "source": source,
    "syntax": syntax,
}
"""The fields of a sheet that come from the declaration."""
