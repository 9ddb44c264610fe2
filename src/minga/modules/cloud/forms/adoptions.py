"""What institutions and the provider fill in about contracts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.modules.cloud.forms.common import Choices, ForInstitution, long_text, offer, yes_or_no
from minga.ui.fields import DateField


class AdoptionForm(ForInstitution):
    """A contract that an institution registers."""

    service = forms.ChoiceField(label=_("¿Qué servicio usa?"))
    contract = forms.CharField(
        label=_("Número del contrato o convenio"),
        help_text=_("Como consta en el documento. Por ejemplo: CNT-2026-0147"),
        max_length=60,
    )
    starts_on = DateField(label=_("¿Desde qué día está en uso?"))
    expected_end = DateField(label=_("¿Cuándo termina el contrato?"), required=False)
    evidence = forms.FileField(
        label=_("Documento que lo prueba"),
        help_text=_(
            "El contrato o el acta de entrega, en PDF de hasta 10 MB. "
            "Solo lo ven su institución, el proveedor, el ente rector y los auditores."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def __init__(self, *args: Any, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "service", services)

    def clean(self) -> dict[str, Any]:
        """A contract ends after it begins."""
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("starts_on"), data.get("expected_end")
        if start and end and end <= start:
            self.add_error("expected_end", _("La fecha de término debe ser posterior a la de inicio."))
        return data


class EndForm(forms.Form):
    """Since when a service is no longer used."""

    on = DateField(label=_("¿Desde qué día ya no se usa?"))
    reason = long_text(
        label=_("¿Por qué terminó?"), help_text=_("No escriba datos personales."), limit=1000, required=False
    )


class EndAnswerForm(forms.Form):
    """Whether the other party agrees that the service ended."""

    agreed = yes_or_no(
        label=_("¿Es así?"),
        yes=_("Sí, el servicio terminó en esa fecha"),
        no=_("No, el servicio sigue en uso"),
    )
    reason = long_text(
        label=_("Motivo"),
        help_text=_("Hace falta si responde que no. No escriba datos personales."),
        limit=1000,
        required=False,
    )
