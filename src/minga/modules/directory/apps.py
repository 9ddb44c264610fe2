"""The directory as a Django app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Holds the institutions, their names, successions and memberships, and the territory."""

    name = "minga.modules.directory"
    label = "directory"
    verbose_name = "Directorio del Estado"
