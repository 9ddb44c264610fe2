"""The site as a Django app: loads the cards of all rooms once everything else is ready."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from minga.kernel import cards


class SiteConfig(AppConfig):
    """Reads each room's card, so that lower floors find what the rooms offer."""

    name = "minga.site"
    label = "site"
    verbose_name = "Minga"

    def ready(self) -> None:
        """Load the cards (`minga.modules.<room>.module.card`), and the site's own on top of them."""
        packages = [*(f"minga.modules.{room}" for room in settings.MINGA_ROOMS), "minga.site"]
        cards.load(import_module(f"{package}.module").card for package in packages)
