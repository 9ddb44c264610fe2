"""What institutions write in a roadmap, and what MINTEL answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.modules.plan.actions import MilestoneText
from minga.ui.fields import DateField


class SummaryForm(forms.Form):
    """How an institution will carry an initiative out."""

    summary = forms.CharField(
        label=_("¿Cómo cumplirá su institución esta iniciativa?"),
        help_text=_("En pocas frases que cualquier persona entienda. Será público cuando se apruebe."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class MilestoneForm(forms.Form):
    """A result with a weight and a last day."""

    title = forms.CharField(
        label=_("¿Qué estará hecho?"),
        help_text=_(
            "Un resultado que se pueda comprobar. Por ejemplo: norma publicada en el Registro Oficial"
        ),
        max_length=200,
        error_messages={"required": _("Escriba el resultado.")},
    )
    proof = forms.CharField(
        label=_("¿Con qué se probará?"),
        help_text=_("Por ejemplo: acta firmada, informe técnico, dirección del servicio en marcha"),
        max_length=300,
        error_messages={"required": _("Escriba con qué se probará el resultado.")},
    )
    weight = forms.IntegerField(
        label=_("Peso, en porcentaje"),
        help_text=_("Cuánto vale este hito dentro de la iniciativa. Todos juntos deben sumar 100."),
        error_messages={
            "required": _("Escriba un peso entero entre 1 y 100."),
            "invalid": _("Escriba un peso entero entre 1 y 100."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    starts_on = DateField(label=_("¿Cuándo empieza?"))
    due_on = DateField(label=_("¿Hasta cuándo?"))

    def text(self) -> MilestoneText:
        """What was written, for the actions."""
        return MilestoneText(**self.cleaned_data)


class DecisionForm(forms.Form):
    """What the reviewer decides on a roadmap."""

    decision = forms.ChoiceField(
        label=_("¿Qué decide?"),
        choices=(
            ("approve", _("Aprobar: desde hoy rige y no se puede cambiar")),
            ("observe", _("Observar: vuelve a la institución para que la corrija")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija una decisión.")},
    )
    reason = forms.CharField(
        label=_("¿Qué debe corregirse?"),
        help_text=_("Solo si la observa. La institución lo leerá tal como lo escriba."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DeadlineForm(forms.Form):
    """Until when the roadmaps that nobody has filed are due."""

    due_on = DateField(
        label=_("Último día para presentar las hojas de ruta"),
        help_text=_("Desde el día siguiente, las que falten aparecerán como atrasadas."),
    )


def milestone_initial(milestone: Any) -> dict[str, Any]:
    """A milestone's present values, for the form."""
    return {name: getattr(milestone, name) for name in MilestoneForm.base_fields}
