"""What an institution fills in when it checks a purchase."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.modules.cloud.forms.common import ForInstitution, long_text
from minga.modules.cloud.models.selfcheck import Verdict


class StartForm(ForInstitution):
    """What the institution wants to buy."""

    subject = forms.CharField(
        label=_("¿Qué quiere contratar?"),
        help_text=_("Una frase. Por ejemplo: Correo electrónico en la nube para 300 personas"),
        max_length=200,
    )


class AnswerForm(forms.Form):
    """One question; its text and help become the field's label and hint."""

    verdict = forms.ChoiceField(choices=Verdict.choices, widget=forms.RadioSelect)
    note = long_text(
        label=_("Qué lo respalda o qué falta"),
        help_text=_("Hace falta solo si no aplica. No escriba datos personales."),
        limit=1000,
        required=False,
    )

    def __init__(self, *args: Any, question: str, help: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].label = question
        self.fields["verdict"].help_text = help
        self.fields["verdict"].error_messages["required"] = _("Elija una respuesta para continuar.")


class PurchaseForm(forms.Form):
    """Which purchase the check was for."""

    purchase = forms.CharField(
        label=_("Código del proceso de compra"),
        help_text=_("Como consta en el portal de compras públicas. Por ejemplo: SIE-MDT-2026-003"),
        max_length=60,
    )
