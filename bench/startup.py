"""How long a person waits from `minga up` to the first page: on a new machine, and again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.table import Row


def measure() -> Iterator[Row]:
    """Two starts of one instance in a new folder."""
    home = Path(tempfile.mkdtemp(prefix="minga-bench-"))
    home.chmod(0o711)
    try:
        yield Row("minga up to first page: new", "s", _start(home), 15.0)
        yield Row("minga up to first page: again", "s", _start(home), 5.0)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _start(home: Path) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MINGA_") or name == "MINGA_POSTGRES"
    } | {"MINGA_HOME": str(home), "MINGA_METRICS_PORT": "0"}
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "minga.site.cli", "up", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            if process.poll() is not None:
                raise SystemExit(f"minga up ended with {process.returncode}")
            time.sleep(0.02)
        return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as response:
            return bool(response.status == 200)
    except OSError:
        return False
