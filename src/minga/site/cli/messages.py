"""`minga messages`: the words on screen, out of code, templates and data into the catalogues and back."""

import argparse
import csv
import io
import re
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from minga.site.cli.console import say

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

    from minga.site.cli import Subparsers

ROOT = Path(__file__).resolve().parents[4]
LOCALE = ROOT / "src/minga/site/locale"
LANGUAGES = ("en", "qu")
_OPTIONS = {"**.html": {"extensions": "jinja2.ext.do", "trimmed": "true", "silent": "false"}}
_KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_HEADER = r"""
msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
""".strip()

_DATA = ("text", "beneficiaries")
"""What the rooms' YAML files say on screen; the plan's titles have a file of their own for each language."""
_Found = Iterator[tuple[int, None, str, list[str]]]


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand and its two acts."""
    parser = subparsers.add_parser("messages", help=_("los textos y sus traducciones (para desarrollo)"))
    acts = parser.add_subparsers(required=True, metavar="extract|compile")
    extract = acts.add_parser("extract", help=_("lleva los textos nuevos a los catálogos"))
    extract.set_defaults(run=run_extract)
    compile_ = acts.add_parser("compile", help=_("prepara los catálogos para el sitio"))
    compile_.set_defaults(run=run_compile)


def run_extract(_arguments: argparse.Namespace) -> int:
    """Merge the words on screen into each language's catalogue, and tell what lacks words there."""
    found = extracted()
    for language in LANGUAGES:
        catalogue = merged(found, language)
        write(catalogue, language)
        lacking = sum(1 for message in catalogue if message.id and not is_translated(message))
        say(_("{language}: {total} textos, {lacking} sin traducir").format(
            language=language, total=len(catalogue), lacking=lacking
        ))  # fmt: skip
    return 0


def run_compile(_arguments: argparse.Namespace) -> int:
    """Compile the catalogues that changed."""
    from minga.ui.build import compile_catalogues

    say(_("{count} catálogos preparados").format(count=compile_catalogues()))
    return 0


def extracted() -> "Catalog":
    """Every message of code, templates and data, tests left out, as a catalogue without translations."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    catalogue = Catalog(project="minga", charset="utf-8")
    for _file, _line, message, _comments, context in extract_from_dir(
        ROOT / "src/minga", _methods(), _OPTIONS, _KEYWORDS, directory_filter=_has_messages
    ):
        catalogue.add(message, context=context)
    return catalogue


def merged(found: "Catalog", language: str) -> "Catalog":
    """A language's catalogue with the messages `found` today: new ones empty, vanished ones gone, none guessed."""
    catalogue = read(language)
    catalogue.update(found, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def read(language: str) -> "Catalog":
    """A language's catalogue as it is kept; an empty one for a language that begins."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not path_of(language).exists():
        return Catalog(locale=language, project="minga", charset="utf-8")
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def write(catalogue: "Catalog", language: str) -> None:
    """Keep a language's catalogue: sorted, without places in the code, its header as somebody wrote it."""
    from babel.messages.pofile import write_po

    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    header = path.read_text(encoding="utf-8").partition("\n\n")[0] if path.exists() else ""
    with path.open("wb") as file:
        file.write(f"{header or _HEADER.format(language=language)}\n\n".encode())
        write_po(file, catalogue, width=100, omit_header=True, no_location=True, sort_output=True)


def path_of(language: str) -> Path:
    """Where a language's catalogue is kept."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def is_translated(message: Any) -> bool:
    """Whether a message has its words, in every number when it counts things."""
    words = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(words) and not message.fuzzy


def _methods() -> list[tuple[str, Any]]:
    return [
        ("**.py", "python"),
        ("**/templates/**.html", "jinja2"),
        ("**/data/**.csv", _titles_of_table),
        ("**/data/**.yaml", _texts_of_yaml),
        ("**/sass/_tokens.scss", _uses_of_tokens),
    ]


def _titles_of_table(file: IO[bytes], *_asked: Any, **_options: Any) -> _Found:
    for number, row in enumerate(csv.DictReader(io.StringIO(file.read().decode())), 2):
        if "title" in row:
            yield number, None, row["title"], []


def _texts_of_yaml(file: IO[bytes], *_asked: Any, **_options: Any) -> _Found:
    import yaml

    waiting = [yaml.safe_load(file)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += item.values()
            for text in (item[key] for key in _DATA if key in item):
                yield from ((1, None, line, []) for line in ([text] if isinstance(text, str) else text))
        elif isinstance(item, list):
            waiting += item


def _uses_of_tokens(file: IO[bytes], *_asked: Any, **_options: Any) -> _Found:
    for number, line in enumerate(file.read().decode().splitlines(), 1):
        if use := re.search(r'^ +"[^"]+": #\w+, // (.+)$', line):
            yield number, None, use[1], []


def _has_messages(folder: str | Path) -> bool:
    name = Path(folder).name
    return name != "tests" and not name.startswith((".", "__"))
