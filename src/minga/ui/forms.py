"""Turns a Django form into the parameters of the GOV.UK macros: the form decides, templates only print."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from minga.ui.fields import DateParts

_DJANGO_ROWS = forms.Textarea().attrs["rows"]
_INPUT_TYPES: dict[type[forms.Widget], dict[str, Any]] = {
    forms.EmailInput: {"type": "email", "spellcheck": False, "autocomplete": "email"},
    forms.URLInput: {"type": "url", "spellcheck": False},
    forms.NumberInput: {"type": "text", "inputmode": "decimal", "spellcheck": False},
    forms.TextInput: {"type": "text"},
}


def described(
    bound: BoundField, *, heading: bool = False, size: str = "s", say_optional: bool = True
) -> tuple[str, dict[str, Any]]:
    """The component that shows a field, and its parameters; `heading` makes the label the page's h1.

    `say_optional` marks the fields that may stay empty; filters need no such mark.

    Components: input, password, textarea, count, select, radios, checkboxes, date, file, hidden.
    """
    widget = bound.field.widget
    kind = _kind(widget)
    params: dict[str, Any] = {"id": bound.auto_id or bound.html_name, "name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(_errors(bound)), "visuallyHiddenText": _("Error")}
    if widget.attrs.get("disabled") or bound.field.disabled:
        params["disabled"] = True
    grouped = kind in {"radios", "checkboxes", "date"} and not isinstance(widget, forms.CheckboxInput)
    label = _label(bound, heading, say_optional) | {"classes": f"govuk-label--{'l' if heading else size}"}
    if grouped:
        label["classes"] = label["classes"].replace("govuk-label", "govuk-fieldset__legend")
    params |= {"fieldset": {"legend": label}} if grouped else {"label": label}
    params.update(_SHAPES[kind](bound, widget))
    return kind, params


def error_list(form: forms.BaseForm) -> list[dict[str, str]]:
    """What the error summary lists: each error with a link to the field where it is put right."""
    listed = [{"text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        listed += [{"text": error, "href": f"#{_target(bound)}"} for error in _errors(bound)]
    return listed


def _errors(bound: BoundField) -> list[str]:
    """The field's errors; where Django only says that an answer is missing, words that say what to do."""
    told = []
    for error in bound.errors.as_data():
        silent = error.code == "required" and error.message == forms.Field.default_error_messages["required"]
        told += [_missing(bound)] if silent else [str(message) for message in error.messages]
    return told


def _missing(bound: BoundField) -> str:
    words = {
        "file": _("«%(label)s»: elija un archivo."),
        "select": _("«%(label)s»: elija una opción."),
        "radios": _("«%(label)s»: elija una opción."),
        "checkboxes": _("«%(label)s»: marque al menos una casilla."),
    }.get(_kind(bound.field.widget), _("«%(label)s»: escriba una respuesta."))
    if isinstance(bound.field.widget, forms.CheckboxInput):
        words = _("Marque la casilla «%(label)s».")
    return words % {"label": bound.label}


def _target(bound: BoundField) -> str:
    first = bound.auto_id or bound.html_name
    return f"{first}-dia" if isinstance(bound.field.widget, DateParts) else first


