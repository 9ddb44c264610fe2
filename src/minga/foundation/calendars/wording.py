"""The words in which a deadline explains itself, in the reader's language."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from minga.kernel.calendars import Clock, DayCounted, Deadline, Reason
from minga.kernel.money import format_date


def deadline_text(deadline: Deadline) -> str:
    """The period in a sentence: "30 días hábiles desde el ...: vence el ..."."""
    values = {
        "amount": deadline.amount,
        "received": format_date(deadline.received, get_language() or "es"),
        "due": format_date(deadline.due, get_language() or "es"),
    }
    if deadline.clock is Clock.CALENDAR_DAYS:
        return (
            ngettext(
                "%(amount)d día contado desde el %(received)s: vence el %(due)s.",
                "%(amount)d días contados desde el %(received)s: vence el %(due)s.",
                deadline.amount,
            )
            % values
        )
    return (
        ngettext(
            "%(amount)d día hábil desde el %(received)s: vence el %(due)s.",
            "%(amount)d días hábiles desde el %(received)s: vence el %(due)s.",
            deadline.amount,
        )
        % values
    )


def reason_text(day: DayCounted) -> str:
    """Why a day counted or not: "Feriado nacional: Navidad", "Sábado"."""
    if day.reason is Reason.WEEKEND:
        return _("Sábado") if day.date.weekday() == 5 else _("Domingo")
    texts = {
        Reason.RECEIPT: _("Día de recepción: se cuenta desde el siguiente"),
        Reason.WORKING: _("Día hábil"),
        Reason.CALENDAR: _("Día corrido"),
        Reason.MOVED_AWAY: _("%(name)s: el descanso se pasó a otro día y este se trabaja"),
        Reason.RECOVERY: _("Se trabaja para recuperar una jornada: %(name)s"),
        Reason.HOLIDAY: _("Feriado nacional: %(name)s"),
        Reason.DECREED: _("Feriado por decreto: %(name)s"),
        Reason.BRIDGE: _("Jornada suspendida: %(name)s"),
        Reason.LOCAL: _("Feriado local: %(name)s"),
        Reason.SUSPENDED: _("Plazo suspendido: %(name)s") if day.name else _("Plazo suspendido"),
    }
    return texts[day.reason] % {"name": _(day.name) if day.name else ""}
