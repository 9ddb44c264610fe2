"""`minga migrate`: bring the tables to this version."""

import argparse
from gettext import gettext as _
from typing import TYPE_CHECKING

from minga.site.cli import prepare

if TYPE_CHECKING:
    from minga.site.cli import Subparsers


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "migrate", help=_("actualiza las tablas de la base de datos a esta versión")
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Apply the migrations, as the database's owner."""
    prepare.migrate()
    return 0
