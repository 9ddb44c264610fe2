"""What identity's pages ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minga.kernel.actors import Role
from minga.modules.identity.models import ROLE_HINTS, ROLE_NAMES
from minga.ui.fields import DateField

_REFUSED_TEXT = _("No reconocemos esos datos. Revise su correo o cédula y su contraseña.")


class SignInForm(forms.Form):
    """An identifier and a password; `next` and `saved` carry where the person was and what they had typed."""

    identifier = forms.CharField(
        label=_("Correo electrónico o cédula"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={
            "required": _("Escriba su correo electrónico o su número de cédula."),
            "max_length": _REFUSED_TEXT,
            "null_characters_not_allowed": _REFUSED_TEXT,
        },
    )
    password = forms.CharField(
        label=_("Contraseña"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={
            "required": _("Escriba su contraseña."),
            "max_length": _REFUSED_TEXT,
            "null_characters_not_allowed": _REFUSED_TEXT,
        },
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    saved = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class PasswordForm(forms.Form):
    """The present password and a new one."""

    old = forms.CharField(
        label=_("Su contraseña actual"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Escriba su contraseña actual.")},
    )
    new = forms.CharField(
        label=_("Su contraseña nueva"),
        help_text=_(
            "Al menos 12 caracteres. Varias palabras que solo usted juntaría son fáciles de recordar."
        ),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Escriba la contraseña nueva.")},
    )


class LanguageForm(forms.Form):
    """The language a person reads."""

    language = forms.ChoiceField(label=_("Idioma de sus páginas"))

    def __init__(self, *args: Any, languages: list[tuple[str, Any]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        field: Any = self.fields["language"]
        field.choices = languages


class InstitutionForm(forms.Form):
    """Whose people to see."""

    institucion = forms.ChoiceField(label=_("Institución"), widget=forms.Select)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        field: Any = self.fields["institucion"]
        field.choices = choices


class AppointForm(forms.Form):
    """Who gets which post, from when to when."""

    identifier = forms.CharField(
        label=_("Correo electrónico o cédula de la persona"),
        max_length=254,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Escriba el correo o la cédula de la persona.")},
    )
    role = forms.ChoiceField(
        label=_("Qué podrá hacer"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija qué podrá hacer.")},
    )
    starts = DateField(label=_("Desde qué día"), help_text=_("Por ejemplo, 27 3 2026."))
    ends = DateField(
        label=_("Hasta qué día"),
        help_text=_("El primer día en que ya no tendrá el puesto. Déjelo vacío si no se sabe."),
        required=False,
    )

    def __init__(self, *args: Any, roles: tuple[Role, ...], **kw: Any) -> None:
        super().__init__(*args, **kw)
        role: Any = self.fields["role"]
        role.choices = [(item.value, ROLE_NAMES[item]) for item in roles]
        role.hints = {item.value: ROLE_HINTS[item] for item in roles}


class AccountForm(forms.Form):
    """A new official: names, and at least one way to be recognised."""

    given_names = forms.CharField(
        label=_("Nombres"), max_length=120, error_messages={"required": _("Escriba los nombres.")}
    )
    surnames = forms.CharField(
        label=_("Apellidos"), max_length=120, error_messages={"required": _("Escriba los apellidos.")}
    )
    email = forms.EmailField(
        label=_("Correo electrónico institucional"),
        required=False,
        error_messages={"invalid": _("Escriba un correo completo, como nombre@institucion.gob.ec.")},
    )
    cedula = forms.CharField(
        label=_("Cédula"),
        help_text=_("Se guarda cifrada. Nadie la ve en estas páginas."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for an e-mail or a cédula: with neither, the person could not sign in."""
        data = super().clean() or {}
        if not self.errors and not data.get("email") and not data.get("cedula"):
            self.add_error("email", _("Escriba el correo o la cédula: con uno de los dos ingresará."))
        return data


class EndPostForm(forms.Form):
    """When a post ends."""

    ends = DateField(
        label=_("Desde qué día ya no tendrá el puesto"), help_text=_("Hoy o después. Por ejemplo, 27 3 2026.")
    )


class TokenForm(forms.Form):
    """For which program a token is, and until when."""

    title = forms.CharField(
        label=_("Qué programa usará la clave"),
        help_text=_("Por ejemplo, «Portal de datos de la institución»."),
        max_length=80,
        error_messages={"required": _("Escriba qué programa usará la clave.")},
    )
    expires_on = DateField(
        label=_("Desde qué día ya no servirá"),
        help_text=_("Un año como máximo. Antes de ese día emita otra y cámbiela en el programa."),
    )