def _kind(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    kinds: tuple[tuple[type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
        (DateParts, "date"),
        (forms.PasswordInput, "password"),
        (forms.ClearableFileInput, "file"),
        (forms.FileInput, "file"),
        ((forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.SelectMultiple), "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.Select, "select"),
    )
    for types, kind in kinds:
        if isinstance(widget, types):
            return kind
    if isinstance(widget, forms.Textarea):
        return "count" if widget.attrs.get("maxlength") else "textarea"
    return "input"


def _label(bound: BoundField, heading: bool, say_optional: bool) -> dict[str, Any]:
    text = str(bound.label)
    one_box = isinstance(bound.field.widget, forms.CheckboxInput)
    if say_optional and not bound.field.required and not one_box:
        text = _("%(label)s (opcional)") % {"label": text}
    return {"text": text, "isPageHeading": heading}


def _input(bound: BoundField, widget: forms.Widget) -> dict[str, Any]:
    shape: dict[str, Any] = {"value": _text(bound)}
    for types, values in _INPUT_TYPES.items():
        if isinstance(widget, types):
            shape |= values
            break
    attrs = dict(widget.attrs)
    for name in ("inputmode", "autocomplete", "spellcheck"):
        if name in attrs:
            shape[name] = attrs.pop(name)
    shape["classes"] = attrs.pop("class", "")
    extra = {name: attrs[name] for name in ("maxlength", "lang", "dir") if name in attrs}
    return shape | ({"attributes": extra} if extra else {})


def _password(bound: BoundField, widget: forms.Widget) -> dict[str, Any]:
    return {
        "autocomplete": widget.attrs.get("autocomplete", "current-password"),
        "showPasswordText": _("Mostrar"),
        "hidePasswordText": _("Ocultar"),
        "showPasswordAriaLabelText": _("Mostrar la contraseña"),
        "hidePasswordAriaLabelText": _("Ocultar la contraseña"),
        "passwordShownAnnouncementText": _("La contraseña está a la vista"),
        "passwordHiddenAnnouncementText": _("La contraseña está oculta"),
    }


def _textarea(bound: BoundField, widget: forms.Widget) -> dict[str, Any]:
    rows = widget.attrs.get("rows")
    shape = {"value": _text(bound), "rows": 5 if rows in (None, _DJANGO_ROWS) else rows}
    return shape | {"classes": widget.attrs.get("class", "")}


def _count(bound: BoundField, widget: forms.Widget) -> dict[str, Any]:
    limit = int(widget.attrs["maxlength"])
    return _textarea(bound, widget) | {
        "maxlength": limit,
        "textareaDescriptionText": _("Puede escribir hasta %(count)s caracteres") % {"count": "%{count}"},
        "charactersUnderLimitText": {
            "one": _("Le queda 1 carácter"),
            "other": _("Le quedan %(count)s caracteres") % {"count": "%{count}"},
        },
        "charactersAtLimitText": _("No le quedan caracteres"),
        "charactersOverLimitText": {
            "one": _("Le sobra 1 carácter"),
            "other": _("Le sobran %(count)s caracteres") % {"count": "%{count}"},
        },
    }


def _select(bound: BoundField, widget: forms.Widget) -> dict[str, Any]:
    chosen = _chosen(bound)
    items = [
        {"value": value, "text": text, "disabled": disabled, "selected": value in chosen}
        for value, text, disabled in _options(widget)
    ]
    return {"items": items, "classes": widget.attrs.get("class", "")}


def _choices(bound: BoundField, widget: forms.Widget) -> dict[str, Any]:
    prefix = {"idPrefix": bound.auto_id or bound.html_name}
    if isinstance(widget, forms.CheckboxInput):
        item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
        return prefix | {"items": [item]}
    small = {"classes": widget.attrs["class"]} if widget.attrs.get("class") else {}
    items = [
        {"value": value, "text": text, "checked": value in _chosen(bound), "disabled": disabled}
        for value, text, disabled in _options(widget)
        if value != "" or isinstance(widget, forms.RadioSelect)
    ]
    hints = getattr(bound.field, "hints", {})
    for item in items:
        if item["value"] in hints:
            item["hint"] = {"text": str(hints[item["value"]])}
    return prefix | small | {"items": items}


def _date(bound: BoundField, widget: forms.Widget) -> dict[str, Any]:
    typed = widget.format_value(bound.value())
    wrong = " govuk-input--error" if bound.errors else ""
    birthday = widget.attrs.get("autocomplete") == "bday"
    parts = (("dia", _("Día"), "2", "day"), ("mes", _("Mes"), "2", "month"), ("anio", _("Año"), "4", "year"))
    items = [
        {
            "id": f"{bound.auto_id or bound.html_name}-{part}",
            "name": f"{bound.html_name}_{part}",
            "label": label,
            "classes": f"govuk-input--width-{width}{wrong}",
            "value": typed[place],
            **({"autocomplete": f"bday-{english}"} if birthday else {}),
        }
        for place, (part, label, width, english) in enumerate(parts)
    ]
    return {"items": items}


def _file(bound: BoundField, widget: forms.Widget) -> dict[str, Any]:
    shape: dict[str, Any] = {"multiple": bool(widget.attrs.get("multiple"))}
    return shape | ({"attributes": {"accept": widget.attrs["accept"]}} if "accept" in widget.attrs else {})


def _hidden(bound: BoundField, widget: forms.Widget) -> dict[str, Any]:
    return {"value": _text(bound)}


_SHAPES = {
    "input": _input,
    "password": _password,
    "textarea": _textarea,
    "count": _count,
    "select": _select,
    "radios": _choices,
    "checkboxes": _choices,
    "date": _date,
    "file": _file,
    "hidden": _hidden,
}


def _text(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    several = value if isinstance(value, list | tuple | set) else [value]
    return {"" if item is None else str(getattr(item, "value", item)) for item in several}


def _options(widget: forms.Widget) -> list[tuple[str, str, bool]]:
    flat: list[tuple[str, str, bool]] = []
    for _group, options, _place in widget.optgroups("", []):  # type: ignore[attr-defined]
        for option in options:
            value = option["value"]
            disabled = bool(option["attrs"].get("disabled"))
            flat.append(("" if value is None else str(value), str(option["label"]), disabled))
    return flat
