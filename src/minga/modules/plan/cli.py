"""The plan's subcommands of `minga`."""

import argparse
from gettext import gettext as _

from minga.modules.plan import actions


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `minga plan verify` and `minga plan publish`."""
    parser = subparsers.add_parser(
        "plan", help=_("publica los indicadores del plan y comprueba lo publicado")
    )
    commands = parser.add_subparsers(required=True, metavar="ORDEN")
    verify = commands.add_parser(
        "verify", help=_("vuelve a calcular cada valor publicado y comprueba cada ficha")
    )
    verify.set_defaults(run=_verify)
    publish = commands.add_parser("publish", help=_("publica ahora los indicadores que cambiaron"))
    publish.set_defaults(run=_publish)


def _verify(options: argparse.Namespace) -> int:
    checked, faults = 0, 0
    for check in actions.recompute():
        checked += 1
        if check.fault:
            faults += 1
            print(
                _("Valor publicado {number} (indicador {indicator}): {fault}").format(
                    number=check.publication.pk, indicator=check.publication.indicator, fault=check.fault
                )
            )
        if checked % 1000 == 0:
            print(_("{count} valores calculados de nuevo…").format(count=checked), flush=True)
    print(
        _("{count} valores calculados de nuevo; {faults} no coinciden.").format(count=checked, faults=faults)
    )
    altered = actions.altered_sheets()
    for sheet in altered:
        print(
            _("Ficha del indicador {indicator}, versión {number}: se cambió después de guardarla").format(
                indicator=sheet.indicator, number=sheet.number
            )
        )
    changed = [*actions.altered_evidence(), *actions.altered_states()]
    for words in changed:
        print(words)
    return 1 if faults or altered or changed else 0


def _publish(options: argparse.Namespace) -> int:
    made = actions.publish()
    print(_("{count} valores publicados.").format(count=len(made)))
    return 0
