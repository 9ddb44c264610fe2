"""What the provider fills in about its cartera."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.modules.cloud.actions.services import PriceText, ServiceText
from minga.modules.cloud.forms.common import long_text
from minga.modules.cloud.models.service import Category, Family, Period, categories_of
from minga.ui.fields import DateField, MoneyField

_CATEGORIES = [
    (category.value, f"{family.label}: {category.label}")
    for family in Family
    for category in categories_of(family)
]


class ServiceForm(forms.Form):
    """What a service is, for whom, and what it promises."""

    title = forms.CharField(label=_("Nombre del servicio"), max_length=120)
    category = forms.ChoiceField(
        label=_("¿De qué tipo es?"), choices=[("", _("Elija una opción")), *_CATEGORIES]
    )
    summary = forms.CharField(
        label=_("Qué es, en una frase"),
        help_text=_("Por ejemplo: Servidores virtuales que se contratan por mes."),
        max_length=250,
    )
    audience = long_text(
        label=_("Para quién es"),
        help_text=_("Hace falta para ofrecerlo."),
        limit=1000,
        required=False,
    )
    how_to_ask = long_text(
        label=_("Cómo se pide"),
        help_text=_("Pasos, documentos y a quién dirigirse. Hace falta para ofrecerlo."),
        limit=2000,
        required=False,
    )
    availability_target = forms.DecimalField(
        label=_("Meta de disponibilidad, en porcentaje del mes"),
        help_text=_("Por ejemplo: 99,5"),
        localize=True,
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )
    response_target_ms = forms.IntegerField(
        label=_("Meta de tiempo de respuesta, en milisegundos"),
        required=False,
        min_value=1,
        max_value=600_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
    )

    def text(self) -> ServiceText:
        """What was written, for the actions."""
        return ServiceText(**self.cleaned_data | {"category": Category(self.cleaned_data["category"])})


class PriceForm(forms.Form):
    """What one unit costs, since when."""

    concept = forms.CharField(
        label=_("Concepto"),
        help_text=_(
            "Lo que se cobra. Para cambiar un precio, escriba el mismo concepto con una fecha nueva. "
            "Por ejemplo: Servidor de 2 vCPU y 8 GB de memoria"
        ),
        max_length=120,
    )
    unit = forms.CharField(label=_("Unidad"), help_text=_("Por ejemplo: servidor, GB, Mbps"), max_length=40)
    period = forms.ChoiceField(
        label=_("¿Cada cuánto se cobra?"), choices=Period.choices, widget=forms.RadioSelect
    )
    amount = MoneyField(label=_("Precio en dólares, sin impuestos"))
    valid_from = DateField(label=_("¿Desde qué día rige?"))

    def text(self) -> PriceText:
        """What was written, for the actions."""
        return PriceText(**self.cleaned_data | {"period": Period(self.cleaned_data["period"])})
