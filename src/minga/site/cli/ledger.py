"""`minga ledger`: seal what is settled, prove that nothing was changed, and accept a lost anchor."""

import argparse
from gettext import gettext as _
from typing import TYPE_CHECKING

from minga.site.cli.console import Progress, say

if TYPE_CHECKING:
    from minga.site.cli import Subparsers


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand and its acts."""
    parser = subparsers.add_parser("ledger", help=_("el libro de hechos: comprobarlo y sellarlo"))
    acts = parser.add_subparsers(required=True, metavar="verify|seal|anchor")
    verify = acts.add_parser("verify", help=_("demuestra que ningún hecho fue cambiado, quitado o agregado"))
    verify.set_defaults(run=run_verify)
    seal = acts.add_parser("seal", help=_("sella ahora todo lo que ya no puede cambiar"))
    seal.set_defaults(run=run_seal)
    anchor = acts.add_parser(
        "anchor", help=_("acepta el libro como está: escribe de nuevo el ancla con el último sello")
    )
    anchor.set_defaults(run=run_anchor)


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


def run_anchor(_arguments: argparse.Namespace) -> int:
    """Write the anchor anew, on purpose: after it was lost, or an older backup was restored."""
    from minga.foundation.ledger.sealing import accept, anchor_path

    seal = accept()
    if seal is None:
        say(_("Todavía no hay sellos: no hace falta un ancla."))
        return 0
    say(
        _("{path} nombra ahora el sello {number}. Lo que faltaba antes de hoy ya no se notará.").format(
            path=anchor_path(), number=seal.number
        )
    )
    return 0
