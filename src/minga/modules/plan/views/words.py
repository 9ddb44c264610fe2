"""How the plan's values and codes read on a page."""

from datetime import date

from django.utils.translation import gettext as _

from minga.modules.plan.models.norm import WithdrawalReason
from minga.modules.plan.models.structure import Kind
from minga.modules.plan.queries import Obligation, Turn
from minga.modules.plan.queries.wording import evidence_words, shown
from minga.ui.formats import day

__all__ = ["evidence_words", "field_name", "field_value", "kind_name", "owed", "reasons", "shown"]


def kind_name(kind: Kind) -> str:
    """What an initiative of this kind delivers."""
    return {
        Kind.NORM: _("Norma"),
        Kind.TECHNOLOGY: _("Tecnología"),
        Kind.OUTREACH: _("Difusión"),
    }[kind]


def reasons() -> dict[str, str]:
    """Why a subject counts or does not, by the state of its line."""
    return {
        "counts": _("Cuenta"),
        "no_more": _("Dejó de contar por un hecho posterior"),
        "none": _("No hay ningún hecho que la respalde"),
    }


def owed(obligation: Obligation) -> str:
    """Whose turn it is and until when, in words; for what is settled, that it is."""
    turn = {
        Turn.INSTITUTION: _("Debe presentarse"),
        Turn.CORRECTION: _("La institución debe corregir"),
        Turn.REVIEW: _("MINTEL debe revisar"),
        Turn.NOBODY: _("Al día"),
    }[obligation.turn]
    if not obligation.open:
        return _("Presentado con atraso") if obligation.late else turn
    if obligation.due_on is None:
        return _("%(turn)s, sin plazo fijado") % {"turn": turn}
    if obligation.late:
        return _("%(turn)s: atraso desde el %(day)s") % {"turn": turn, "day": day(obligation.due_on)}
    return _("%(turn)s hasta el %(day)s") % {"turn": turn, "day": day(obligation.due_on)}


def field_name(field: str) -> str:
    """What a field of a fact's payload is called on a page; an unknown one keeps its name."""
    return {
        "initiative": _("Iniciativa"),
        "issued_on": _("Fecha de emisión"),
        "gazette_on": _("Fecha del Registro Oficial"),
        "document": _("Documento (SHA-256)"),
        "reason": _("Motivo"),
        "register": _("Registro"),
        "periods": _("Períodos"),
        "due_on": _("Último día"),
        "number": _("Versión"),
        "milestones": _("Hitos"),
        "roadmap": _("Hoja de ruta"),
        "period": _("Trimestre"),
        "reported": _("Avance informado"),
        "validated": _("Avance validado"),
        "report": _("Informe"),
        "weight": _("Peso"),
        "done_on": _("Se cumplió el"),
        "evidence": _("Pruebas (SHA-256)"),
    }.get(field, field)


def field_value(field: str, value: object) -> str:
    """A value of a fact in words; empty where its code says all."""
    if field == "reason" and value in WithdrawalReason.values:
        return str(WithdrawalReason(value).label)
    if isinstance(value, date):
        return day(value)
    if field == "periods" and isinstance(value, tuple):
        return "; ".join(_period(*period) for period in value)
    return ""


def _period(since: date, until: date | None) -> str:
    if until is None:
        return _("desde el %(since)s") % {"since": day(since)}
    return _("del %(since)s al %(until)s, sin este día") % {"since": day(since), "until": day(until)}
