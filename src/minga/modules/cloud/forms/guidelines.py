"""What the steward fills in about the guidelines."""

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.modules.cloud.actions.guidelines import GuidelineText, QuestionText, SectionText
from minga.modules.cloud.forms.common import long_text


def _position() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Lugar en la lista"),
        help_text=_("Un número: las partes se ordenan de menor a mayor."),
        min_value=1,
        max_value=999,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )


class GuidelineForm(forms.Form):
    """A version as a whole."""

    title = forms.CharField(label=_("Título"), max_length=200)
    introduction = long_text(label=_("Introducción"), limit=3000)
    changes = long_text(
        label=_("Qué cambia en esta versión"),
        help_text=_("Lo leerá quien conoce la versión anterior. En la primera no hace falta."),
        limit=2000,
        required=False,
    )

    def text(self) -> GuidelineText:
        """What was written, for the actions."""
        return GuidelineText(**self.cleaned_data)


class SectionForm(forms.Form):
    """A chapter."""

    title = forms.CharField(label=_("Título"), max_length=150)
    text = long_text(label=_("Texto"), help_text=_("Separe los párrafos con una línea vacía."), limit=6000)
    position = _position()

    def written(self) -> SectionText:
        """What was written, for the actions."""
        return SectionText(**self.cleaned_data)


class QuestionForm(forms.Form):
    """A question of the checklist."""

    text = forms.CharField(label=_("Pregunta"), help_text=_("Que se responda con sí o no."), max_length=250)
    help = long_text(label=_("Cómo saberlo"), help_text=_("Qué mirar antes de responder."), limit=1500)
    remedy = long_text(label=_("Qué hacer si falta"), limit=1500)
    basis = forms.CharField(
        label=_("En qué se basa"), help_text=_("La norma o la parte del plan que lo pide."), max_length=250
    )
    critical = forms.BooleanField(
        label=_("Es crítica: sin esto la institución no debería comprar"), required=False
    )
    weight = forms.TypedChoiceField(
        label=_("Peso"), coerce=int, choices=[(weight, str(weight)) for weight in range(1, 6)], initial=1
    )
    position = _position()

    def written(self) -> QuestionText:
        """What was written, for the actions."""
        return QuestionText(**self.cleaned_data)
