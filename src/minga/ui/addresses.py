"""Addresses of named pages. Every page leads to the same few, and none of them ever changes while Minga runs."""

from functools import lru_cache
from typing import Any

from django.urls import reverse


def address_of(name: str, /, *args: Any, **kwargs: Any) -> str:
    """The address of a named page, for names and values of our own; Django's NoReverseMatch when there is none.

    What a visitor wrote into an address does not belong here: it would push out what is asked for again.
    """
    return _address(name, args, tuple(kwargs.items()))


@lru_cache(maxsize=4096)
def _address(name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> str:
    return reverse(name, args=args or None, kwargs=dict(kwargs) or None)
