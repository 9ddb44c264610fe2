"""Finding documents, best first."""

from collections.abc import Collection

from minga.foundation.search.documents import Results


def search(text: str, *, kinds: Collection[str] = (), page: int = 1, size: int = 10) -> Results:
    """What a question finds, best first."""
    return Results(page=page, size=size)
