"""Files as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Holds what is known of each stored file; the bytes are in the default storage."""

    name = "minga.foundation.files"
    label = "files"
    verbose_name = "Files"
