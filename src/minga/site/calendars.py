"""Words and choices for the pages about the calendar."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from minga.kernel.calendars import Clock, OverrideKind, Reason
from minga.kernel.clock import today

REASONS: Mapping[Reason, object] = {
    Reason.RECEIPT: _("Día de la notificación: no se cuenta"),
    Reason.WORKING: _("Día laborable"),
    Reason.CALENDAR: _("Día corrido"),
    Reason.MOVED_AWAY: _("El descanso de este feriado se trasladó: se trabaja"),
    Reason.RECOVERY: _("Jornada de recuperación: se trabaja"),
    Reason.WEEKEND: _("Fin de semana"),
    Reason.HOLIDAY: _("Feriado nacional"),
    Reason.DECREED: _("Descanso declarado por decreto"),
    Reason.BRIDGE: _("Puente declarado por decreto"),
    Reason.LOCAL: _("Feriado local"),
    Reason.SUSPENDED: _("El término estaba suspendido"),
}
KINDS: Mapping[OverrideKind, object] = {
    OverrideKind.HOLIDAY: _("Descanso"),
    OverrideKind.BRIDGE: _("Puente que se recupera después"),
    OverrideKind.RECOVERY_WORKDAY: _("Jornada de recuperación (se trabaja)"),
    OverrideKind.MOVED: _("Traslado de un feriado"),
}
CLOCKS: Mapping[Clock, object] = {
    Clock.WORKING_DAYS: _("Días laborables (término)"),
    Clock.CALENDAR_DAYS: _("Días corridos (plazo)"),
}


def canton_choices() -> list[tuple[str, str]]:
    """(INEC code, "Cantón (Provincia)") of every canton of today, in Spanish order."""
    from minga.modules.directory.contracts import cantons

    return cantons(on=today())
