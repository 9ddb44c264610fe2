"""The common ground of the API as a Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Holds how much each caller has asked lately."""

    name = "minga.foundation.api"
    label = "api"
    verbose_name = "API"
