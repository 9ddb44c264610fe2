"""A whole running Minga for end-to-end tests: `minga up` in its own folder, asked over the network."""

import contextlib
import http.client
import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 180


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Browser:
    """Asks one instance and keeps its cookies; answers are (status, text), redirects are followed."""

    def __init__(self, base: str) -> None:
        self.base, self.jar = base, http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path, data=None):
        """Ask for a page, or send a form."""
        body = urllib.parse.urlencode(data).encode() if data else None
        try:
            with self._opener.open(self.base + path, body, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def send(self, path, **fields):
        """Fill in the form of a page and send it to the same address."""
        _status, text = self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
        return self.get(path, {"csrfmiddlewaretoken": token, **fields})


class Instance:
    """One data folder, and the processes on it."""

    def __init__(self, home: Path) -> None:
        self.home, self.port, self.metrics = home, free_port(), free_port()
        self.process: subprocess.Popen[str] | None = None
        self.said = home.parent / f"{home.name}.out"

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, **more):
        """As an administrator's shell would have it: nothing of the tests' own settings."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MINGA_", "DJANGO_", "PROMETHEUS_", "PYTEST_"))
            or name == "MINGA_POSTGRES"
        }
        own = {"MINGA_HOME": str(self.home), "MINGA_METRICS_PORT": str(self.metrics), "MINGA_WORKERS": "1"}
        return kept | own | {"PYTHONPATH": str(ROOT / "src")} | more

    def command(self, *arguments, **more):
        """The command line and environment of one `minga` command."""
        return {"args": [sys.executable, "-m", "minga.site.cli", *arguments], "env": self.environment(**more)}

    def run(self, *arguments, **more):
        """Run one command to its end."""
        return subprocess.run(
            **self.command(*arguments, **more), capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def start(self, *command):
        """Start `minga up` (or another command) and wait until it serves people; returns the seconds."""
        began = time.monotonic()
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                **self.command(*(command or ("up",)), "--port", str(self.port)), stdout=output, stderr=output
            )
        self.wait(self.ready)
        return time.monotonic() - began

    def ready(self) -> bool:
        """Whether it can serve people; an error when it has ended instead."""
        assert self.process.poll() is None, self.told()
        with contextlib.suppress(OSError):
            return Browser(self.base).get("/salud/listo")[0] == 200
        return False

    def wait(self, condition):
        """Wait until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.told()
            time.sleep(0.05)

    def told(self) -> str:
        """What the command has said so far."""
        return self.said.read_text()

    def stop(self, number=signal.SIGTERM) -> int:
        """Ask it to end and return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)

    def processes(self):
        """Numbers of all processes that work for this instance: our own and the database's."""
        mark = f"MINGA_HOME={self.home}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            with contextlib.suppress(OSError):
                ours = mark in (entry / "environ").read_bytes().split(b"\0")
                database = str((entry / "cwd").readlink()).startswith(str(self.home.resolve()))
                if ours or database:
                    found.append(int(entry.name))
        return found

    def accounts(self):
        """The invented people, by role."""
        rows = json.loads((self.home / "demonstration-accounts.json").read_text())
        return {row["role"]: row for row in rows}

    def signed_in(self, role) -> Browser:
        """A browser in which one of the invented people has signed in."""
        person, browser = self.accounts()[role], Browser(self.base)
        status, _text = browser.send("/ingresar/", identifier=person["email"], password=person["password"])
        assert status == 200
        return browser

    def raw(self, data: bytes) -> bytes:
        """Send bytes that no browser sends, and read what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), 20) as link:
            with contextlib.suppress(OSError):
                link.sendall(data)
                link.shutdown(socket.SHUT_WR)
            with contextlib.suppress(OSError):
                return link.recv(65_536)
        return b""

    def status_of(self, method, path, headers) -> int:
        """The status of an answer to a request with these very headers."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            link.request(method, path, headers=headers)
            return link.getresponse().status
        finally:
            link.close()
