"""What institutions fill in to ask for a new service, and what the provider answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.modules.cloud.actions.proposals import ProposalText
from minga.modules.cloud.forms.common import ForInstitution, long_text, yes_or_no
from minga.modules.cloud.models.proposal import Support
from minga.modules.cloud.models.service import Category


class ProposalForm(ForInstitution):
    """The service that is missing."""

    title = forms.CharField(
        label=_("¿Qué servicio hace falta?"),
        help_text=_("Por ejemplo: Videoconferencia para audiencias públicas"),
        max_length=120,
    )
    category = forms.ChoiceField(
        label=_("¿De qué tipo es?"), choices=[("", _("Elija una opción")), *Category.choices]
    )
    need = long_text(label=_("¿Qué problema resuelve?"), help_text=_("Será público."), limit=2000)
    users = forms.CharField(
        label=_("¿Quiénes lo usarían?"),
        help_text=_("Por ejemplo: unas 40 personas de atención al público"),
        max_length=250,
    )

    def text(self) -> ProposalText:
        """What was written, for the action."""
        data = self.cleaned_data
        return ProposalText(
            title=data["title"], category=Category(data["category"]), need=data["need"], users=data["users"]
        )


class VoteForm(ForInstitution):
    """How an institution stands to a proposal."""

    support = forms.ChoiceField(
        label=_("¿Qué dice su institución?"), choices=Support.choices, widget=forms.RadioSelect
    )


class ProposalAnswerForm(forms.Form):
    """What the provider decides."""

    accepted = yes_or_no(
        label=_("¿Ofrecerá este servicio?"),
        yes=_("Sí: pasa a la cartera como borrador"),
        no=_("No"),
    )
    answer = long_text(label=_("Razón"), help_text=_("Será pública."), limit=2000)
