"""What people and jobs do in the plan's room."""

from minga.modules.plan.actions.norms import (
    NormText,
    change_norm,
    discard_norm,
    draft_norm,
    issue_norm,
    withdraw_norm,
)
from minga.modules.plan.actions.publishing import publish, recompute
from minga.modules.plan.actions.sheets import altered_sheets, keep_sheets, load_sheets

__all__ = [
    "NormText",
    "altered_sheets",
    "change_norm",
    "discard_norm",
    "draft_norm",
    "issue_norm",
    "keep_sheets",
    "load_sheets",
    "publish",
    "recompute",
    "withdraw_norm",
]
