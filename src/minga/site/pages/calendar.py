"""When does it fall due? A small calculator that explains its answer day by day."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from minga.foundation.calendars.queries import calendar_on
from minga.kernel.calendars import FIRST_YEAR, LAST_YEAR, MAX_DAYS, Clock, Deadline, Place
from minga.kernel.clock import today
from minga.kernel.errors import Invalid
from minga.site.calendars import CLOCKS, REASONS, canton_choices
from minga.ui.fields import DateField
from minga.ui.http import page, render, show_invalid


class DeadlineForm(forms.Form):
    """From which day, how many days, of which kind, and where."""

    fecha = DateField(
        label=_("¿Qué día recibió la notificación?"),
        help_text=_("El término empieza a contar al día siguiente. Por ejemplo: 27 3 2026"),
    )
    dias = forms.IntegerField(
        label=_("¿Cuántos días tiene?"),
        min_value=1,
        max_value=MAX_DAYS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={
            "required": _("Escriba el número de días."),
            "invalid": _("Escriba el número de días con cifras, por ejemplo 15."),
            "min_value": _("Escriba 1 o más días."),
            "max_value": _("Escriba 3650 días como máximo."),
        },
    )
    conteo = forms.ChoiceField(
        label=_("¿Cómo se cuentan?"),
        choices=list(CLOCKS.items()),
        initial=Clock.WORKING_DAYS,
        widget=forms.RadioSelect,
    )
    canton = forms.ChoiceField(
        label=_("¿En qué cantón está la oficina?"),
        help_text=_("Los feriados locales también detienen el término."),
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["canton"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Sin feriados locales")), *canton_choices()]


@require_safe
@page(queries=4)
def calculator(request: HttpRequest) -> HttpResponse:
    """The form, and below it the answer when there is a question."""
    asked = bool(request.GET.keys() & {"dias", "fecha", "fecha_dia"})
    data = request.GET.copy()
    data.setdefault("conteo", Clock.WORKING_DAYS)
    form = DeadlineForm(data if asked else None)
    calendar = calendar_on()
    deadline = None
    if form.is_bound and form.is_valid():
        try:
            deadline = _answer(form)
        except Invalid as error:
            show_invalid(form, error)
    year = deadline.due.year if deadline else today().year
    context = {
        "form": form,
        "deadline": deadline,
        "passed_over": [day for day in deadline.days[1:] if not day.counts] if deadline else [],
        "reasons": REASONS,
        "clocks": CLOCKS,
        "year": year,
        "rest_days": calendar.rest_days(year) if FIRST_YEAR <= year <= LAST_YEAR else (),
    }
    return render(request, "site/calendar.html", context)


def _answer(form: DeadlineForm) -> Deadline:
    cleaned, calendar = form.cleaned_data, calendar_on()
    count = (
        calendar.add_calendar_days if cleaned["conteo"] == Clock.CALENDAR_DAYS else calendar.add_working_days
    )
    return count(cleaned["fecha"], cleaned["dias"], Place(cleaned["canton"]))
