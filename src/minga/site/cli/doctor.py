"""`minga doctor`: is everything well, and if not, what to do."""

import argparse
import json
from gettext import gettext as _
from typing import TYPE_CHECKING

from minga.site.cli.console import say

if TYPE_CHECKING:
    from minga.site.cli import Subparsers
    from minga.site.doctor import Part


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("doctor", help=_("revisa que todo esté bien y dice qué hacer si no"))
    parser.add_argument("--json", action="store_true", help=_("para programas"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Look at every part; 1 when one of them has an error."""
    from minga.kernel.cards import Severity
    from minga.site.doctor import examine

    parts = []
    for part in examine():
        parts.append(part)
        if not arguments.json:
            _show(part)
    found = [finding.severity for part in parts for finding in part.findings]
    if arguments.json:
        say(json.dumps([_plain(part) for part in parts], ensure_ascii=False, indent=2))
    else:
        say(
            _("{errors} errores, {warnings} advertencias").format(
                errors=found.count(Severity.ERROR), warnings=found.count(Severity.WARNING)
            )
        )
    return 1 if Severity.ERROR in found else 0


def _show(part: "Part") -> None:
    signs = {"ok": _("bien"), "warning": _("AVISO"), "error": _("ERROR")}
    say(part.title)
    for finding in part.findings:
        say(f"  {signs[finding.severity]:>5}  {finding.what}")
        if finding.remedy:
            say(f"         → {finding.remedy}")


def _plain(part: "Part") -> dict[str, object]:
    findings = [
        {"severity": finding.severity.value, "what": str(finding.what), "remedy": str(finding.remedy)}
        for finding in part.findings
    ]
    return {"part": part.title, "findings": findings}
