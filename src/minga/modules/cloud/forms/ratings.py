"""The monthly survey."""

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.modules.cloud.actions.ratings import Grades
from minga.modules.cloud.forms.common import long_text
from minga.modules.cloud.models.satisfaction import QUESTIONS, Grade


def _grade(field: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=QUESTIONS[field], coerce=int, choices=Grade.choices[::-1], widget=forms.RadioSelect
    )


class RatingForm(forms.Form):
    """Three grades, and something to tell the provider."""

    overall = _grade("overall")
    support = _grade("support")
    reliability = _grade("reliability")
    comment = long_text(
        label=_("¿Qué debería saber el proveedor?"),
        help_text=_(
            "Solo lo leen el proveedor, el ente rector y los auditores. No escriba datos personales."
        ),
        limit=1500,
        required=False,
    )

    def grades(self) -> Grades:
        """The three grades, for the action."""
        return Grades(**{field: self.cleaned_data[field] for field in QUESTIONS})
