"""The command `minga`: everything an administrator does with an instance, one subcommand each.

`up` only supervises and imports no Django, so that it starts at once; all others set Django up first.
"""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from gettext import gettext as _
from importlib import import_module
from typing import TYPE_CHECKING

from minga import __version__
from minga.kernel.errors import MingaError
from minga.site.cli.embedded import embedded_database

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

Run = Callable[[argparse.Namespace], int]

COMMANDS = (
    "up",
    "serve",
    "worker",
    "migrate",
    "seed",
    "doctor",
    "backup",
    "restore",
    "ledger",
    "facts",
    "openapi",
    "messages",
    "new_room",
)
"""Modules of this package that add a subcommand with `add(subparsers)`, in the order of the help."""
LIGHT = frozenset({"up", "restore", "messages", "new-room"})
WITHOUT_DATABASE = frozenset({"serve", "worker", "doctor", "facts", "openapi"})
"""Subcommands that never start the embedded database themselves."""
OWNERS = frozenset({"up", "migrate", "seed", "restore"})
"""Subcommands that work in the database as its owner."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code: 0 done, 1 failed with words, 2 misused."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = next((word for word in given if not word.startswith("-")), "")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minga.site.settings")
    if name in OWNERS:
        os.environ["MINGA_DATABASE_ROLE"] = "minga_owner"
    try:
        parsed = parser(light=name in LIGHT).parse_args(given)
        return _run(name, parsed)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    except MingaError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(_words(error), file=sys.stderr)
    return 1


def _words(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return _("El disco está lleno. Libere al menos 200 MB en el disco de la carpeta de datos y repita.")
    return _("No se pudo: {reason}").format(reason=error)


def _run(name: str, parsed: argparse.Namespace) -> int:
    run: Run = parsed.run
    if name in LIGHT | WITHOUT_DATABASE:
        return run(parsed) or 0
    from django.db import OperationalError

    try:
        with embedded_database():
            return run(parsed) or 0
    except OperationalError as error:
        print(_("La base de datos no responde: {reason}").format(reason=error), file=sys.stderr)
        print(_("Revise MINGA_DATABASE_URL y ejecute «minga doctor»."), file=sys.stderr)
        return 1


def parser(*, light: bool) -> argparse.ArgumentParser:
    """The command line; without the rooms' own subcommands when `light`, as those need Django."""
    top = argparse.ArgumentParser(
        prog="minga", description=_("Minga: el gobierno electrónico que se mide solo.")
    )
    top.add_argument("--version", action="version", version=__version__)
    subparsers = top.add_subparsers(title=_("órdenes"), metavar="", required=True)
    if not light:
        import django

        django.setup()
    for name in COMMANDS:
        import_module(f"minga.site.cli.{name}").add(subparsers)
    if not light:
        from minga.kernel import cards

        for add in cards.each(lambda room: room.commands):
            add(subparsers)
    return top
