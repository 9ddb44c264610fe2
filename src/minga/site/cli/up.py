"""`minga up`: everything an instance needs, in one process that looks after the others."""

import argparse
import os
import signal
import time
import urllib.error
import urllib.request
from gettext import gettext as _
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

from minga.site.cli import prepare, running
from minga.site.cli.children import Child
from minga.site.cli.console import say
from minga.site.cli.embedded import embedded_database

if TYPE_CHECKING:
    from minga.foundation.database import EmbeddedServer
    from minga.site.cli import Subparsers

_PATIENCE = 15.0
_LOOK = 1.0
_FIRST_PAGE = 60.0


def add(subparsers: "Subparsers") -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("up", help=_("pone todo en marcha: base de datos, tareas y servidor"))
    parser.add_argument("--host", default=os.environ.get("MINGA_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("MINGA_PORT", "8000")))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the instance until Ctrl-C or SIGTERM; a second call says where the first one is."""
    address = os.environ.setdefault("MINGA_PUBLIC_URL", running.url(arguments.host, arguments.port))
    from minga.site import settings

    home = settings.MINGA_HOME
    try:
        with running.alone(home, address):
            running.check_port(arguments.host, arguments.port)
            stop = _when_asked()
            with embedded_database() as database:
                return _run(arguments, home, address, stop, database)
    except running.AlreadyRunning as error:
        say(str(error))
        return 0


def _run(
    arguments: argparse.Namespace, home: Path, address: str, stop: Event, database: "EmbeddedServer | None"
) -> int:
    from minga.site import settings

    if not prepare.is_prepared(settings.database_url("minga_owner"), prepare.fingerprint()):
        prepare.prepare()
    children = _children(arguments, home)
    try:
        for child in children:
            child.start()
        ready = f"{running.url(arguments.host, arguments.port)}/salud/listo"
        if _first_page(ready, settings.ALLOWED_HOSTS, children, stop):
            _welcome(address, home)
            _tell_who_may_ask(arguments.host, settings.ALLOWED_HOSTS)
        while not stop.wait(_LOOK):
            if database is not None and not database.running():
                say(_("La base de datos se detuvo; se inicia de nuevo."))
                database.start()
            for child in children:
                child.look_after()
    finally:
        _end(children)
    return 0


def _when_asked() -> Event:
    """An event that is set when somebody asks us to end."""
    stop = Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    return stop


def _children(arguments: argparse.Namespace, home: Path) -> list[Child]:
    runtime = {"MINGA_DATABASE_ROLE": "minga_app"}
    listen = ["--host", arguments.host, "--port", str(arguments.port)]
    return [
        Child(_("El servidor"), ["serve", *listen], runtime, home / "logs" / "server.log"),
        Child(_("El proceso de tareas"), ["worker"], runtime, home / "logs" / "worker.log"),
    ]


def _first_page(url: str, allowed: list[str], children: list[Child], stop: Event) -> bool:
    """Wait until the server can serve people, asked by a name it answers to (`allowed`).

    False when that takes too long or we are asked to end.
    """
    name = next((host.lstrip(".") for host in allowed if host != "*"), "localhost")
    question = urllib.request.Request(url, headers={"Host": name})  # noqa: S310 - our own address
    deadline = time.monotonic() + _FIRST_PAGE
    while time.monotonic() < deadline and not stop.wait(0.05):
        try:
            with urllib.request.urlopen(question, timeout=5):  # noqa: S310 - our own address
                return True
        except (urllib.error.URLError, OSError):
            for child in children:
                child.look_after()
    if not stop.is_set():
        say(_("El servidor todavía no responde. Vea {log}").format(log=children[0].log))
    return False


def _welcome(address: str, home: Path) -> None:
    from minga.site import settings

    say(_("Minga está en marcha: {address}/").format(address=address))
    say(_("Datos y registros en {home}. Para detener: Ctrl-C.").format(home=home))
    if settings.MINGA_DEMONSTRATION:
        import django

        django.setup()  # not needed, and not done, in an instance that serves real people
        from minga.modules.identity.contracts import demonstration_accounts

        say(_("Cuentas de demostración (personas inventadas):"))
        for account in demonstration_accounts():
            say(f"  {account.email:40} {account.password:24} {account.role}")


def _tell_who_may_ask(host: str, allowed: list[str]) -> None:
    """Listening to other machines is not enough: say which setting lets them ask."""
    local = host in {"127.0.0.1", "localhost", "::1"}
    if local or "*" in allowed or {host, f"[{host}]"} & set(allowed):
        return
    say(
        _(
            "Desde otros equipos responde solo a estos nombres: {names}. Agregue los que falten a MINGA_HOSTS."
        ).format(names=", ".join(allowed))
    )


def _end(children: list[Child]) -> None:
    for child in children:
        child.ask_to_end()
    for child in children:
        child.end(_PATIENCE)
