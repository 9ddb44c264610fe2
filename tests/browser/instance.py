"""A whole Minga for the browser: `minga up` on a folder of its own, with real data, ended with the tests."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
_START = 180.0
_STOP = 40.0
_FURNISH = 120.0
_UP = """
import sys
from minga.site.cli import main
from minga.site.cli.running import die_with_parent
die_with_parent()
sys.exit(main(["up", "--port", sys.argv[1]]))
"""
_SCENERY = """
import django
django.setup()
from tests.browser.scenery import main
main()
"""


class NotStarted(Exception):
    """The instance did not come up; the message holds what it said."""


@dataclass(frozen=True)
class Person:
    """Somebody invented, who may sign in."""

    email: str
    password: str
    name: str


class Instance:
    """Server, worker and embedded database in a temporary folder, as an administrator would run them.

    As a context manager it starts on entering and is always ended on leaving, by force if it must be.
    """

    def __init__(self) -> None:
        # In /tmp and open to pass through: the database may run as another account.
        self.home = Path(tempfile.mkdtemp(prefix="minga-browser-"))
        self.home.chmod(0o711)
        self.address = f"http://127.0.0.1:{_free_port()}"
        self.people: dict[str, Person] = {}
        self.things: dict[str, str] = {}
        """What the scenery made, by the names that sample addresses use."""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Instance":
        try:
            self._start()
            self.people = self._people()
            self.things = self._scenery()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the instance and remove its folder."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(_STOP)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        rmtree(self.home, ignore_errors=True)

    def said(self) -> str:
        """Everything the instance and its processes wrote, for whoever looks for a cause."""
        logs = [self.home / "up.log", *sorted(self.home.glob("logs/*.log"))]
        return "\n".join(f"== {log.name}\n{log.read_text()[-4000:]}" for log in logs if log.exists())

    def _start(self) -> None:
        port = self.address.rpartition(":")[2]
        with (self.home / "up.log").open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _UP, port],
                env=self._environment(),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + _START
        while f"{self.address}/" not in (self.home / "up.log").read_text():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise NotStarted(self.said())
            time.sleep(0.1)

    def _people(self) -> dict[str, Person]:
        """The demonstration accounts: by role, and by role and institution."""
        rows = json.loads((self.home / "demonstration-accounts.json").read_text("utf-8"))
        people: dict[str, Person] = {}
        for row in rows:
            person = Person(row["email"], row["password"], row["name"])
            people.setdefault(row["role"], person)
            people[f"{row['role']}.{row['institution_code']}"] = person
        return people

    def _scenery(self) -> dict[str, str]:
        """Let the rooms' own actions make what the sample pages show."""
        done = subprocess.run(
            [sys.executable, "-c", _SCENERY],
            env=self._environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=_FURNISH,
            check=False,
        )
        if done.returncode:
            raise NotStarted(done.stdout + done.stderr)
        things: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
        return things

    def _environment(self) -> dict[str, str]:
        """Ours, with no setting of another instance but which PostgreSQL to use."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("MINGA_") or name == "MINGA_POSTGRES"
        }
        return kept | {
            "DJANGO_SETTINGS_MODULE": "minga.site.settings",
            "MINGA_HOME": str(self.home),
            "MINGA_DEMONSTRATION": "1",
            "MINGA_METRICS_PORT": "0",
            "MINGA_WORKERS": "1",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
