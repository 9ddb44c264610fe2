"""What several forms of the room share: for which institution one acts, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Sequence[tuple[str, str]]


def offer(form: forms.BaseForm, name: str, choices: Choices) -> None:
    """Fill a select; with a single choice there is nothing to ask."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices) if len(choices) == 1 else [("", _("Elija una opción")), *choices]


class ForInstitution(forms.Form):
    """A form that an official fills in for one of their institutions."""

    institution = forms.ChoiceField(label=_("¿Para qué institución?"))

    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "institution", institutions)
        if len(institutions) == 1:
            self.fields["institution"].widget = forms.HiddenInput()
            self.fields["institution"].initial = institutions[0][0]


class PlainForm(forms.Form):
    """Nothing to fill in: a step that is only confirmed."""


def long_text(*, label: Any, help_text: Any = "", limit: int, required: bool = True) -> forms.CharField:
    """Several lines with a counter of what is left."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=limit,
        widget=forms.Textarea(attrs={"maxlength": limit, "rows": 5}),
    )


class ReasonForm(forms.Form):
    """Why something is refused or taken back."""

    reason = long_text(
        label=_("Motivo"),
        help_text=_("Lo leerá la otra parte. No escriba datos personales."),
        limit=1000,
    )


def yes_or_no(*, label: Any, yes: Any, no: Any) -> forms.TypedChoiceField:
    """Two answers in words; its value is a bool."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("si", yes), ("no", no)],
        coerce=lambda value: value == "si",
        widget=forms.RadioSelect,
    )
