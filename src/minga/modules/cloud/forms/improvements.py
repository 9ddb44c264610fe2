"""What the provider and the steward fill in about improvement actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.modules.cloud.forms.common import Choices, long_text, offer, yes_or_no
from minga.modules.cloud.models.improvement import Cause
from minga.ui.fields import DateField


class ImprovementForm(forms.Form):
    """What will be put right, who answers for it and until when."""

    service = forms.ChoiceField(label=_("¿Qué servicio mejora?"))
    title = forms.CharField(label=_("¿Qué se hará?"), max_length=150)
    description = long_text(
        label=_("¿Qué pasa hoy y cómo se sabrá que mejoró?"), help_text=_("Será público."), limit=2000
    )
    cause = forms.ChoiceField(label=_("¿Por qué se abre?"), choices=Cause.choices, widget=forms.RadioSelect)
    owner = forms.ChoiceField(label=_("¿Qué institución responde?"))
    owner_post = forms.CharField(
        label=_("¿Qué cargo responde?"),
        help_text=_("El cargo, no el nombre. Por ejemplo: Gerencia de Centros de Datos"),
        max_length=120,
    )
    due_on = DateField(label=_("¿Hasta qué día?"))

    def __init__(self, *args: Any, services: Choices, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "service", services)
        offer(self, "owner", owners)


class ProgressForm(forms.Form):
    """How it goes, or what was done."""

    text = long_text(
        label=_("¿Qué se hizo?"), help_text=_("Será público. No escriba datos personales."), limit=1500
    )


class PostponeForm(forms.Form):
    """Another last day, and why."""

    due_on = DateField(label=_("Nueva fecha"))
    text = long_text(label=_("Motivo"), help_text=_("Será público."), limit=1500)


class JudgementForm(forms.Form):
    """Whether what was said to be done is done."""

    done = yes_or_no(label=_("¿Está hecha?"), yes=_("Sí, la verifiqué"), no=_("No, todavía falta"))
    text = long_text(
        label=_("Qué se comprobó o qué falta"),
        help_text=_("Hace falta si responde que no. Será público."),
        limit=1500,
        required=False,
    )
