"""Programs and look-ups that the tests of the embedded server share."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

from minga.foundation.database import EmbeddedServer, places, processes

SOURCES = Path(__file__).parents[4]

KEEPER = """
    import sys
    from pathlib import Path
    from minga.foundation.database import EmbeddedServer, every_binaries
    found = next(each for each in every_binaries() if str(each.major) == sys.argv[2])
    server = EmbeddedServer(Path(sys.argv[1]), found)
    server.start()
    print("owned" if server.owned else "attached", flush=True)
    sys.stdin.read()
    server.stop()
"""

WRITER = """
    import os, sys, psycopg
    acknowledged = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with psycopg.connect(sys.argv[1], autocommit=True) as connection:
        while True:
            row = connection.execute("INSERT INTO load DEFAULT VALUES RETURNING id").fetchone()
            os.write(acknowledged, b"%d\\n" % row[0])
"""


def run(program: str, *arguments: object) -> "subprocess.Popen[str]":
    """Start a small Python program that can import Minga."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def keeper(server: EmbeddedServer) -> "subprocess.Popen[str]":
    """Another process that uses the same server, as a second `minga up` would."""
    return run(KEEPER, server.data_dir, server.binaries.major)


def says(process: "subprocess.Popen[str]") -> str:
    """The next line that the program prints."""
    return process.stdout.readline().strip() if process.stdout else ""


def finish(process: "subprocess.Popen[str]") -> int:
    """Let a keeper end in order."""
    process.communicate("", timeout=60)
    return process.returncode


def kill(process: "subprocess.Popen[str]") -> None:
    """End a program of ours at once, as a power cut would."""
    process.kill()
    process.communicate()


def kill_cluster(location: Path) -> None:
    """kill -9 of the main process and all the others of this data folder."""
    for pid in processes.of_cluster(location):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not processes.of_cluster(location))


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something to happen; fail when it does not."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def write_pid_file(server: EmbeddedServer, pid: int) -> None:
    """A `postmaster.pid` as a server of this folder would have left it, with another number."""
    lines = [pid, server.location, 1700000000, places.PORT, server.endpoint.sockets, "", "1 1", "ready"]
    (server.location / processes.PID_FILE).write_text("".join(f"{line}\n" for line in lines))
