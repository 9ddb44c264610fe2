"""What the plan's room holds: the plan's structure (a file); norms, roadmaps, reports, values, sheets (tables)."""

from minga.modules.plan.models.norm import Norm
from minga.modules.plan.models.publication import Publication
from minga.modules.plan.models.report import Claim, Evidence, Report
from minga.modules.plan.models.roadmap import Milestone, Roadmap, RoadmapDeadline
from minga.modules.plan.models.sheet import SheetVersion
from minga.modules.plan.models.state import StateDocument, StateReport

__all__ = [
    "Claim",
    "Evidence",
    "Milestone",
    "Norm",
    "Publication",
    "Report",
    "Roadmap",
    "RoadmapDeadline",
    "SheetVersion",
    "StateDocument",
    "StateReport",
]
