"""`minga restore`: bring an instance back from a backup, or only prove that it could be."""

import argparse
import os
from collections.abc import Mapping
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from minga.kernel.errors import Conflict, Invalid
from minga.site.cli import backup, running
from minga.site.cli.console import Progress, say
from minga.site.cli.embedded import embedded_database

if TYPE_CHECKING:
    from minga.site.backups.contents import Contents
    from minga.site.backups.restoring import Restored
    from minga.site.cli import Subparsers


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser(
        "restore", help=_("recupera la instancia desde una copia, después de comprobarla entera")
    )
    parser.add_argument("file", type=Path, help=_("la copia que hizo «minga backup»"))
    parser.add_argument("--check", action="store_true", help=_("solo comprueba la copia; no toca nada"))
    parser.add_argument(
        "--replace",
        metavar=_("NOMBRE"),
        default="",
        help=_("el nombre de la instancia cuyos datos se reemplazan; los anteriores se guardan aparte"),
    )
    chosen = parser.add_mutually_exclusive_group()
    backup.add_passphrase(chosen)
    chosen.add_argument(
        "--without-keys",
        action="store_true",
        help=_("sigue sin las claves de la copia: se perdieron para siempre"),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prove the file, then restore it; nothing is touched before the file is proved."""
    from minga.site.backups.contents import check

    progress = Progress(_("Comprobando la copia"))
    found = check(arguments.file)
    progress.end(
        _("íntegra: {instance}, {moment}, Minga {version}, {rows} filas y {files} archivos").format(
            instance=found.manifest["instance"],
            moment=found.manifest["taken_at"],
            version=found.manifest["minga"],
            rows=found.rows,
            files=found.proof["files"]["count"],
        )
    )
    _tell_what_it_lacks(found)
    if arguments.check:
        return 0
    place = _keys(found, arguments)
    import django

    django.setup()
    return _restore(found, arguments, place)


def _restore(found: "Contents", arguments: argparse.Namespace, place: Mapping[str, bytes] | None) -> int:
    from minga.site import settings
    from minga.site.backups.restoring import restore

    try:
        with running.alone(settings.MINGA_HOME, "minga restore"), embedded_database():
            done = restore(
                found,
                settings.database_url("minga_owner"),
                replace=arguments.replace,
                place_keys=place,
                keys_lost=arguments.without_keys,
                say=say,
            )
    except running.AlreadyRunning as error:
        raise Conflict(_("{error} Deténgala y repita. No se tocó nada.").format(error=error)) from error
    _tell(done)
    return 1 if done.verdict.faults else 0


def _keys(found: "Contents", arguments: argparse.Namespace) -> Mapping[str, bytes] | None:
    """Let this process work with the backup's keys; those that the home folder lacks, to be put there."""
    from minga.site.backups import keys
    from minga.site.backups.contents import authentic
    from minga.site.home import home

    if arguments.without_keys:
        return None
    held = keys.current(home())
    missing = keys.missing(found.manifest["keys"], held)
    place = None
    if missing:
        _refuse_other_keys(missing)
        if found.keys is None:
            raise Invalid(
                _(
                    "La copia no trae las claves, y aquí faltan: {names}. Ponga en {folder} la carpeta «secrets» de "
                    "la instancia y repita. Si se perdieron para siempre: --without-keys"
                ).format(names=", ".join(missing), folder=home())
            )
        place = held = keys.unseal(found.keys, backup.passphrase(arguments.passphrase_file))
    if not authentic(found, held["ledger"]):
        raise Conflict(_("La copia no la firmó esta instancia, o alguien la cambió. No se tocó nada."))
    keys.use(held)
    return place


def _refuse_other_keys(missing: list[str]) -> None:
    """A key that the environment gives would win over the restored one."""
    given = [
        f"MINGA_SECRET_{name.upper()}" for name in missing if f"MINGA_SECRET_{name.upper()}" in os.environ
    ]
    if given:
        raise Invalid(
            _("{names} no es la clave de esta copia. Quite esa variable o ponga la correcta.").format(
                names=", ".join(given)
            )
        )


def _tell_what_it_lacks(found: "Contents") -> None:
    for sha256 in found.proof["lost"]:
        say(_("Cuando se hizo la copia ya faltaba el archivo {sha256}").format(sha256=sha256))
    for fault in (found.proof["ledger"] or {"faults": ()})["faults"]:
        say(_("Cuando se hizo la copia el libro ya NO estaba íntegro: {fault}").format(fault=fault))
    if found.keys is None:
        say(_("La copia no trae las claves de la instancia."))


def _tell(done: "Restored") -> None:
    say(_("Restaurado: {rows} filas y {files} archivos.").format(rows=done.rows, files=done.files))
    verdict = done.verdict
    say(
        _("Libro de hechos: {facts} hechos en {seals} sellos; {unsealed} sin sellar todavía").format(
            facts=verdict.facts, seals=verdict.seals, unsealed=verdict.unsealed
        )
    )
    for fault in verdict.faults:
        say(f"  {fault}")
    for name in done.foreign:
        say(_("La tabla {name} no es de Minga y no se restauró.").format(name=name))
    for path in done.kept:
        say(_("Lo anterior quedó en {path}").format(path=path))
    say(
        _(
            "Nadie tiene la sesión abierta. Los cargos, las contraseñas y las claves de la API son los del día de la "
            "copia: termine o revoque de nuevo lo que se terminó o revocó después."
        )
    )
    say(
        _(
            "Compare el último sello con la copia de ledger-anchor.json que guarda fuera, y ejecute «minga doctor»."
        )
    )
