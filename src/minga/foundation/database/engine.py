"""The server as a set of processes: launched, waited for, cleared away after a crash, and ended."""

import contextlib
import logging
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from typing import IO

from . import cluster, places, processes
from .accounts import Account
from .programs import Binaries
from .trouble import DatabaseTrouble

RECOVERY_SECONDS = 900.0
STOP_SECONDS = 60.0
ABORT_SECONDS = 10.0
ORPHAN_SECONDS = 5.0
MEMORY_SECONDS = 10.0
NEWS_SECONDS = 5.0
PAUSE = 0.02
LOG_BYTES = 5 * 2**20

log = logging.getLogger("minga.database")


@dataclass
class Engine:
    """The processes that work on one data folder, under one account, logging to one file."""

    location: Path
    account: Account
    log_path: Path
    sockets: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def clear_remains(self) -> None:
        """After a crash: end the orphans that still hold the old shared memory, and drop the stale files.

        The caller holds the lock and no main process of this folder lives, so the number in `postmaster.pid`
        is of the past, whoever has it now.
        """
        if not processes.end(self.location, patience=ORPHAN_SECONDS):
            raise DatabaseTrouble(
                _(
                    "Quedan procesos de un servidor anterior en {path} que no terminan. Reinicie el equipo."
                ).format(path=self.location)
            )
        for stale in (self.location / processes.PID_FILE, *self.sockets.glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)

    def launch(self, binaries: Binaries) -> None:
        """Run the server until it answers; memory that the kernel still holds after a crash is waited for."""
        deadline = time.monotonic() + MEMORY_SECONDS
        while (said := self._try(binaries)) is not None:
            if "still in use" not in said or time.monotonic() > deadline:
                raise cluster.failed(self.location, said)
            time.sleep(10 * PAUSE)

    def wait(self) -> None:
        """Wait until the server answers, crash recovery included, or is gone."""
        begin = told = time.monotonic()
        while self.alive():
            if processes.answers(self.sockets, places.PORT):
                return
            now = time.monotonic()
            if now - begin > RECOVERY_SECONDS:
                raise DatabaseTrouble(
                    _("La base de datos no responde. Revise {log} e inténtelo de nuevo.").format(
                        log=self.log_path
                    )
                )
            if now - told > NEWS_SECONDS:
                told = now
                log.info(_("La base de datos se está recuperando (%d s)..."), now - begin)
            time.sleep(PAUSE)

    def alive(self) -> bool:
        """Does the main process live? Asked of our own child, or of the system for one we did not launch."""
        if self._process is not None:
            return self._process.poll() is None
        return processes.postmaster(self.location) is not None

    def end(self) -> None:
        """Stop the server: in order, or at once if that takes too long (the next start then recovers)."""
        for number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, ABORT_SECONDS)):
            if not self.alive():
                return
            self._signal(number)
            deadline = time.monotonic() + seconds
            while self.alive() and time.monotonic() < deadline:
                time.sleep(PAUSE)
        processes.end(self.location, patience=0)

    def _signal(self, number: signal.Signals) -> None:
        """Signal the main process: our child, even before it enters its folder, or the one we adopted."""
        pid = processes.postmaster(self.location)
        if self._process is not None:
            self._process.send_signal(number)
        elif pid is not None:
            processes.send(pid, number, self.location)

    def _try(self, binaries: Binaries) -> str | None:
        """One launch, in a session of its own so that Ctrl-C in the terminal reaches only Minga.

        None when the server answers; otherwise what it said before it ended.
        """
        with self._open_log() as output:
            begin = output.tell()
            self._process = subprocess.Popen(  # noqa: S603 - fixed program
                [binaries.program("postgres"), "-D", str(self.location)],
                cwd="/",
                env=cluster.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                umask=0o077,
                **self.account.identity(),
            )
        self.wait()
        if self.alive():
            return None
        with self.log_path.open("rb") as written:
            written.seek(begin)
            return written.read().decode(errors="replace")

    def _open_log(self) -> IO[bytes]:
        """The server's log; one older part is kept when it grows."""
        with contextlib.suppress(FileNotFoundError):
            if self.log_path.stat().st_size > LOG_BYTES:
                self.log_path.replace(self.log_path.with_suffix(".log.1"))
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        handle = os.fdopen(os.open(self.log_path, flags, 0o600), "ab")
        handle.seek(0, os.SEEK_END)
        self.account.own(self.log_path)
        return handle
