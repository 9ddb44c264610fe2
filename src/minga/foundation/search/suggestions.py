"""Titles that begin as somebody is typing."""

from minga.foundation.search.documents import Suggestion


def suggest(text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
    """Titles for what somebody has typed so far."""
    return ()
