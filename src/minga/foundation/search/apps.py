"""Search as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Holds the index of all rooms, its vocabulary, the synonyms and the count of questions."""

    name = "minga.foundation.search"
    label = "search"
    verbose_name = "Search"
