"""`minga serve`: the web server (granian), with Django in each of its processes."""

import argparse
import gc
import multiprocessing
import os
import shutil
import tempfile
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minga.site.cli import running
from minga.site.cli.console import say

if TYPE_CHECKING:
    from minga.site.cli import Subparsers

THREADS = 4
"""Requests that one process answers at the same time; each thread keeps one connection to the database."""
WAITING = 64
"""Requests that one process lets wait inside; further ones wait in the system's queue of connections."""
LARGEST_HEAD = 32 * 1024
"""Bytes of request line and headers; a larger head is answered 431 before Django sees it."""


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("serve", help=_("el servidor web, sin lo demás"))
    parser.add_argument("--host", default=os.environ.get("MINGA_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("MINGA_PORT", "8000")))
    parser.add_argument(
        "--workers",
        type=int,
        default=int(os.environ.get("MINGA_WORKERS", "0")) or min(os.cpu_count() or 1, 4),
        help=_("procesos (por omisión, uno por núcleo, hasta 4)"),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until asked to end; requests under way are finished."""
    from django.conf import settings

    running.die_with_parent()
    os.environ[running.PARENT] = str(os.getpid())
    running.check_port(arguments.host, arguments.port)
    with _measured_in() as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # read by `prometheus_client` on import
        publisher = _publish_metrics(settings.MINGA_METRICS_PORT)
        try:
            _server(arguments).serve()
        finally:
            if publisher is not None:
                publisher.terminate()
    return 0


def application() -> Any:
    """Django, for one server process."""
    running.die_with_parent()
    from minga.site.wsgi import application as wsgi

    return wsgi


def _server(arguments: argparse.Namespace) -> Any:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    load()
    return Granian(
        "minga.site.cli.serve:application",
        factory=True,
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.workers,
        blocking_threads=THREADS,
        backpressure=WAITING,
        backlog=1024,
        http1_settings=HTTP1Settings(max_buffer_size=LARGEST_HEAD, header_read_timeout=10_000),
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )


def load() -> None:
    """Import everything here, once, before the processes fork: they share its memory, and a fault shows now.

    What is loaded stays for good, so the garbage collector need not look at it again with every page.
    """
    from django.urls import get_resolver

    import minga.site.wsgi  # noqa: F401 - the import itself is the purpose

    get_resolver().url_patterns  # noqa: B018 - reading it imports all views
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _measured_in() -> tempfile.TemporaryDirectory[str]:
    """A folder for the files that the processes map and measure into; those of servers that were killed go now.

    It lies in memory, because a full disk under a mapped file kills whoever writes to it.
    """
    memory = Path("/dev/shm")  # noqa: S108 - the folder below it is made for us alone
    prefix = "minga-metrics-"
    for left in memory.glob(f"{prefix}*"):
        owner = left.name.removeprefix(prefix).partition("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists():
            shutil.rmtree(left, ignore_errors=True)
    place = memory if os.access(memory, os.W_OK) else None
    return tempfile.TemporaryDirectory(
        prefix=f"{prefix}{os.getpid()}-", dir=place, ignore_cleanup_errors=True
    )


def _publish_metrics(port: int) -> multiprocessing.Process | None:
    """A small process that answers Prometheus on the local port; None when the setting turns it off."""
    if not port:
        return None
    process = multiprocessing.Process(target=_publish, args=(port,), daemon=True)
    process.start()
    return process


def _publish(port: int) -> None:
    running.die_with_parent()
    from minga.site import metrics

    try:
        metrics.serve(port)
    except OSError as error:
        say(_("No hay métricas en el puerto {port}: {reason}").format(port=port, reason=error.strerror))
