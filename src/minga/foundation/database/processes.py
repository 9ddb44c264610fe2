"""Which processes really are the server of a data folder. A number in a file is never believed by itself."""

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

from psycopg import pq

PID_FILE = "postmaster.pid"
_DELETED = " (deleted)"


def postmaster(location: Path) -> int | None:
    """The number of the running server of this data folder, or None: a stale or reused number is None."""
    try:
        pid = int((location / PID_FILE).read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if _belongs(pid, location) else None


def of_cluster(location: Path) -> list[int]:
    """Every process of PostgreSQL that works in this data folder, the orphans of a killed server included."""
    return [
        pid
        for pid in (int(entry.name) for entry in os.scandir("/proc") if entry.name.isdigit())
        if _belongs(pid, location)
    ]


def end(location: Path, *, patience: float) -> bool:
    """End what is left of a server whose main process is gone: wait first, then ask, then insist.

    `patience` is in seconds for each of the three steps. True when nothing is left.
    """
    for insist in (None, signal.SIGQUIT, signal.SIGKILL):
        left = of_cluster(location)
        if insist is not None:
            _send(left, insist, location)
        deadline = time.monotonic() + patience
        while left and time.monotonic() < deadline:
            time.sleep(0.02)
            left = of_cluster(location)
        if not left:
            return True
    return False


def send(pid: int, number: signal.Signals, location: Path) -> None:
    """Send a signal to a process, only if it still is one of this data folder."""
    _send([pid], number, location)


def answers(socket_folder: Path, port: int) -> bool:
    """Does a server accept connections on this socket now?"""
    conninfo = f"host='{socket_folder}' port={port} user=postgres dbname=postgres connect_timeout=5"
    return pq.PGconn.ping(conninfo.encode()) == pq.Ping.OK


def _send(pids: Iterable[int], number: signal.Signals, location: Path) -> None:
    """Through a descriptor of the process, so that a number reused in between is never hit."""
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            if _belongs(pid, location):
                signal.pidfd_send_signal(handle, number)
        except ProcessLookupError:
            continue
        finally:
            os.close(handle)


def _belongs(pid: int, location: Path) -> bool:
    """Is it PostgreSQL at work in this folder, as all its processes are, or an `initdb` that makes it?"""
    try:
        program = Path(os.readlink(f"/proc/{pid}/exe").removesuffix(_DELETED)).name
        if program == "postgres":
            return os.path.samefile(f"/proc/{pid}/cwd", location)
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        return program == "initdb" and os.fsencode(location) in arguments
    except OSError:
        return False
