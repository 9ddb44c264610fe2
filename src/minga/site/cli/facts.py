"""`minga facts`: the catalogue of facts, and its snapshot."""

import argparse
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from minga.site.cli.console import say

if TYPE_CHECKING:
    from minga.site.cli import Subparsers

SNAPSHOT = Path(__file__).resolve().parents[2] / "foundation/ledger/tests/facts.snapshot.json"


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("facts", help=_("el catálogo de hechos con su esquema"))
    parser.add_argument("--write", action="store_true", help=_("actualiza la copia que revisan las pruebas"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """List the facts, or write the snapshot that makes every change of the catalogue show in a review."""
    from minga.kernel.facts import catalogue
    from minga.site.pages.facts import catalogue_text

    if arguments.write:
        SNAPSHOT.write_text(catalogue_text())
        say(str(SNAPSHOT))
    else:
        for kind in catalogue():
            say(f"{kind.name} v{kind.version}")
    return 0
