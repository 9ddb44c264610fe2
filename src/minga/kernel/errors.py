"""What can go wrong in the domain's own words; `site` turns each kind into a page with its status."""

from collections.abc import Mapping, Sequence


class MingaError(Exception):
    """Something the reader can be told: `message` is in the reader's language and says what to do next."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotFound(MingaError):
    """There is no such thing, or the reader may not know that there is (404)."""


class Forbidden(MingaError):
    """The actor holds no post that allows this act (403)."""


class Invalid(MingaError):
    """The input breaks a rule (422); `fields` names each field and what to write instead."""

    def __init__(self, message: str = "", fields: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class Conflict(MingaError):
    """Somebody else changed the thing since the actor read it (409)."""


class Unavailable(MingaError):
    """A part that is needed does not answer now (503)."""
