"""Reading the plan: its structure with the latest published values, one indicator opened up, one act,
its norms and the methodological sheets.
"""

from minga.modules.plan.queries.calendar import Bar, Due, bars, calendar_of
from minga.modules.plan.queries.composing import composed
from minga.modules.plan.queries.details import (
    Act,
    Detail,
    Line,
    act,
    indicator_detail,
    lines_of,
)
from minga.modules.plan.queries.filings import (
    Happening,
    Proof,
    hands_in,
    history,
    proofs_of,
    public_evidence,
    public_report,
    public_roadmap,
    reached_keys,
    roadmap_in_force,
    versions_of,
    workplace_evidence,
    workplace_report,
    workplace_roadmap,
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
from minga.modules.plan.queries.obligations import Obligation, Turn
from minga.modules.plan.queries.participation import Participant, participants
from minga.modules.plan.queries.printing import state_pdf, state_words
from minga.modules.plan.queries.progress import Figures, Part, Step, initiative_figures, part, parts
from minga.modules.plan.queries.sheets import (
    Change,
    Sheet,
    known_fields,
    newest_sheets,
    sheet,
)
from minga.modules.plan.queries.state import composed as composed_state
from minga.modules.plan.queries.state import state_report, state_reports
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
    "Bar",
    "Change",
    "Detail",
    "Due",
    "Figures",
    "Happening",
    "Line",
    "Obligation",
    "Part",
    "Participant",
    "Proof",
    "Reading",
    "Sheet",
    "Step",
    "Turn",
    "act",
    "bars",
    "calendar_of",
    "composed",
    "composed_state",
    "declarations",
    "hands_in",
    "history",
    "indicator_detail",
    "indicator_entry",
    "initiative",
    "initiative_figures",
    "known_fields",
    "lines_of",
    "newest_sheets",
    "norms_in_force",
    "norms_of",
    "part",
    "participants",
    "parts",
    "programme",
    "proofs_of",
    "public_evidence",
    "public_norm",
    "public_report",
    "public_roadmap",
    "publications_of",
    "reached_keys",
    "reading",
    "readings",
    "roadmap_in_force",
    "search_document",
    "sheet",
    "state_pdf",
    "state_report",
    "state_reports",
    "state_words",
    "strategy",
    "versions_of",
    "workplace_evidence",
    "workplace_norm",
    "workplace_norms",
    "workplace_report",
    "workplace_roadmap",
]
