"""What the plan's room holds: the plan's structure (a file), issued norms and published values (tables)."""

from minga.modules.plan.models.norm import Norm
from minga.modules.plan.models.publication import Publication

__all__ = ["Norm", "Publication"]
