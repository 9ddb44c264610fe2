"""What officials fill in about the plan, and what readers choose on its pages."""

from minga.modules.plan.forms.norms import MomentForm, NormForm, WithdrawalForm

__all__ = ["MomentForm", "NormForm", "WithdrawalForm"]
