"""`minga messages`: the words on screen, out of the code into the catalogues and back (for developers)."""

import argparse
import subprocess
import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from minga.site.cli.console import say

if TYPE_CHECKING:
    from minga.site.cli import Subparsers

ROOT = Path(__file__).resolve().parents[4]
LOCALE = ROOT / "src/minga/site/locale"
LANGUAGES = ("en", "qu")
_RULES = "[python: **.py]\n[jinja2: **/templates/**.html]\nextensions=jinja2.ext.do\ntrimmed=true\n"
_KEYWORDS = ("_", "N_", "gettext_lazy", "ngettext:1,2", "pgettext:1c,2")


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand and its two acts."""
    parser = subparsers.add_parser("messages", help=_("los textos y sus traducciones (para desarrollo)"))
    acts = parser.add_subparsers(required=True, metavar="extract|compile")
    extract = acts.add_parser("extract", help=_("lleva los textos nuevos a los catálogos"))
    extract.set_defaults(run=run_extract)
    compile_ = acts.add_parser("compile", help=_("prepara los catálogos para el sitio"))
    compile_.set_defaults(run=run_compile)


def run_extract(_arguments: argparse.Namespace) -> int:
    """Find all words in code and templates, and merge them into each language's catalogue."""
    LOCALE.mkdir(parents=True, exist_ok=True)
    template, rules = LOCALE / "django.pot", LOCALE / "rules.cfg"
    rules.write_text(_RULES)
    try:
        keywords = [word for name in _KEYWORDS for word in ("-k", name)]
        _babel(
            "extract", "-F", str(rules), *keywords, "--no-location", "--sort-output", "--project=minga",
            "--omit-header", "-o", str(template), "src/minga",
        )  # fmt: skip
        for language in LANGUAGES:
            catalogue = LOCALE / language / "LC_MESSAGES/django.po"
            act = "update" if catalogue.exists() else "init"
            extra = ["--no-fuzzy-matching", "--omit-header"] if act == "update" else []
            _babel(act, "-i", str(template), "-d", str(LOCALE), "-D", "django", "-l", language, *extra)
    finally:
        rules.unlink()
        template.unlink(missing_ok=True)
    return 0


def run_compile(_arguments: argparse.Namespace) -> int:
    """Compile the catalogues that changed."""
    from minga.ui.build import compile_catalogues

    say(_("{count} catálogos preparados").format(count=compile_catalogues()))
    return 0


def _babel(*arguments: str) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own program
