"""The ${room} room as a Django app."""

from django.apps import AppConfig


class ${class_name}Config(AppConfig):
    """What the room publishes, entry by entry."""

    name = "minga.modules.${room}"
    label = "${room}"
    verbose_name = ${title}
