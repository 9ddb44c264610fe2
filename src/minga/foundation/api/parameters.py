"""Kinds of query parameters, stricter than what pydantic takes by default: one way to write each thing."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,18}")


def _day(value: Any) -> Any:
    """A day as ISO 8601 writes it; pydantic alone would also take seconds since 1970."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if _DAY.fullmatch(value) else _refuse_day()
        except ValueError:
            _refuse_day()
    return value


def _refuse_day() -> None:
    raise PydanticCustomError("day", "a day is written YYYY-MM-DD")


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        raise PydanticCustomError("whole", "a whole number is written in digits")
    return value


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-02"]}),
]
"""A day, `2026-03-02`."""

DIGITS = BeforeValidator(_whole)
"""Takes a number from an address only as digits: `5`, and not `5.0`, `+5` or `05`."""

Whole = Annotated[int, Field(ge=0, le=2**63 - 1), DIGITS]
"""A whole number in digits, as far as a database counts."""
