"""The course of an indicator as a chart: what the facts say, beside the path the plan had in mind."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from minga.modules.plan.models.structure import IndicatorEntry, Unit, plan
from minga.modules.plan.queries import Detail
from minga.modules.plan.views.words import shown
from minga.ui.charts import LineChart, Point


def course(detail: Detail) -> LineChart | None:
    """The chart of a measured indicator; None where no room measures it yet."""
    if detail.outcome is None:
        return None
    entry = detail.entry
    value = shown(detail.outcome.value, entry.unit)
    return LineChart(
        id=f"curso-{entry.code}",
        title=_answer(entry, detail.outcome.value),
        summary=_(
            "El valor es %(value)s; la línea base de 2018 era %(baseline)s y la meta de 2021, %(target)s."
        )
        % {
            "value": value or _("desconocido"),
            "baseline": shown(entry.baseline, entry.unit),
            "target": shown(entry.target, entry.unit),
        },
        points=[Point(total.day, total.value) for total in detail.course],
        target_path=_target_path(entry),
        unit="%" if entry.unit is Unit.PERCENT else "",
        source=_("Libro de hechos de Minga y texto del plan"),
    )


def _answer(entry: IndicatorEntry, value: Decimal | None) -> str:
    if value is None:
        return _("Todavía no hay datos para comparar")
    if value >= entry.target:
        return _("La meta está cumplida")
    return _("Falta para llegar a la meta")


def _target_path(entry: IndicatorEntry) -> list[Point]:
    """From the baseline to the target in equal steps, a year each: the plan gives only the two ends.

    A single norm has no halfway, so its path is only the end.
    """
    start, end = plan().start, plan().end
    if entry.unit is Unit.COUNT and entry.target == 1:
        return [Point(date(end, 12, 31), entry.target)]
    step = (entry.target - entry.baseline) / (end - start)
    return [
        Point(date(year, 12, 31), entry.baseline + step * (year - start)) for year in range(start, end + 1)
    ]
