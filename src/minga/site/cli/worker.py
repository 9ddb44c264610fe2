"""`minga worker`: what happens after the answer: jobs, and what is due each minute or each night."""

import argparse
import signal
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from minga.site.cli import running

if TYPE_CHECKING:
    from minga.site.cli import Subparsers

CONCURRENCY = 4


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("worker", help=_("las tareas en segundo plano, sin lo demás"))
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Work until asked to end; a job under way gets some seconds to finish, else it is tried again later."""
    from procrastinate.contrib.django import app

    running.die_with_parent()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(
            name="minga", concurrency=CONCURRENCY, delete_jobs="successful", shutdown_graceful_timeout=10
        )
    return 0
