"""Who looks after a data folder: the process that started its server, until it stops it or dies."""

import contextlib
import fcntl
import os
from gettext import gettext as _
from pathlib import Path

from .trouble import DatabaseTrouble


class Keeper:
    """A lock on a file. The kernel frees it when its holder dies, however it dies, so it is never stale."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None
        self._holder = 0

    @property
    def held(self) -> bool:
        """Does this very process hold the lock? A forked child does not."""
        return self._handle is not None and self._holder == os.getpid()

    def take(self) -> bool:
        """Try to become the keeper; False while another process is."""
        try:
            handle = os.open(self.path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise DatabaseTrouble(
                _("No se puede abrir {path}: {reason}. Revise de quién es la carpeta de datos.").format(
                    path=self.path, reason=error.strerror
                )
            ) from error
        with contextlib.suppress(PermissionError):
            os.fchmod(handle, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle, self._holder = handle, os.getpid()
        return True

    def let_go(self) -> None:
        """Give the lock back; a forked child only closes its copy, which leaves the parent's in force."""
        if self._handle is None:
            return
        if self.held:
            fcntl.flock(self._handle, fcntl.LOCK_UN)
        os.close(self._handle)
        self._handle = None
