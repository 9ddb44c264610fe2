"""The plan's subcommands of `minga`."""

import argparse

from minga.modules.plan import actions


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `minga plan verify` and `minga plan publish`."""
    parser = subparsers.add_parser("plan", help="publish the plan's indicators and verify what was published")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    verify = commands.add_parser("verify", help="recompute every published value from its stored position")
    verify.set_defaults(run=_verify)
    publish = commands.add_parser("publish", help="publish the indicators that changed, now")
    publish.set_defaults(run=_publish)


def _verify(options: argparse.Namespace) -> int:
    checked, faults = 0, 0
    for check in actions.recompute():
        checked += 1
        if check.fault:
            faults += 1
            print(
                f"publication {check.publication.pk} (indicator {check.publication.indicator}): {check.fault}"
            )
        if checked % 1000 == 0:
            print(f"{checked} published values recomputed ...", flush=True)
    print(f"{checked} published values recomputed, {faults} differ")
    return 1 if faults else 0


def _publish(options: argparse.Namespace) -> int:
    made = actions.publish()
    print(f"{len(made)} values published")
    return 0
