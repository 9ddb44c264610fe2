"""The plan for programs: from the whole down to the single act behind a number."""

from ninja import Router

from minga.modules.plan.api import indicators, structure

router = Router()
router.add_router("", structure.router)
router.add_router("", indicators.router)

__all__ = ["router"]
