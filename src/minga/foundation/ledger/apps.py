"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Holds the facts, their seals and what subscribers have received."""

    name = "minga.foundation.ledger"
    label = "ledger"
    verbose_name = "Ledger"

    def ready(self) -> None:
        """Enter the ledger's own kind of fact into the catalogue."""
        import minga.foundation.ledger.reading  # noqa: F401 - the import itself is the purpose
