"""The template environment: Jinja2 with Django's translations, and how Minga writes dates and numbers."""

from collections.abc import MutableMapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.template.utils import get_app_template_dirs
from django.templatetags.static import static
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from minga.ui import formats, forms, http
from minga.ui.addresses import address_of
from minga.ui.speaking import Spoken, language_spoken

HERE = Path(__file__).resolve().parent


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates kept in a folder, as long as it takes them: on a full disk pages go on without."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, or let it go."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


class SharedGlobals(Environment):
    """Templates share one plain table of globals: each import of a macro compares the tables, layers cost more."""

    template_class = Spoken

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own table, unless a template brings globals of its own."""
        return super().make_globals(d) if d else self.globals


def environment(*, compiled_into: str, **options: Any) -> Environment:
    """The environment that Django's Jinja2 backend asks for: templates of all rooms, and the GOV.UK macros.

    A folder in the backend's DIRS comes first, so that a site can replace a template. Compiled templates are
    kept in the folder `compiled_into`.
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
    options["bytecode_cache"] = CompiledTemplates(compiled_into)
    options |= {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    env = SharedGlobals(**options)
    env.policies["ext.i18n.trimmed"] = True  # as the words are extracted
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(
        _=translated,
        url=url,
        static=static,
        language=language,
        query_without=http.query_without,
        described_field=forms.described,
        form_errors=forms.error_list,
    )
    env.filters.update(formats.FILTERS)
    return env


def translated(message: str, **variables: Any) -> Markup:
    """A message in the reader's language, with its variables escaped: `_("Hola, %(name)s", name=name)`."""
    text = _message(language_spoken(), message)
    return text % variables if variables or "%" in text else text


@lru_cache(maxsize=8192)
def _message(_language: str, message: str) -> Markup:
    """The message in the active language; catalogues do not change while Minga runs."""
    return Markup(gettext(message))  # noqa: S704 - from our own catalogues, as the i18n extension does


def url(name: str, /, *args: Any, query: dict[str, Any] | None = None, **kwargs: Any) -> str:
    """The address of a named page; `query` adds parameters, leaving out those that are None or empty."""
    address = address_of(name, *args, **kwargs)
    parameters = {key: value for key, value in (query or {}).items() if value not in (None, "")}
    return f"{address}?{urlencode(parameters, doseq=True)}" if parameters else address


def language() -> str:
    """The code of the language the reader sees: es, qu or en."""
    return language_spoken().split("-")[0]
