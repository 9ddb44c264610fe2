"""What other rooms may use of the plan. The plan is the highest room but one: today only the observatory may."""

from minga.modules.plan.queries import Reading, readings

__all__ = ["Reading", "readings"]
