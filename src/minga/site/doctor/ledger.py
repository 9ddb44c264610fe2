"""The ledger at a glance: its newest seals and its anchor. The whole proof is `minga ledger verify`."""

from minga.foundation.ledger.verification import verify_newest
from minga.kernel.cards import Finding, Severity
from minga.kernel.text import N_

SEALS = 5
MOST_UNSEALED = 20_000


def examine() -> list[Finding]:
    """Recompute the newest seals, compare the anchor, and see that sealing keeps up."""
    verdict = verify_newest(SEALS)
    findings = [
        Finding(
            Severity.ERROR,
            fault,
            N_(
                "Ejecute «minga ledger verify» y compare con una copia de seguridad. Si solo se perdió "
                "ledger-anchor.json, repóngalo; sin copia, acepte el libro como está con «minga ledger anchor»."
            ),
        )
        for fault in verdict.faults
    ]
    if verdict.unsealed > MOST_UNSEALED:
        findings.append(
            Finding(
                Severity.WARNING,
                N_("Hay muchos hechos sin sellar."),
                N_("Revise que «minga worker» esté en marcha, o ejecute «minga ledger seal»."),
            )
        )
    return findings or [Finding(Severity.OK, N_("Los últimos sellos son correctos."))]
