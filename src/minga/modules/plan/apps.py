"""The plan's room as a Django app."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """Programmes, strategies, initiatives and indicators of the plan."""

    name = "minga.modules.plan"
    label = "plan"
    verbose_name = "Plan"
