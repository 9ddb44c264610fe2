"""What people fill in about measuring: an address, announced works, an incident."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.kernel.clock import GUAYAQUIL, now
from minga.modules.cloud.forms.common import Choices, long_text, offer
from minga.modules.cloud.models.incidents import IncidentCause
from minga.modules.cloud.models.monitoring import Interval, MonitorKind, Window
from minga.ui.fields import DateField


class MonitorForm(forms.Form):
    """What to measure and how."""

    service = forms.ChoiceField(label=_("¿Qué servicio mide?"))
    title = forms.CharField(
        label=_("¿Cómo se llamará en la página pública?"),
        help_text=_("La dirección no se publica. Por ejemplo: Portal de clientes"),
        max_length=100,
    )
    kind = forms.ChoiceField(
        label=_("¿Cómo se comprueba que funciona?"), choices=MonitorKind.choices, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Dirección"), max_length=500, widget=forms.TextInput(attrs={"spellcheck": False})
    )
    expected_status = forms.IntegerField(
        label=_("Código HTTP que se espera"),
        help_text=_("Solo para páginas y servicios web. Casi siempre 200. Las redirecciones no se siguen."),
        min_value=100,
        max_value=599,
        initial=200,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={"invalid": _("Escriba un número de tres cifras, como 200.")},
    )
    interval_minutes = forms.TypedChoiceField(
        label=_("¿Cada cuánto?"),
        choices=Interval.choices,
        coerce=int,
        initial=Interval.MINUTE,
        widget=forms.RadioSelect,
    )
    window = forms.ChoiceField(
        label=_("¿En qué horario vale la promesa del servicio?"),
        help_text=_("Fuera de ese horario se mide igual, pero no cuenta para la disponibilidad."),
        choices=Window.choices,
        initial=Window.ALWAYS,
        widget=forms.RadioSelect,
    )
    failures_to_open = forms.IntegerField(
        label=_("¿Cuántas fallas seguidas abren una incidencia?"),
        min_value=1,
        max_value=10,
        initial=3,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    successes_to_close = forms.IntegerField(
        label=_("¿Cuántos aciertos seguidos la cierran?"),
        min_value=1,
        max_value=10,
        initial=3,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    def __init__(self, *args: Any, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "service", services)
        self.fields["kind"].hints = {  # type: ignore[attr-defined]
            MonitorKind.HTTP.value: _("Dirección como https://servicio.gob.ec/salud"),
            MonitorKind.TCP.value: _("Dirección como servidor.gob.ec:5432"),
            MonitorKind.DNS.value: _("El servidor y un nombre que conoce, como 190.15.128.1/www.gob.ec"),
            MonitorKind.TLS.value: _("Dirección como servicio.gob.ec o servicio.gob.ec:8443"),
        }


def clock_time(*, label: Any) -> forms.TimeField:
    """An hour of the day as people write it."""
    return forms.TimeField(
        label=label,
        help_text=_("Hora del Ecuador continental, de 00:00 a 23:59. Por ejemplo: 22:30"),
        input_formats=["%H:%M", "%H.%M", "%Hh%M"],
        widget=forms.TimeInput(
            format="%H:%M", attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}
        ),
        error_messages={
            "required": _("Escriba la hora, como 22:30."),
            "invalid": _("Escriba la hora con dos puntos, como 22:30."),
        },
    )


def moment(day: Any, at: time) -> datetime:
    """A day and an hour of the mainland's clocks as one moment."""
    return datetime.combine(day, at, tzinfo=GUAYAQUIL)


class MaintenanceForm(forms.Form):
    """Works on a service: when, and what those who use it should know."""

    service = forms.ChoiceField(label=_("¿En qué servicio?"))
    begins_day = DateField(label=_("¿Qué día empieza?"))
    begins_time = clock_time(label=_("¿A qué hora empieza?"))
    ends_day = DateField(label=_("¿Qué día termina?"))
    ends_time = clock_time(label=_("¿A qué hora termina?"))
    text = long_text(
        label=_("¿Qué se hará y qué notarán quienes usan el servicio?"),
        help_text=_("Será público. No escriba datos personales."),
        limit=1000,
    )

    def __init__(self, *args: Any, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "service", services)

    def moments(self) -> tuple[datetime, datetime]:
        """When the works begin and when they end."""
        data = self.cleaned_data
        return moment(data["begins_day"], data["begins_time"]), moment(data["ends_day"], data["ends_time"])


class IncidentForm(forms.Form):
    """Since when a service fails, and what is noticed."""

    service = forms.ChoiceField(label=_("¿Qué servicio falla?"))
    at_day = DateField(label=_("¿Desde qué día?"))
    at_time = clock_time(label=_("¿Desde qué hora?"))
    text = long_text(label=_("¿Qué pasa?"), limit=1500)

    def __init__(self, *args: Any, services: Choices, public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "service", services)
        local = now().astimezone(GUAYAQUIL)
        self.fields["at_day"].initial, self.fields["at_time"].initial = local.date(), local.time()
        self.fields["text"].help_text = (
            _("Será público. No escriba datos personales.")
            if public
            else _("Lo leerá solo el proveedor. No escriba datos personales.")
        )


class NewsForm(forms.Form):
    """What everybody should know of an incident."""

    text = long_text(
        label=_("¿Qué se sabe y qué se hace?"),
        help_text=_("Será público. No escriba datos personales."),
        limit=1500,
    )


class RestoredForm(NewsForm):
    """Since when it works again."""

    at_day = DateField(label=_("¿Qué día volvió a funcionar?"))
    at_time = clock_time(label=_("¿A qué hora?"))
    field_order = ["at_day", "at_time", "text"]


class CauseForm(forms.Form):
    """What an incident was due to."""

    cause = forms.ChoiceField(
        label=_("¿A qué se debió?"), choices=IncidentCause.choices, widget=forms.RadioSelect
    )
    text = long_text(
        label=_("¿Qué pasó y qué se hará para que no se repita?"),
        help_text=_("Será público. No escriba datos personales."),
        limit=1500,
    )
