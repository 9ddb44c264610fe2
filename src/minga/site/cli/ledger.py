"""`minga ledger`: seal what is settled, and prove that nothing was changed."""

import argparse
from gettext import gettext as _
from typing import TYPE_CHECKING

from minga.site.cli.console import Progress, say

if TYPE_CHECKING:
    from minga.site.cli import Subparsers


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand and its two acts."""
    parser = subparsers.add_parser("ledger", help=_("el libro de hechos: comprobarlo y sellarlo"))
    acts = parser.add_subparsers(required=True, metavar="verify|seal")
    verify = acts.add_parser("verify", help=_("demuestra que ningún hecho fue cambiado, quitado o agregado"))
    verify.set_defaults(run=run_verify)
    seal = acts.add_parser("seal", help=_("sella ahora todo lo que ya no puede cambiar"))
    seal.set_defaults(run=run_seal)


def run_verify(_arguments: argparse.Namespace) -> int:
    """Recompute all seals; 1 when something is wrong."""
    from minga.foundation.ledger.verification import verify

    progress = Progress(_("Comprobando el libro"))
    verdict = verify(progress=progress)
    progress.end(
        _("{facts} hechos en {seals} sellos; {unsealed} sin sellar todavía").format(
            facts=verdict.facts, seals=verdict.seals, unsealed=verdict.unsealed
        )
    )
    for fault in verdict.faults:
        say(f"  {fault}")
    if verdict.sound:
        say(_("El libro está íntegro."))
        return 0
    say(_("El libro NO está íntegro. No lo use para publicar; compare con una copia de seguridad."))
    return 1


def run_seal(_arguments: argparse.Namespace) -> int:
    """Seal everything settled."""
    from minga.foundation.ledger.sealing import seal

    say(_("{count} hechos sellados").format(count=seal()))
    return 0
