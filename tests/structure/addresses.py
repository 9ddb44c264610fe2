"""The addresses of the running site, and what their views declare."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver


def pages_without_a_budget(patterns: Iterable[URLPattern | URLResolver], package: str = "minga") -> list[str]:
    """Our own views that do not say how many queries they may make (`minga.ui.http.page`)."""
    return [
        f"{pattern.pattern} ({pattern.callback.__module__}.{pattern.callback.__name__})"
        for pattern in _all(patterns)
        if pattern.callback.__module__.split(".")[0] == package
        and not isinstance(getattr(pattern.callback, "query_budget", None), int)
    ]


def _all(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _all(pattern.url_patterns)
        else:
            yield pattern
