"""Stable names of things: how rooms, facts and pages point at something without holding it."""

import re
from typing import Any, Self

from pydantic_core import core_schema

_PATTERN = re.compile(r"urn:minga:([a-z][a-z0-9-]{0,39}):([A-Za-z0-9][A-Za-z0-9._-]{0,99})")


class Reference(str):
    """A URN `urn:minga:<kind>:<id>` (RFC 8141 syntax): which kind of thing, and which one.

    Raises ValueError for any other text, so a reference can never carry a name or free words.
    """

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check the text and make it a reference."""
        if not _PATTERN.fullmatch(value):
            raise ValueError(f"not a Minga reference: {value[:80]!r}")
        return super().__new__(cls, value)

    @classmethod
    def of(cls, kind: str, identifier: object) -> Self:
        """The reference of the thing of this kind with this stable identifier."""
        return cls(f"urn:minga:{kind}:{identifier}")

    @property
    def kind(self) -> str:
        """The kind of thing, such as `institution`."""
        return self.split(":", 3)[2]

    @property
    def id(self) -> str:
        """The identifier within its kind."""
        return self.split(":", 3)[3]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Tell the JSON Schema generator the shape."""
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(pattern=f"^{_PATTERN.pattern}$")
        )
