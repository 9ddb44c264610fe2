"""The calendars as a Django app."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Holds the days that stewards declare; the law itself is in the kernel."""

    name = "minga.foundation.calendars"
    label = "calendars"
    verbose_name = "Calendars"

    def ready(self) -> None:
        """Enter the facts in the catalogue."""
        from minga.foundation.calendars import facts  # noqa: F401
