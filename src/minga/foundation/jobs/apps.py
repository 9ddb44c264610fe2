"""Background work as a Django app; the queue itself is procrastinate's."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Holds why jobs failed, which procrastinate does not keep."""

    name = "minga.foundation.jobs"
    label = "jobs"
    verbose_name = "Jobs"
