"""What officials fill in about the plan, and what readers choose on its pages."""

from minga.modules.plan.forms.norms import MomentForm, NormForm, WithdrawalForm
from minga.modules.plan.forms.reports import EvidenceForm, ReportForm, ReviewForm
from minga.modules.plan.forms.roadmaps import (
    DeadlineForm,
    DecisionForm,
    MilestoneForm,
    SummaryForm,
    milestone_initial,
)

__all__ = [
    "DeadlineForm",
    "DecisionForm",
    "EvidenceForm",
    "MilestoneForm",
    "MomentForm",
    "NormForm",
    "ReportForm",
    "ReviewForm",
    "SummaryForm",
    "WithdrawalForm",
    "milestone_initial",
]
