"""Comparing costs, and telling what is paid elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.modules.cloud.forms.common import Choices, ForInstitution, offer
from minga.ui.fields import MoneyField


class NeedForm(forms.Form):
    """What one needs, and for how long."""

    tipo = forms.ChoiceField(label=_("¿Qué necesita?"))
    cantidad = forms.IntegerField(
        label=_("¿Cuántas unidades?"),
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    meses = forms.IntegerField(
        label=_("¿Por cuántos meses?"),
        min_value=1,
        max_value=120,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, categories: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "tipo", categories)


class DeclaredCostForm(ForInstitution):
    """What the institution pays elsewhere for one unit."""

    concept = forms.ChoiceField(label=_("¿A qué concepto de la cartera equivale lo que paga?"))
    monthly = MoneyField(
        label=_("¿Cuánto paga cada mes por una unidad, en dólares y sin impuestos?"),
        help_text=_("Solo se publica el valor del medio, cuando al menos cinco instituciones lo declaran."),
    )

    def __init__(self, *args: Any, concepts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "concept", concepts)
