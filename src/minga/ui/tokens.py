"""The colours of the design system, read from the one file that defines them."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).resolve().parent / "sass" / "_tokens.scss"
_TOKEN = re.compile(r'^\s*"(?P<name>[\w-]+)": (?P<value>#[0-9a-f]{6}), // (?P<use>.+)$', re.MULTILINE)


class Colour(NamedTuple):
    """A colour with its name, its value ("#rrggbb") and what it is for, in Spanish."""

    name: str
    value: str
    use: str


@cache
def colours() -> tuple[Colour, ...]:
    """All colours in the file's order."""
    return tuple(Colour(*found.groups()) for found in _TOKEN.finditer(FILE.read_text(encoding="utf-8")))
