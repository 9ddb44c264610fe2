"""`minga openapi`: the API's description."""

import argparse
import sys
from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minga.site.cli import Subparsers


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("openapi", help=_("la descripción de la API para programas (OpenAPI 3.1)"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the description, as `/api/v1/openapi.json` serves it."""
    from minga.site.api.openapi import text

    sys.stdout.write(text())
    return 0
