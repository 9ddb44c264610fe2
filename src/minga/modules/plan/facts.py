"""What happens to the plan's norms."""

from dataclasses import dataclass
from datetime import date

from minga.kernel.facts import Code, Fact, Sha256
from minga.kernel.references import Reference
from minga.kernel.text import N_


@dataclass(frozen=True, kw_only=True)
class NormIssued(Fact, name="plan.norm.issued", version=1):
    """An institution issued the norm that an initiative asks for; the subject is the norm."""

    title = N_("Se emitió una norma del plan")

    initiative: Reference
    issued_on: date
    gazette_on: date | None
    document: Sha256


@dataclass(frozen=True, kw_only=True)
class NormWithdrawn(Fact, name="plan.norm.withdrawn", version=1):
    """The norm of an initiative no longer holds: it was repealed, replaced, or registered by mistake."""

    title = N_("Se retiró una norma del plan")

    initiative: Reference
    reason: Code
