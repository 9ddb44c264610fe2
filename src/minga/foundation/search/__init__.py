"""Search in Spanish over everything the rooms offer, on the same PostgreSQL.

Rooms call `index()` and `remove()` inside their own transactions and list a `SearchSource` on their card for
`rebuild()`; pages call `search()` and `suggest()`. How a question is read and ranked is told in `ranking`.
"""

from minga.foundation.search.documents import Document, Fragment, Hit, Results, Suggestion
from minga.foundation.search.indexing import index, rebuild, remove
from minga.foundation.search.ranking import search
from minga.foundation.search.suggestions import suggest

__all__ = [
    "Document",
    "Fragment",
    "Hit",
    "Results",
    "Suggestion",
    "index",
    "rebuild",
    "remove",
    "search",
    "suggest",
]
