"""`minga backup`: the whole instance in one file, read back before it gets its name."""

import argparse
import getpass
import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from minga.kernel.errors import Invalid
from minga.site.cli.console import Progress, say

if TYPE_CHECKING:
    from minga.site.backups.taking import Taken
    from minga.site.cli import Subparsers


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "backup", help=_("guarda la instancia entera en un archivo y comprueba que se puede leer")
    )
    parser.add_argument(
        "target",
        nargs="?",
        type=Path,
        help=_("archivo, o carpeta donde ponerlo; por omisión «backups» en la carpeta de datos"),
    )
    chosen = parser.add_mutually_exclusive_group()
    add_passphrase(chosen)
    chosen.add_argument(
        "--without-keys",
        action="store_true",
        help=_("no guarda las claves: sin una copia de la carpeta «secrets», esta copia no basta"),
    )
    parser.set_defaults(run=run)


def add_passphrase(parser: "argparse.ArgumentParser | argparse._MutuallyExclusiveGroup") -> None:
    """The option that names where the passphrase of the keys is written."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        help=_("archivo que solo usted puede leer, con la frase que protege las claves en su primera línea"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Take the backup; 1 when something in the instance itself is lost or faulty, though the backup is whole."""
    from minga.site.backups.archive import SUFFIX
    from minga.site.backups.taking import FOLDER, note, take
    from minga.site.home import home

    target = arguments.target
    if target is None:
        target = home() / FOLDER
        target.mkdir(mode=0o700, exist_ok=True)
    elif not target.is_dir() and target.suffix != SUFFIX:
        raise Invalid(  # a disk that is not mounted would otherwise get a file in its folder's place
            _(
                "{path} no es una carpeta. Escriba una que exista, o un archivo que termine en {suffix}"
            ).format(path=target, suffix=SUFFIX)
        )
    phrase = None if arguments.without_keys else passphrase(arguments.passphrase_file, twice=True)
    progress = Progress(_("Copia de seguridad"))
    taken = take(target, passphrase=phrase, progress=progress)
    progress.end(
        _("{rows} filas y {files} archivos, {size:.1f} MB, escritos y leídos de nuevo").format(
            rows=taken.rows, files=taken.files, size=taken.size / 1e6
        )
    )
    try:
        note(taken)
    except OSError as error:  # the disk of the instance may be full: all the more reason for this backup
        say(
            _("La copia está completa, pero no se pudo anotar su fecha: {reason}").format(
                reason=error.strerror
            )
        )
    return _tell(taken)


def passphrase(file: Path | None, *, twice: bool = False) -> str:
    """The passphrase from its file, else from the person at the terminal; `twice` when it is a new one."""
    if file is not None:
        if file.stat().st_mode & 0o077:
            raise Invalid(_("Otras cuentas pueden leer {path}. Ejecute: chmod 600 {path}").format(path=file))
        return file.read_text("utf-8").split("\n", 1)[0]
    if not sys.stdin.isatty():
        raise Invalid(
            _("Falta la frase que protege las claves: póngala en un archivo y use --passphrase-file.")
        )
    first = getpass.getpass(_("Frase que protege las claves: "))
    if twice and getpass.getpass(_("Otra vez: ")) != first:
        raise Invalid(_("Las dos frases no son iguales. Repita."))
    return first


def tell_lost(taken: "Taken") -> None:
    """Name the files that the storage has lost: they are not in the backup."""
    for sha256 in taken.lost:
        say(_("FALTA en el almacén, o fue alterado, el archivo {sha256}").format(sha256=sha256))


def _tell(taken: "Taken") -> int:
    say(str(taken.path))
    if not taken.keys:
        say(
            _(
                "Las claves NO están en la copia. Guarde aparte la carpeta «secrets»: sin ella no se pueden leer "
                "las cédulas ni seguir la cadena de sellos."
            )
        )
    tell_lost(taken)
    for fault in taken.faults:
        say(_("El libro de hechos NO está íntegro: {fault}").format(fault=fault))
    return 1 if taken.lost or taken.faults else 0
