"""Who runs this instance now: one `minga up` at a time for each data folder."""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import socket
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path
from typing import TypedDict

from minga.kernel.errors import MingaError

PARENT = "MINGA_PARENT"
_DEATH_SIGNAL = 1


class Running(TypedDict):
    """What a running instance tells about itself."""

    process: int
    address: str


class AlreadyRunning(MingaError):
    """Another `minga up` runs this instance; `running` says where."""

    def __init__(self, running: Running) -> None:
        super().__init__(
            _("Minga ya está en marcha en {address} (proceso {process}).").format_map(dict(running))
        )
        self.running = running


class PortTaken(MingaError):
    """Another program answers on the port."""


@contextlib.contextmanager
def alone(home: Path, address: str) -> Iterator[None]:
    """Be the only `minga up` of this folder; the system frees the lock when the process ends, however it ends.

    Raises AlreadyRunning.
    """
    folder = home / "run"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "up.json"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(_read(path)) from None
        _write(file.fileno(), {"process": os.getpid(), "address": address})
        yield
        _write(file.fileno(), None)


def _read(path: Path) -> Running:
    try:
        found: Running = json.loads(path.read_text())
    except ValueError:
        return {"process": 0, "address": "?"}
    return found


def _write(descriptor: int, running: Running | None) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(running).encode() if running else b"", 0)


def check_port(host: str, port: int) -> None:
    """Raise PortTaken when nobody could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                _(
                    "No se puede usar {host}:{port} ({reason}). Elija otro puerto: minga up --port {other}"
                ).format(
                    host=host, port=port, reason=error.strerror, other=port + 1 if port < 65_535 else 8080
                )
            ) from error


def url(host: str, port: int) -> str:
    """The address at which this machine reaches a server that listens on `host`: of all networks, the loopback."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - not bound
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


def die_with_parent() -> None:
    """End, as if asked to, when the process that started this one is gone: nothing is left holding the port."""
    expected = int(os.environ.get(PARENT, "0"))
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM)
    if expected and os.getppid() != expected:
        os.kill(os.getpid(), signal.SIGTERM)
