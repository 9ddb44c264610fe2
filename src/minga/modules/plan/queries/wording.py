"""Values and the trust in them, in words: for pages, and for what the sheets keep."""

from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minga.kernel.indicators import Evidence
from minga.kernel.money import format_number, format_percent
from minga.modules.plan.models.structure import Unit


def shown(value: Decimal | None, unit: Unit) -> str:
    """A value with its unit, such as "68 %", "12" or "0,613"; empty for no data."""
    if value is None:
        return ""
    language = get_language() or "es"
    if unit is Unit.PERCENT:
        return format_percent(value / 100, language)
    return format_number(value.normalize(), language, 3 if unit is Unit.INDEX else 0)


def evidence_words(evidence: Evidence) -> str:
    """How far the facts behind a value can be trusted, in a sentence."""
    return {
        Evidence.NORM: _("Se prueba con el documento de una norma emitida."),
        Evidence.SELF_DECLARED: _("Lo declara cada institución; nadie más lo ha confirmado."),
        Evidence.CONFIRMED: _("Lo declara una institución y lo confirma otra."),
        Evidence.MEASURED: _("Lo mide la propia plataforma."),
    }[evidence]
