"""The embedded database, for as long as a command needs it."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minga.foundation.database import EmbeddedServer


@contextlib.contextmanager
def embedded_database() -> "Iterator[EmbeddedServer | None]":
    """The running embedded server, or None when the settings name an external one.

    Uses the one that `minga up` runs; otherwise starts it, and stops it at the end.
    """
    from minga.site import settings

    if settings.MINGA_DATABASE_URL:
        yield None
        return
    with settings.embedded_server() as server:
        yield server
