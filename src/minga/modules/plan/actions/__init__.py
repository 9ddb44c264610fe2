"""What people and jobs do in the plan's room."""

from minga.modules.plan.actions.norms import (
    NormText,
    change_norm,
    discard_norm,
    draft_norm,
    issue_norm,
    withdraw_norm,
)
from minga.modules.plan.actions.proving import altered_evidence, altered_states
from minga.modules.plan.actions.publishing import publish, recompute
from minga.modules.plan.actions.reminding import remind
from minga.modules.plan.actions.reports import (
    EvidenceText,
    ReportText,
    add_evidence,
    discard_report,
    start_report,
    submit_report,
    withdraw_evidence,
    write_report,
)
from minga.modules.plan.actions.reviews import accept_report, observe_report, reject_report
from minga.modules.plan.actions.roadmaps import (
    MilestoneText,
    approve_roadmap,
    describe_roadmap,
    discard_roadmap,
    observe_roadmap,
    put_milestone,
    remove_milestone,
    set_deadline,
    start_roadmap,
    submit_roadmap,
)
from minga.modules.plan.actions.sheets import altered_sheets, keep_sheets, load_sheets
from minga.modules.plan.actions.state import publish_state

__all__ = [
    "EvidenceText",
    "MilestoneText",
    "NormText",
    "ReportText",
    "accept_report",
    "add_evidence",
    "altered_evidence",
    "altered_sheets",
    "altered_states",
    "approve_roadmap",
    "change_norm",
    "describe_roadmap",
    "discard_norm",
    "discard_report",
    "discard_roadmap",
    "draft_norm",
    "issue_norm",
    "keep_sheets",
    "load_sheets",
    "observe_report",
    "observe_roadmap",
    "publish",
    "publish_state",
    "put_milestone",
    "recompute",
    "reject_report",
    "remind",
    "remove_milestone",
    "set_deadline",
    "start_report",
    "start_roadmap",
    "submit_report",
    "submit_roadmap",
    "withdraw_evidence",
    "withdraw_norm",
    "write_report",
]
