"""What the plan's room holds: the plan's structure (a file), issued norms, published values and sheets (tables)."""

from minga.modules.plan.models.norm import Norm
from minga.modules.plan.models.publication import Publication
from minga.modules.plan.models.sheet import SheetVersion

__all__ = ["Norm", "Publication", "SheetVersion"]
