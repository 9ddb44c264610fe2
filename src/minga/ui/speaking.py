"""The language that a page is drawn in, asked of Django once for each drawing: every word of a page needs it."""

from contextvars import ContextVar
from typing import Any

from django.utils.translation import get_language
from jinja2 import Template

_drawn_in: ContextVar[str | None] = ContextVar("drawn_in", default=None)


class Spoken(Template):
    """A template that knows, while it is drawn, which language is spoken; what it calls must not change that."""

    def render(self, *values: Any, **named: Any) -> str:
        """The page, in the language that is active when its drawing begins."""
        before = _drawn_in.set(get_language())
        try:
            return super().render(*values, **named)
        finally:
            _drawn_in.reset(before)


def language_spoken() -> str:
    """The code of the language that is spoken now."""
    return _drawn_in.get() or get_language() or "es"
