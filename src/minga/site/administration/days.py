"""The working-day calendar in a steward's hands: list, declare, amend, withdraw."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from minga.foundation.calendars import actions, queries
from minga.kernel.actors import Actor, Role
from minga.kernel.calendars import FIRST_YEAR, LAST_YEAR, OverrideKind
from minga.kernel.clock import today
from minga.kernel.errors import Conflict, Invalid, NotFound
from minga.site.calendars import KINDS, canton_choices
from minga.ui.fields import DateField
from minga.ui.http import actor_of, page, render, show_invalid

_READERS = (Role.STEWARD, Role.AUDITOR)


class DayForm(forms.Form):
    """A day of rest or work, and the norm that declares it."""

    date = DateField(label=gettext_lazy("¿Qué día?"))
    kind = forms.ChoiceField(
        label=gettext_lazy("¿Qué se declara?"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    moved_from = DateField(label=gettext_lazy("Si es un traslado, ¿qué feriado se traslada?"), required=False)
    name = forms.CharField(label=gettext_lazy("Nombre"), max_length=300)
    norm = forms.CharField(
        label=gettext_lazy("Norma"),
        help_text=gettext_lazy("Por ejemplo: Decreto Ejecutivo 249"),
        max_length=300,
    )
    canton = forms.ChoiceField(label=gettext_lazy("Dónde"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["canton"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Todo el país")), *canton_choices()]


@require_safe
@page(queries=8)
def listing(request: HttpRequest) -> HttpResponse:
    """The declarations of one year, those withdrawn among them when asked for."""
    actor_of(request).require(*_READERS)
    year = _year(request.GET.get("anio", ""))
    withdrawn = request.GET.get("retirados") == "1"
    places = dict(canton_choices())
    rows = [
        (day, places.get(day.canton, day.canton) if day.canton else _("Todo el país"))
        for day in queries.declared_days(year=year, withdrawn=withdrawn)
    ]
    context = {
        "rows": rows,
        "year": year,
        "years": [each for each in (year - 1, year + 1) if FIRST_YEAR <= each <= LAST_YEAR],
        "withdrawn": withdrawn,
        "kinds": KINDS,
        "may_write": actor_of(request).holds(Role.STEWARD),
    }
    return render(request, "site/administration/days.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(queries=16)
def declare(request: HttpRequest) -> HttpResponse:
    """Declare a day."""
    actor = actor_of(request)
    actor.require(Role.STEWARD)
    form = DayForm(request.POST or None)
    if form.is_bound and form.is_valid() and _declared(form, actor, None):
        messages.success(request, _("El día quedó declarado. Los plazos ya lo toman en cuenta."))
        return _back(form.cleaned_data["date"])
    return _form_page(request, form, _("Declarar un día"))


@require_http_methods(["GET", "HEAD", "POST"])
@page(queries=18)
def amend(request: HttpRequest, day_id: int) -> HttpResponse:
    """Put another declaration in the place of one that holds."""
    actor = actor_of(request)
    actor.require(Role.STEWARD)
    day = queries.declared_day(day_id)
    if day.withdrawn_at is not None and request.method != "POST":
        raise NotFound(_("Esa declaración ya fue retirada. Declare el día de nuevo si hace falta."))
    initial = {name: getattr(day, name) for name in ("date", "kind", "moved_from", "name", "norm", "canton")}
    form = DayForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid() and _declared(form, actor, day_id):
        messages.success(request, _("El día quedó corregido. La declaración anterior sigue en el historial."))
        return _back(form.cleaned_data["date"])
    return _form_page(request, form, _("Corregir un día declarado"))


@require_http_methods(["GET", "HEAD", "POST"])
@page(queries=14)
def withdraw(request: HttpRequest, day_id: int) -> HttpResponse:
    """Ask once more, then let a declaration cease to hold."""
    actor = actor_of(request)
    actor.require(Role.STEWARD)
    day = queries.declared_day(day_id)
    if request.method == "POST":
        actions.withdraw_day(day_id=day_id, actor=actor)
        messages.success(request, _("La declaración quedó retirada."))
        return _back(day.date)
    return render(request, "site/administration/day_withdraw.html", {"day": day, "kinds": KINDS})


def _declared(form: DayForm, actor: Actor, day_id: int | None) -> bool:
    """Whether the action took the form; what it refuses goes onto the form, and nothing typed is lost."""
    values = {**form.cleaned_data, "kind": OverrideKind(form.cleaned_data["kind"])}
    try:
        if day_id is None:
            actions.declare_day(**values, actor=actor)
        else:
            actions.amend_day(day_id=day_id, **values, actor=actor)
    except Invalid as error:
        show_invalid(form, error)
    except Conflict as error:
        form.add_error(None, _(error.message))
    return form.is_valid()


def _form_page(request: HttpRequest, form: DayForm, heading: str) -> HttpResponse:
    context = {"form": form, "heading": heading}
    status = 422 if form.is_bound else 200
    return render(request, "site/administration/day_form.html", context, status=status)


def _back(day: dt.date) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('administration:calendar')}?anio={day.year}")


def _year(asked: str) -> int:
    if not asked:
        return today().year
    if asked.isascii() and asked.isdigit() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= LAST_YEAR:
        return int(asked)
    raise NotFound(_("El calendario conoce los años de 2008 a 2060."))
