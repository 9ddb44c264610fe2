"""The template environment: Jinja2 with Django's translations, and how Minga writes dates and numbers."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.template.utils import get_app_template_dirs
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from minga.ui import formats, forms, http

HERE = Path(__file__).resolve().parent


def environment(**options: Any) -> Environment:
    """The environment that Django's Jinja2 backend asks for: templates of all rooms, and the GOV.UK macros.

    A folder in the backend's DIRS comes first, so that a site can replace a template.
    """
    own = [options["loader"]] if options.get("loader") else []
    folders: list[str | Path] = [HERE / "templates", *get_app_template_dirs("templates")]
    options["loader"] = ChoiceLoader(
        [
            *own,
            FileSystemLoader(list(dict.fromkeys(folders))),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    options["extensions"] = [*options.get("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do"]
    options |= {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**options)  # noqa: S701 - autoescape is on
    env.policies["ext.i18n.trimmed"] = True  # as the words are extracted
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(
        url=url,
        static=static,
        language=language,
        query_without=http.query_without,
        described_field=forms.described,
        form_errors=forms.error_list,
    )
    env.filters.update(formats.FILTERS)
    return env


def url(name: str, *args: Any, query: dict[str, Any] | None = None, **kwargs: Any) -> str:
    """The address of a named page; `query` adds parameters, leaving out those that are None or empty."""
    address = reverse(name, args=args or None, kwargs=kwargs or None)
    parameters = {key: value for key, value in (query or {}).items() if value not in (None, "")}
    return f"{address}?{urlencode(parameters, doseq=True)}" if parameters else address


def language() -> str:
    """The code of the language the reader sees: es, qu or en."""
    return (get_language() or "es").split("-")[0]
