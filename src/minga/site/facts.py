"""What happens on the site's own screens."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from minga.kernel.facts import Code, Fact
from minga.kernel.references import Reference
from minga.kernel.text import N_


@dataclass(frozen=True, kw_only=True)
class OpinionErased(Fact, name="site.opinion.erased"):
    """A steward removed the text of an opinion about a page (the subject), because it named somebody or did harm."""

    title = N_("Se borró el texto de una opinión")


@dataclass(frozen=True, kw_only=True)
class JobsRetried(Fact, name="site.job.retried"):
    """An administrator let failed jobs of one task (the subject) be done once more."""

    title = N_("Se volvió a poner en marcha trabajos que habían fallado")

    jobs: tuple[Reference, ...]


@dataclass(frozen=True, kw_only=True)
class JobsDiscarded(Fact, name="site.job.discarded"):
    """An administrator decided that failed jobs of one task (the subject) will not be done."""

    title = N_("Se descartaron trabajos que habían fallado")

    jobs: tuple[Reference, ...]


@dataclass(frozen=True, kw_only=True)
class LedgerExported(Fact, name="site.ledger.exported"):
    """An auditor took facts out of the ledger (the subject): those that fit these limits, up to a position."""

    title = N_("Se exportaron hechos del libro")

    form: Literal["csv", "json"]
    about: Reference | None
    by: Reference | None
    institution: Reference | None
    kind: Code | None
    since: date | None
    until: date | None
    upto: int
