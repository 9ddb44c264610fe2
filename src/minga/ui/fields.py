"""Form fields that ask as the design system does: a date in three inputs, money as people write it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minga.kernel.errors import Invalid
from minga.kernel.money import format_number, parse_amount

PARTS = ("dia", "mes", "anio")


class DateParts(forms.Widget):
    """Day, month and year in three inputs: `<name>_dia`, `<name>_mes`, `<name>_anio`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The three texts as typed; a whole date under the plain name (in an address) also counts."""
        if name in data and f"{name}_dia" not in data:
            typed = str(data[name]).split("-")
            return tuple(reversed(typed)) if len(typed) == 3 else (str(data[name]), "", "")
        return tuple(str(data.get(f"{name}_{part}", "")).strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form was sent without any of the three inputs."""
        return name not in data and all(f"{name}_{part}" not in data for part in PARTS)

    def format_value(self, value: Any) -> tuple[str, str, str]:
        """What each of the three inputs shows."""
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        if isinstance(value, tuple) and len(value) == 3:
            return value
        return "", "", ""


class DateField(forms.Field):
    """A day of the calendar, asked for in three inputs; its value is a `date`."""

    widget = DateParts
    default_error_messages = {
        "required": _("Escriba la fecha."),
        "incomplete": _("La fecha necesita día, mes y año. Por ejemplo, 27 3 2026."),
        "invalid": _("Esa fecha no existe. Revise el día, el mes y el año. Por ejemplo, 27 3 2026."),
        "min": _("La fecha es demasiado antigua."),
        "max": _("La fecha es demasiado lejana."),
    }

    def __init__(
        self, *, earliest: date = date(1800, 1, 1), latest: date = date(2200, 12, 31), **kw: Any
    ) -> None:
        self.earliest, self.latest = earliest, latest
        super().__init__(**kw)

    def to_python(self, value: Any) -> date | None:
        """The date that the three texts say; None when all are empty."""
        if isinstance(value, date) or not value or not any(value):
            return value if isinstance(value, date) else None
        if not all(value):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        day, month, year = value
        if not all(part.isascii() and part.isdigit() for part in value) or len(year) != 4:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: date | None) -> None:
        """Refuse a missing date where one is required, and one outside the allowed days."""
        super().validate(value)
        if value and value < self.earliest:
            raise ValidationError(self.error_messages["min"], code="min")
        if value and value > self.latest:
            raise ValidationError(self.error_messages["max"], code="max")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed differs from the initial date."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class MoneyField(forms.CharField):
    """An amount of dollars as people type it ("1.234,50"); its value is a Decimal with cents, or None."""

    def __init__(self, **kw: Any) -> None:
        super().__init__(max_length=30, **kw)
        self.widget.attrs |= {"inputmode": "decimal", "class": "govuk-input--width-10"}
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: Any) -> Decimal | None:
        """The dollars that were typed."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_amount(typed)
        except Invalid as error:
            raise ValidationError(gettext(error.message), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """An amount that is already there, as a person would type it."""
        return format_number(value, decimals=2) if isinstance(value, Decimal) else value
