"""The processes that `minga up` starts and looks after."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from gettext import gettext as _
from pathlib import Path

from minga.site.cli.console import say
from minga.site.cli.running import PARENT

LARGEST_LOG = 20 * 2**20
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_STEADY = 60.0


class Child:
    """One process of Minga: started, started again when it ends by itself (ever later), and ended with us."""

    def __init__(self, title: str, arguments: Sequence[str], environment: dict[str, str], log: Path) -> None:
        self.title, self.log = title, log
        self._command = [sys.executable, "-m", "minga.site.cli", *arguments]
        self._environment = {**os.environ, **environment, PARENT: str(os.getpid())}
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._pause = _FIRST_PAUSE
        self._again_at: float | None = None

    def start(self) -> None:
        """Start the process; what it says goes to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._began, self._again_at = time.monotonic(), None

    def look_after(self) -> None:
        """Start the process again, after a pause, when it has ended; keep its log from growing for ever."""
        now = time.monotonic()
        if self._again_at is not None:
            if now >= self._again_at:
                self.start()
        elif self._process is not None and self._process.poll() is not None:
            self._pause = (
                _FIRST_PAUSE if now - self._began > _STEADY else min(self._pause * 2, _LONGEST_PAUSE)
            )
            self._again_at = now + self._pause
            say(
                _("{title} terminó (código {code}) y se inicia de nuevo en {pause:.0f} s. Vea {log}").format(
                    title=self.title, code=self._process.returncode, pause=self._pause, log=self.log
                )
            )
        turn_log(self.log)

    def ask_to_end(self) -> None:
        """Ask the process to finish what it is doing and end."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def end(self, patience: float) -> None:
        """Wait until it has ended, at most `patience` seconds; then end it by force."""
        if self._process is None:
            return
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def turn_log(path: Path, largest: int = LARGEST_LOG) -> None:
    """Move a log that has grown too large aside as `.1`; the writer appends, so it goes on at the start."""
    try:
        if path.stat().st_size < largest:
            return
    except FileNotFoundError:
        return
    shutil.copyfile(path, path.with_suffix(path.suffix + ".1"))
    os.truncate(path, 0)
