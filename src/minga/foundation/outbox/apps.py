"""The outbox as a Django app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Holds the messages that wait, were sent or could not be."""

    name = "minga.foundation.outbox"
    label = "outbox"
    verbose_name = "Outbox"
