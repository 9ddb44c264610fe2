"""The cloud room as a Django app."""

from django.apps import AppConfig


class CloudConfig(AppConfig):
    """The cartera, its adoption, its quality and the guidelines for buying it."""

    name = "minga.modules.cloud"
    label = "cloud"
    verbose_name = "Nube del Estado"
