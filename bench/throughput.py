"""A cached public page against a bare Django page: the same server, one process each, the same load."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.load import requests_per_second
from bench.table import Row

RATIO = 0.5


def measure(home: Path, seconds: float) -> Iterator[Row]:
    """The ratio of the two rates, each the best of four runs taken in turns."""
    with (
        _serving(["-m", "minga.site.cli", "serve", "--workers", "1"], home) as ours,
        _serving(["-m", "bench.yardstick"], home) as bare,
    ):
        rates = {ours: 0.0, bare: 0.0}
        for port in (ours, bare) * 4:
            rates[port] = max(rates[port], requests_per_second(port, "/", seconds))
    yield Row("bare Django page through granian (for comparison)", "/s", rates[bare], 0, at_least=True)
    yield Row("cached public page through granian", "/s", rates[ours], RATIO * rates[bare], at_least=True)
    yield Row("cached public page: share of the bare page's rate", "", rates[ours] / rates[bare], RATIO, True)


@contextlib.contextmanager
def _serving(command: list[str], home: Path) -> Iterator[int]:
    """A server process on a free port, which is returned when it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "MINGA_DATABASE_ROLE": "minga_app", "MINGA_METRICS_PORT": "0"}
    with (home / f"bench-{port}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own programs
            [sys.executable, *command, "--port", str(port)], env=environment, stdout=log, stderr=log
        )
        try:
            _wait(port, process)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise SystemExit(f"the server on port {port} did not start")
