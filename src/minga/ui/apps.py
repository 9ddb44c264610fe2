"""The design system as a Django app: it has templates, assets and a gallery, and no tables."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the design system."""

    name = "minga.ui"
    label = "ui"
