"""Reading the plan: its structure with the latest published values, one indicator opened up, one act, its norms."""

from minga.modules.plan.queries.details import (
    Act,
    Detail,
    Line,
    act,
    indicator_detail,
    lines_of,
)
from minga.modules.plan.queries.norms import (
    norms_in_force,
    norms_of,
    public_norm,
    search_document,
    workplace_norm,
    workplace_norms,
)
from minga.modules.plan.queries.structure import (
    Reading,
    declarations,
    indicator_entry,
    initiative,
    programme,
    publications_of,
    readings,
    strategy,
)

__all__ = [
    "Act",
    "Detail",
    "Line",
    "Reading",
    "act",
    "declarations",
    "indicator_detail",
    "indicator_entry",
    "initiative",
    "lines_of",
    "norms_in_force",
    "norms_of",
    "programme",
    "public_norm",
    "publications_of",
    "readings",
    "search_document",
    "strategy",
    "workplace_norm",
    "workplace_norms",
]
