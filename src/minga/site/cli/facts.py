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
    from minga.foundation.ledger import catalogue

    if arguments.write:
        SNAPSHOT.write_text(catalogue.text())
        say(str(SNAPSHOT))
    else:
        for name in catalogue.schemas():
            say(name)
    return 0
