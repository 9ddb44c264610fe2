"""How passwords are hashed, and how many at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext as _

from minga.kernel.errors import Unavailable

SLOTS = 1
"""Hashes at the same moment in one process: 19 MiB and one core each, and each core has its process."""
QUEUE = 2
"""Requests that may wait for the slot. The rest are told to come back: of the process's four threads, one always
stays free for pages."""
PATIENCE = 2.0
"""Seconds that a request waits for its slot."""

_seats = threading.BoundedSemaphore(SLOTS + QUEUE)
_slots = threading.BoundedSemaphore(SLOTS)


class OwaspArgon2(Argon2PasswordHasher):
    """Argon2id with OWASP's parameters (Password Storage Cheat Sheet): 2 passes, 19 MiB, one lane."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the right to hash a password; raises Unavailable when too many people wait already."""
    if not _seats.acquire(blocking=False):
        raise _busy()
    try:
        if not _slots.acquire(timeout=PATIENCE):
            raise _busy()
        try:
            yield
        finally:
            _slots.release()
    finally:
        _seats.release()


def _busy() -> Unavailable:
    return Unavailable(
        _("Muchas personas están ingresando en este momento. Espere unos segundos e inténtelo otra vez.")
    )
