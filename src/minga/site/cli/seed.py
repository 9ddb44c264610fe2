"""`minga seed`: load the data that every instance starts with."""

import argparse
from gettext import gettext as _
from typing import TYPE_CHECKING

from minga.site.cli import prepare

if TYPE_CHECKING:
    from minga.site.cli import Subparsers


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("seed", help=_("carga los datos iniciales (se puede repetir sin daño)"))
    parser.add_argument(
        "--demonstration",
        action=argparse.BooleanOptionalAction,
        help=_("con o sin las personas inventadas; si no se dice, según MINGA_DEMONSTRATION"),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the seeds of all rooms."""
    from django.conf import settings

    chosen = arguments.demonstration
    prepare.seed(demonstration=settings.MINGA_DEMONSTRATION if chosen is None else chosen)
    return 0
