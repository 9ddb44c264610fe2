"""What institutions write in a progress report, and what MINTEL answers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.foundation.files.models import StoredFile
from minga.modules.plan.actions import EvidenceText, ReportText
from minga.modules.plan.queries import Proof, Step
from minga.ui.fields import DateField

_PERCENT = {
    "required": _("Escriba un número entero entre 0 y 100."),
    "invalid": _("Escriba un número entero entre 0 y 100."),
}


def _percent(**options: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"})
    return forms.IntegerField(error_messages=_PERCENT, widget=widget, **options)


def _story(rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **options)


class ReportForm(forms.Form):
    """What was done in a quarter; what is missing may come later, until the report is filed."""

    reported = _percent(
        label=_("¿Cuánto ha avanzado la iniciativa, según su institución?"),
        help_text=_("Porcentaje de toda la iniciativa, de 0 a 100, al final del trimestre."),
        required=False,
    )
    done = _story(label=_("¿Qué se hizo en este trimestre?"), required=False)
    difficulties = _story(label=_("¿Qué dificultades hubo?"), required=False, rows=3)
    next_steps = _story(label=_("¿Qué sigue?"), required=False, rows=3)

    def text(self) -> ReportText:
        """What was written, for the actions."""
        return ReportText(**self.cleaned_data)


class EvidenceForm(forms.Form):
    """Which milestone was reached, when, and what proves it."""

    milestone = forms.ChoiceField(
        label=_("¿Qué hito se cumplió?"), error_messages={"required": _("Elija un hito.")}
    )
    done_on = DateField(label=_("¿Cuándo se cumplió?"))
    title = forms.CharField(
        label=_("¿Qué prueba es?"),
        help_text=_("Por ejemplo: acta de entrega firmada el 3 de marzo"),
        max_length=200,
        error_messages={"required": _("Escriba qué prueba es.")},
    )
    file = forms.FileField(
        label=_("Archivo"),
        help_text=_(
            "PDF, imagen u hoja de cálculo de hasta 10 MB. Será público cuando MINTEL acepte el informe: "
            "no incluya datos personales."
        ),
        required=False,
    )
    act = forms.IntegerField(
        label=_("O el número de un acto que ya consta en Minga"),
        help_text=_("Por ejemplo, el de una norma registrada: está en la página del acto."),
        required=False,
        min_value=1,
        max_value=2**62,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
        error_messages={"invalid": _("Escriba solo el número.")},
    )
    source = forms.URLField(
        label=_("Dirección web donde también consta"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, *args: Any, steps: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["milestone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Elija un hito")),
            *((str(step.milestone.key), step.milestone.title) for step in steps if step.done_on is None),
        ]

    def text(self, kept: StoredFile | None) -> EvidenceText:
        """What was written, with the file as it was kept, for the actions."""
        data = self.cleaned_data
        return EvidenceText(
            milestone=UUID(data["milestone"]),
            done_on=data["done_on"],
            title=data["title"],
            file=kept,
            file_name=kept.name if kept else "",
            act=data["act"],
            source=data["source"],
        )


class ReviewForm(forms.Form):
    """What the reviewer decides on a report."""

    decision = forms.ChoiceField(
        label=_("¿Qué decide?"),
        choices=(
            ("accept", _("Aceptar y publicar")),
            ("observe", _("Observar: vuelve a la institución para que lo corrija")),
            ("reject", _("Rechazar: la institución debe presentar otro")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija una decisión.")},
    )
    validated = _percent(
        label=_("Avance que valida MINTEL"),
        help_text=_("De 0 a 100. Solo si lo acepta; puede ser distinto del que informa la institución."),
        required=False,
    )
    milestones = forms.MultipleChoiceField(
        label=_("Hitos cuyas pruebas acepta"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = _story(
        label=_("Observaciones o motivo"),
        help_text=_(
            "Necesario si lo observa, si lo rechaza o si no acepta las pruebas de un hito. Será público."
        ),
        required=False,
    )

    def __init__(self, *args: Any, proofs: Sequence[Proof], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["milestones"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (str(proof.milestone.key), f"{proof.milestone.title} ({proof.milestone.weight} %)")
            for proof in proofs
        ]
        if not proofs:
            del self.fields["milestones"]

    def clean(self) -> dict[str, Any]:
        """Accepting needs MINTEL's own figure."""
        data: dict[str, Any] = super().clean() or {}
        if (
            data.get("decision") == "accept"
            and data.get("validated") is None
            and "validated" not in self.errors
        ):
            self.add_error("validated", _PERCENT["required"])
        return data

    def accepted(self) -> set[UUID]:
        """Keys of the milestones whose evidence is accepted."""
        return {UUID(key) for key in self.cleaned_data.get("milestones", ())}
