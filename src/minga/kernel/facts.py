"""Facts: what happened, as frozen data that never names a person.

A room declares each kind of fact once, as a frozen dataclass::

    @dataclass(frozen=True, kw_only=True)
    class NormIssued(Fact, name="plan.norm.issued", version=1):
        \"\"\"An institution issued the norm that an initiative asks for.\"\"\"

        norm: Reference
        issued_on: date

Only references, codes, digests, dates, numbers and flags fit into a fact. Free text is refused when the
class is made, so a name, a cédula or an opinion cannot slip into a ledger that can never forget.
"""

import dataclasses
import re
import types
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Literal, Self, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import core_schema

from minga.kernel.references import Reference

_NAME = re.compile(r"[a-z]+\.[a-z_]+\.[a-z_]+")
_PERSONAL = frozenset(
    [
        "name",
        "nombre",
        "cedula",
        "ruc",
        "email",
        "correo",
        "phone",
        "telefono",
        "address",
        "direccion",
        "text",
    ]
)


class _Patterned(str):
    """A string with one fixed shape; anything else is a ValueError."""

    __slots__ = ()
    pattern: ClassVar[re.Pattern[str]]

    def __new__(cls, value: str) -> Self:
        if not cls.pattern.fullmatch(value):
            raise ValueError(f"not a {cls.__name__}: {value[:80]!r}")
        return super().__new__(cls, value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Tell the JSON Schema generator the shape."""
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(pattern=f"^{cls.pattern.pattern}$")
        )


class Code(_Patterned):
    """A short code from a closed vocabulary: lower-case letters, digits, dot, underscore, hyphen."""

    __slots__ = ()
    pattern = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class Sha256(_Patterned):
    """The SHA-256 digest of a stored file, in 64 hexadecimal digits."""

    __slots__ = ()
    pattern = re.compile(r"[0-9a-f]{64}")


_SCALARS = (Reference, Code, Sha256, date, datetime, int, bool, Decimal)
_REGISTRY: dict[tuple[str, int], type["Fact"]] = {}


def _allowed(annotation: Any) -> bool:
    """Whether a field of this type can hold no free text."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType, tuple):
        return all(arg in (type(None), Ellipsis) or _allowed(arg) for arg in get_args(annotation))
    if origin is Literal:
        return True
    return isinstance(annotation, type) and (annotation in _SCALARS or issubclass(annotation, StrEnum))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fact:
    """The parent of every kind of fact; subclasses give their stable `name` and `version`."""

    name: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[str] = ""
    """what happened, in Spanish and marked for translation, for those who read the ledger's public pages"""

    def __init_subclass__(cls, *, name: str, version: int = 1) -> None:
        """Enter the kind of fact in the catalogue, or refuse it."""
        if not _NAME.fullmatch(name):
            raise TypeError(f"{cls.__qualname__}: a fact is named room.thing.happened, not {name!r}")
        known = _REGISTRY.get((name, version))
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"{name} v{version} is already {known.__qualname__}")
        cls.name, cls.version = name, version
        for field, annotation in get_type_hints(cls).items():
            if get_origin(annotation) is ClassVar or field in {"name", "version"}:
                continue
            if not _allowed(annotation):
                raise TypeError(f"{cls.__qualname__}.{field}: a fact holds no {annotation}, only references")
            if _PERSONAL & set(field.split("_")):
                raise TypeError(f"{cls.__qualname__}.{field}: a fact holds nothing personal")
        _REGISTRY[name, version] = cls

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The fact that `payload` describes; pydantic.ValidationError when it does not fit this version."""
        return TypeAdapter(cls).validate_python(payload)

    def payload(self) -> dict[str, Any]:
        """The fact's fields, as the JSON object that the ledger keeps (ISO 8601 dates, decimals as text)."""
        return {field.name: _plain(getattr(self, field.name)) for field in dataclasses.fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    return value


def catalogue() -> list[type[Fact]]:
    """Every kind of fact that the loaded rooms declare, by name and version."""
    return [_REGISTRY[key] for key in sorted(_REGISTRY)]


def fact_class(name: str, version: int) -> type[Fact]:
    """The class of a fact read from the ledger; KeyError when no room declares it."""
    return _REGISTRY[name, version]


def json_schema(kind: type[Fact]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a fact's payload."""
    schema: dict[str, Any] = TypeAdapter(kind).json_schema()
    return schema
