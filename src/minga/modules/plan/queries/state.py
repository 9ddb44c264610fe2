"""What a state-of-the-plan report says, read at one moment from the plan's own tables and the ledger."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from minga.kernel.clock import today
from minga.kernel.errors import NotFound
from minga.modules.plan.models import Norm, StateReport
from minga.modules.plan.models.norm import NormState
from minga.modules.plan.models.periods import Quarter
from minga.modules.plan.models.report import ReportState
from minga.modules.plan.models.state import Content
from minga.modules.plan.queries.obligations import Obligation
from minga.modules.plan.queries.progress import Part, initiative_figures, parts
from minga.modules.plan.queries.structure import readings


def composed(quarter: Quarter) -> Content:
    """The state of the plan now, with what was asked and filed for a quarter."""
    everything = parts()
    by_initiative: dict[str, list[Part]] = {}
    by_institution: dict[str, list[Part]] = {}
    for part in everything:
        by_initiative.setdefault(part.initiative.code, []).append(part)
        by_institution.setdefault(part.participant.institution.code, []).append(part)
    initiatives = [_initiative(code, listed) for code, listed in by_initiative.items()]
    return {
        "period": quarter.code,
        "day": today().isoformat(),
        "synthetic": any(part.in_force and part.in_force.synthetic for part in everything),
        "totals": _totals(everything, quarter) | {"initiatives": len(initiatives)},
        "indicators": _indicators(),
        "initiatives": initiatives,
        "institutions": sorted(
            (_institution(listed, quarter) for listed in by_institution.values()),
            key=lambda row: str(row["name"]),
        ),
        "overdue": [_overdue(part, owed) for part in everything for owed in part.obligations if owed.overdue],
        "norms": _norms(quarter),
    }


def state_reports() -> list[StateReport]:
    """All state reports, newest first, without their content."""
    return list(StateReport.objects.defer("content"))


def state_report(period: str) -> StateReport:
    """The state report of a quarter, with its documents; NotFound when there is none."""
    found = StateReport.objects.filter(period=period).prefetch_related("documents__file").first()
    if found is None:
        raise NotFound(_("No hay un informe del estado del plan de ese trimestre."))
    return found


def _totals(listed: Iterable[Part], quarter: Quarter) -> dict[str, int]:
    asked = [owed for part in listed for owed in part.obligations if owed.quarter == quarter]
    filed = [owed.filed for owed in asked if owed.filed is not None and owed.filed.state != ReportState.DRAFT]
    return {
        "parts": len(list(listed)),
        "roadmaps": sum(part.in_force is not None for part in listed),
        "asked": len(asked),
        "filed": len(filed),
        "accepted": sum(row.state == ReportState.ACCEPTED for row in filed),
        "late": sum(owed.overdue for part in listed for owed in part.obligations),
    }


def _indicators() -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "value": None if reading.value is None else str(reading.value),
            "day": reading.published.day.isoformat() if reading.published else None,
            "reached": reading.reached,
        }
        for code, reading in readings().items()
    ]


def _initiative(code: str, listed: list[Part]) -> dict[str, Any]:
    figures, (known, executing) = initiative_figures(listed)
    return {
        "code": code,
        "reported": figures.reported,
        "validated": figures.validated,
        "computed": figures.computed,
        "known": known,
        "executing": executing,
        "late": any(part.late for part in listed),
    }


def _institution(listed: list[Part], quarter: Quarter) -> dict[str, Any]:
    institution = listed[0].participant.institution
    return {
        "code": institution.code,
        "name": institution.title,
        "initiatives": len(listed),
        **{name: value for name, value in _totals(listed, quarter).items() if name != "parts"},
    }


def _overdue(part: Part, owed: Obligation) -> dict[str, Any]:
    return {
        "initiative": part.initiative.code,
        "institution": part.participant.institution.code,
        "name": part.participant.institution.title,
        "period": owed.quarter.code if owed.quarter else "",
        "due_on": owed.due_on.isoformat() if owed.due_on else None,
    }


def _norms(quarter: Quarter) -> list[dict[str, Any]]:
    rows = Norm.objects.filter(
        state=NormState.ISSUED, issued_on__gte=quarter.start, issued_on__lte=quarter.end
    ).order_by("issued_on", "number")
    return [
        {"id": str(row.id), "number": row.number, "title": row.title, "initiative": row.initiative}
        for row in rows
    ]
