"""Reading the plan: its structure with the latest published values, one indicator opened up, one act,
its norms and the methodological sheets.
"""

from minga.modules.plan.queries.composing import composed
from minga.modules.plan.queries.details import (
    Act,
    Detail,
    Line,
    act,
    indicator_detail,
    lines_of,
)
from minga.modules.plan.queries.method import reading
from minga.modules.plan.queries.norms import (
    norms_in_force,
    norms_of,
    public_norm,
    search_document,
    workplace_norm,
    workplace_norms,
)
from minga.modules.plan.queries.sheets import (
    Change,
    Sheet,
    known_fields,
    newest_sheets,
    sheet,
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
    "Change",
    "Detail",
    "Line",
    "Reading",
    "Sheet",
    "act",
    "composed",
    "declarations",
    "indicator_detail",
    "indicator_entry",
    "initiative",
    "known_fields",
    "lines_of",
    "newest_sheets",
    "norms_in_force",
    "norms_of",
    "programme",
    "public_norm",
    "publications_of",
    "reading",
    "readings",
    "search_document",
    "sheet",
    "strategy",
    "workplace_norm",
    "workplace_norms",
]
