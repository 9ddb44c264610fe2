"""What officials fill in about norms, and what readers choose on an indicator's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.kernel.clock import today
from minga.modules.plan.actions import NormText
from minga.modules.plan.models.norm import WithdrawalReason
from minga.modules.plan.models.structure import Kind, plan
from minga.ui.fields import DateField


def _initiative_choices(strategies: set[str] | None) -> list[tuple[str, str]]:
    return [
        (entry.code, f"{entry.code} {entry.title}")
        for entry in plan().initiatives.values()
        if entry.kind is Kind.NORM and (strategies is None or entry.strategy in strategies)
    ]


class NormForm(forms.Form):
    """The data of a norm; what is missing may come later, until it is registered."""

    initiative = forms.ChoiceField(
        label=_("¿Qué iniciativa del plan cumple esta norma?"),
        help_text=_("Solo aparecen las iniciativas de tipo norma en las que participa su institución."),
    )
    institution = forms.ChoiceField(label=_("¿Qué institución la emite?"))
    title = forms.CharField(
        label=_("Título de la norma"),
        max_length=300,
        error_messages={"required": _("Escriba el título de la norma, como consta en el documento.")},
    )
    number = forms.CharField(
        label=_("Tipo y número"),
        help_text=_("Por ejemplo: Acuerdo Ministerial 011-2018"),
        max_length=60,
        error_messages={"required": _("Escriba el tipo y el número de la norma.")},
    )
    issued_on = DateField(label=_("¿Cuándo se emitió?"), required=False)
    gazette_number = forms.CharField(
        label=_("Registro Oficial"),
        help_text=_("Número y suplemento, si ya se publicó. Por ejemplo: Suplemento 353"),
        max_length=60,
        required=False,
    )
    gazette_on = DateField(label=_("Fecha del Registro Oficial"), required=False)
    document = forms.FileField(
        label=_("Documento de la norma"),
        help_text=_("Un archivo PDF de hasta 10 MB. Quedará público cuando la norma se registre."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def __init__(
        self, *args: Any, institutions: list[tuple[str, str]], strategies: set[str] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("initiative", _initiative_choices(strategies))
        self._choose("institution", institutions)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Elija una opción")), *choices] if len(choices) != 1 else choices

    def clean(self) -> dict[str, Any]:
        """The gazette comes after the norm, and neither is in the future."""
        data: dict[str, Any] = super().clean() or {}
        issued_on, gazette_on = data.get("issued_on"), data.get("gazette_on")
        if issued_on and issued_on > today():
            self.add_error("issued_on", _("La fecha de emisión no puede estar en el futuro."))
        if gazette_on and gazette_on > today():
            self.add_error("gazette_on", _("La fecha del Registro Oficial no puede estar en el futuro."))
        if issued_on and gazette_on and gazette_on < issued_on:
            self.add_error("gazette_on", _("El Registro Oficial no puede ser anterior a la norma."))
        return data

    def text(self) -> NormText:
        """What was written, for the actions."""
        data = self.cleaned_data
        return NormText(
            initiative=data["initiative"],
            title=data["title"],
            number=data["number"],
            issued_on=data["issued_on"],
            gazette_number=data["gazette_number"],
            gazette_on=data["gazette_on"],
        )


class WithdrawalForm(forms.Form):
    """Why and since when a norm no longer holds."""

    reason = forms.ChoiceField(
        label=_("¿Por qué deja de contar?"),
        choices=WithdrawalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija un motivo.")},
    )
    withdrawn_on = DateField(
        label=_("¿Desde cuándo?"),
        help_text=_("Si se registró por error no hace falta: nunca contó."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A repealed or replaced norm needs its date."""
        data: dict[str, Any] = super().clean() or {}
        needs_date = data.get("reason") in {WithdrawalReason.REPEALED, WithdrawalReason.REPLACED}
        if needs_date and not data.get("withdrawn_on") and "withdrawn_on" not in self.errors:
            self.add_error("withdrawn_on", _("Escriba desde cuándo ya no rige."))
        return data


class MomentForm(forms.Form):
    """On which day the reader wants to see an indicator as it was known."""

    fecha = DateField(label=_("Ver lo que se sabía el día"), required=False)

    def clean_fecha(self) -> Any:
        """Nothing is known of the future."""
        day = self.cleaned_data["fecha"]
        if day and day > today():
            raise forms.ValidationError(_("Elija una fecha que ya pasó."))
        return day
