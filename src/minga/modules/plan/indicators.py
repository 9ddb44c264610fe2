"""The plan's own milestone indicators: a norm issued, with its document, for the initiative that asks for it."""

from minga.kernel.indicators import Milestone, Standing
from minga.kernel.references import Reference
from minga.modules.plan.facts import NormIssued, NormWithdrawn

_IN_FORCE = Standing(opened_by=NormIssued, closed_by=(NormWithdrawn,))


def _norm_of(indicator: str, initiative: str) -> Milestone:
    subject = Reference.of("initiative", initiative)
    return Milestone(code=indicator, standing=_IN_FORCE, subject=subject, through="initiative")


PARTICIPATION_NORM = _norm_of("1", "1.1")
DATA_PROTECTION_NORM = _norm_of("4", "3.1")
QUALITY_INDICES = _norm_of("10", "8.1")
TELEWORK_GUIDE = _norm_of("15", "12.2")

ALL = (PARTICIPATION_NORM, DATA_PROTECTION_NORM, QUALITY_INDICES, TELEWORK_GUIDE)
