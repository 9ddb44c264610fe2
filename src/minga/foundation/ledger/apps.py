"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Holds the facts, their seals and what subscribers have received."""

    name = "minga.foundation.ledger"
    label = "ledger"
    verbose_name = "Ledger"
