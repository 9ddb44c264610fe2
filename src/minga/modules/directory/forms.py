"""The room's forms: they read what was typed; the actions decide whether it may be."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minga.kernel.clock import today
from minga.modules.directory.actions import Details, Period
from minga.modules.directory.models import (
    InstitutionFunction,
    InstitutionType,
    PriorityGroup,
    Register,
    Status,
    SuccessionKind,
)
from minga.modules.directory.queries import Stay, choices, sector_choices
from minga.ui.fields import DateField

_WIDE = {"class": "govuk-input--width-30"}
_NARROW = {"class": "govuk-input--width-10"}
Choices = list[tuple[str, Any]]


class _Lines(forms.CharField):
    """Several values, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": False})

    def to_python(self, value: Any) -> Any:
        """The lines that hold something."""
        return tuple(line.strip() for line in str(value or "").splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        """The lines as text."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


def _any(words: Any, options: Any) -> Choices:
    return [("", words), *options]


class _Filter(forms.Form):
    """Fields that live in the address."""

    @property
    def active(self) -> int:
        """How many filters are in use."""
        self.is_valid()
        return sum(bool(value) for value in self.cleaned_data.values())


class ListFilter(_Filter):
    """What to list."""

    q = forms.CharField(label=_("Nombre o siglas"), required=False, max_length=200)
    tipo = forms.ChoiceField(
        label=_("Tipo"), required=False, choices=_any(_("Todos"), InstitutionType.choices)
    )
    funcion = forms.ChoiceField(
        label=_("Función del Estado"), required=False, choices=_any(_("Todas"), InstitutionFunction.choices)
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    registro = forms.ChoiceField(
        label=_("Registro"), required=False, choices=_any(_("Cualquiera"), Register.choices)
    )
    fecha = DateField(
        label=_("Como estaban el"), required=False, help_text=_("Si no escribe una fecha, vale hoy.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sector"].choices = _any(_("Todos"), sector_choices())  # type: ignore[attr-defined]

    @property
    def more(self) -> bool:
        """Whether anything but the words is asked for, so that the other filters must be seen."""
        return bool(self.errors) or any(value for name, value in self.cleaned_data.items() if name != "q")


class WorkFilter(_Filter):
    """What a steward looks for."""

    q = forms.CharField(label=_("Nombre o siglas"), required=False, max_length=200)
    estado = forms.ChoiceField(label=_("Estado"), required=False, choices=_any(_("Todos"), Status.choices))
    cerradas = forms.BooleanField(label=_("Incluir las que ya no existen"), required=False)


class PopulationFilter(forms.Form):
    """Which register, on which day, as known when."""

    registro = forms.ChoiceField(label=_("Registro"), choices=Register.choices)
    fecha = DateField(label=_("Quién pertenecía el"), required=False)
    conocido = DateField(
        label=_("Según lo que se sabía el"),
        required=False,
        help_text=_(
            "Para ver qué decía el registro en el pasado. Si no escribe una fecha, vale lo que se sabe hoy."
        ),
    )


class DetailsForm(forms.Form):
    """Everything about an institution but its code and history."""

    name = forms.CharField(label=_("Nombre oficial"), max_length=300)
    acronym = forms.CharField(
        label=_("Siglas"), required=False, max_length=40, widget=forms.TextInput(attrs=_NARROW)
    )
    type = forms.ChoiceField(label=_("Tipo"), choices=_any(_("Elija el tipo"), InstitutionType.choices))
    function = forms.ChoiceField(
        label=_("Función del Estado"), choices=_any(_("Elija la función"), InstitutionFunction.choices)
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    parent = forms.ChoiceField(label=_("Depende de"), required=False)
    place = forms.CharField(
        label=_("Territorio"),
        required=False,
        max_length=6,
        help_text=_(
            "Código INEC del lugar que gobierna: 2 dígitos para provincia, 4 para cantón, 6 para parroquia."
        ),
        widget=forms.TextInput(attrs={**_NARROW, "inputmode": "numeric"}),
    )
    priority_groups = forms.MultipleChoiceField(
        label=_("Grupos prioritarios que atiende directamente"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    valid_from = DateField(label=_("Existe desde"), required=False)
    created_by = forms.CharField(label=_("Norma que la creó"), required=False, max_length=300)
    valid_until = DateField(
        label=_("Existió hasta"), required=False, help_text=_("El primer día en que ya no existe.")
    )
    closed_by = forms.CharField(label=_("Norma que la cerró"), required=False, max_length=300)
    ruc = forms.CharField(
        label=_("RUC"),
        required=False,
        max_length=13,
        widget=forms.TextInput(attrs={**_NARROW, "inputmode": "numeric", "spellcheck": False}),
    )
    websites = _Lines(label=_("Sitios web"), required=False, help_text=_("Uno en cada línea."))
    email = forms.CharField(
        label=_("Correo de atención"), required=False, max_length=254, widget=forms.EmailInput(attrs=_WIDE)
    )
    phone = forms.CharField(label=_("Teléfono"), required=False, max_length=60)
    address = forms.CharField(label=_("Dirección"), required=False, max_length=300)
    gobec_id = forms.CharField(
        label=_("Número en GOB.EC"), required=False, max_length=20, widget=forms.TextInput(attrs=_NARROW)
    )
    source = forms.CharField(label=_("Fuente de estos datos"), required=False, max_length=300)
    status = forms.ChoiceField(
        label=_("Estado de los datos"),
        choices=Status.choices,
        widget=forms.RadioSelect,
        initial=Status.UNVERIFIED,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [(code, gettext(name)) for code, name in PriorityGroup.objects.values_list("code", "name")]
        parents = choices(today())
        present = self.initial.get("parent", "")
        if present and present not in dict(parents):
            parents.append((present, present))
        for name, options_ in (
            ("sector", _any(_("Ninguno"), sector_choices())),
            ("parent", _any(_("Ninguna"), parents)),
            ("priority_groups", groups),
        ):
            self.fields[name].choices = options_  # type: ignore[attr-defined]

    def details(self) -> Details:
        """What was typed."""
        values = {name: self.cleaned_data[name] for name in DetailsForm.base_fields}
        values["priority_groups"] = tuple(sorted(values["priority_groups"]))
        return Details(**values)


class RegisterForm(DetailsForm):
    """A new institution."""

    code = forms.CharField(
        label=_("Código"),
        max_length=64,
        help_text=_("Será parte de su dirección. Letras minúsculas sin tilde, números y guiones: mintel."),
        widget=forms.TextInput(attrs={**_NARROW, "spellcheck": False}),
    )
    field_order = ["code", *DetailsForm.base_fields]


class ContactForm(forms.Form):
    """How people reach an institution."""

    websites = _Lines(label=_("Sitios web"), required=False, help_text=_("Uno en cada línea."))
    email = forms.CharField(
        label=_("Correo de atención"), required=False, max_length=254, widget=forms.EmailInput(attrs=_WIDE)
    )
    phone = forms.CharField(label=_("Teléfono"), required=False, max_length=60)
    address = forms.CharField(label=_("Dirección"), required=False, max_length=300)


class RenameForm(forms.Form):
    """An official change of name."""

    name = forms.CharField(label=_("Nombre nuevo"), max_length=300)
    acronym = forms.CharField(
        label=_("Siglas nuevas"), required=False, max_length=40, widget=forms.TextInput(attrs=_NARROW)
    )
    since = DateField(label=_("Se llama así desde el"))
    norm = forms.CharField(
        label=_("Norma"),
        required=False,
        max_length=300,
        help_text=_("Por ejemplo: Decreto Ejecutivo 59 de 2021-06-05."),
    )
    code = forms.CharField(
        label=_("Código"),
        max_length=64,
        help_text=_(
            "Cámbielo si las siglas cambiaron. La dirección anterior seguirá llevando a esta institución."
        ),
        widget=forms.TextInput(attrs={**_NARROW, "spellcheck": False}),
    )


class CloseForm(forms.Form):
    """The end of an institution."""

    on = DateField(label=_("Deja de existir el"))
    norm = forms.CharField(label=_("Norma"), required=False, max_length=300)


class SuccessionForm(forms.Form):
    """Who takes over."""

    successor = forms.ChoiceField(label=_("Institución que recibe su trabajo"))
    kind = forms.ChoiceField(label=_("Cómo"), choices=SuccessionKind.choices, widget=forms.RadioSelect)
    on = DateField(label=_("Desde el"))
    norm = forms.CharField(label=_("Norma"), required=False, max_length=300)

    def __init__(self, *args: Any, code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [choice for choice in choices(today()) if choice[0] != code]
        self.fields["successor"].choices = _any(_("Elija la institución"), others)  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    """One stay in a register; an empty one is passed over."""

    since = DateField(label=_("Desde el"), required=False)
    until = DateField(
        label=_("Hasta el"),
        required=False,
        help_text=_("El primer día en que ya no pertenece. Vacío si sigue."),
    )
    norm = forms.CharField(label=_("Norma"), required=False, max_length=300)
    verified = forms.BooleanField(label=_("Confirmado con la norma"), required=False)
    drop = forms.BooleanField(label=_("Quitar este período"), required=False)

    def clean(self) -> dict[str, Any]:
        """A period needs its beginning."""
        values = super().clean() or {}
        written = values.get("until") or values.get("norm") or values.get("verified")
        if written and not values.get("drop") and not values.get("since") and "since" not in self.errors:
            self.add_error("since", _("Escriba desde cuándo."))
        return values


class _BasePeriods(forms.BaseFormSet):  # type: ignore[type-arg]
    """All stays of one institution in one register."""

    def periods(self) -> list[Period]:
        """What was typed, without the empty and the dropped."""
        return [
            Period(
                valid_from=values["since"],
                valid_until=values["until"],
                norm=values["norm"],
                status=Status.CONFIRMED if values["verified"] else Status.UNVERIFIED,
            )
            for values in (form.cleaned_data for form in self.forms)
            if values.get("since") and not values.get("drop")
        ]


Periods = forms.formset_factory(PeriodForm, formset=_BasePeriods, extra=1, max_num=20, absolute_max=20)


def initial_periods(stays: Sequence[Stay], register: str) -> list[dict[str, date | str | bool | None]]:
    """The stays in one register, as the form shows them."""
    return [
        {"since": stay.since, "until": stay.until, "norm": stay.norm, "verified": stay.verified}
        for stay in stays
        if stay.register == register
    ]


class UploadForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=_("Archivo CSV"),
        help_text=_("Hasta 2.000 filas y 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )


class ConfirmImportForm(forms.Form):
    """The steward's word on a reviewed file."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    only_good = forms.BooleanField(label=_("Importar solo las filas correctas"), required=False)
