"""The embedded server: one process starts and stops it, any other of the same account attaches to it."""

import contextlib
import os
import time
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote

import psycopg

from . import cluster, places, processes
from .accounts import account_for
from .engine import PAUSE, Engine
from .keeper import Keeper
from .programs import Binaries
from .trouble import DatabaseTrouble

DatabaseRole = Literal["minga_owner", "minga_app", "postgres"]

ATTACH_SECONDS = 120.0


@dataclass(frozen=True)
class Endpoint:
    """Where a running server listens: a socket in a private folder, no network."""

    sockets: Path
    port: int = places.PORT

    def dsn(self, role: DatabaseRole, database: str = cluster.DATABASE) -> str:
        """The address, as an URL, for one of the roles; `postgres` is the superuser, for checks only."""
        folder = quote(str(self.sockets), safe="")
        return f"postgresql://{role}@/{quote(database, safe='')}?host={folder}&port={self.port}"

    def answers(self) -> bool:
        """Does the server accept connections now?"""
        return processes.answers(self.sockets, self.port)


class EmbeddedServer:
    """PostgreSQL in a data folder of its own.

    `start` makes the data the first time, recovers them after a fault, or attaches to the server that
    another process runs. Only the process that started it stops it; if that one died, the next one does.
    """

    def __init__(self, data_dir: Path, binaries: Binaries) -> None:
        data_dir = Path(os.path.abspath(data_dir))
        self.data_dir = Path(os.path.realpath(data_dir.parent)) / data_dir.name
        self.binaries = binaries
        self._keeper = Keeper(self.data_dir.with_name(f"{self.data_dir.name}.lock"))
        self._engine: Engine | None = None

    @property
    def location(self) -> Path:
        """Where the data really are (see `places.settle`)."""
        return places.location_of(self.data_dir)

    @property
    def endpoint(self) -> Endpoint:
        """Where the server listens when it runs."""
        return Endpoint(places.socket_folder(self.data_dir))

    @property
    def log_path(self) -> Path:
        """The server's own log, for the person who looks after it."""
        return self.data_dir.with_name(f"{self.data_dir.name}.log")

    @property
    def owned(self) -> bool:
        """Did this process start the server, so that it will stop it?"""
        return self._keeper.held

    def dsn(self, role: DatabaseRole, database: str = cluster.DATABASE) -> str:
        """The address, as an URL, to connect in one of the roles."""
        return self.endpoint.dsn(role, database)

    def running(self) -> bool:
        """Is a server of this very data folder alive and accepting connections?"""
        return processes.postmaster(self.location) is not None and self.endpoint.answers()

    def start(self) -> Endpoint:
        """Start the server, or attach to the one that another process runs; return when it answers."""
        if self.owned and self.running():
            return self.endpoint
        self._keeper.let_go()
        places.prepare_folder(self.data_dir.parent)
        if not self._attached():
            try:
                self._start_as_keeper()
            except BaseException:
                self.stop()
                raise
        return self.endpoint

    def stop(self) -> None:
        """Stop the server if this process started it; work under way is rolled back, clients are cut off."""
        try:
            if self.owned and self._engine is not None:
                self._engine.end()
                self._drop_shared_folder(self._engine.sockets)
        finally:
            self._engine = None
            self._keeper.let_go()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _attached(self) -> bool:
        """True once another process's server is ready to use; False once we are the keeper."""
        deadline = time.monotonic() + ATTACH_SECONDS
        while not self._keeper.take():
            if (self.location / cluster.MARKER).exists() and self.running():
                return True
            if time.monotonic() > deadline:
                raise DatabaseTrouble(
                    _("Otro proceso usa {path} y no termina de iniciar la base de datos. Deténgalo.").format(
                        path=self.data_dir
                    )
                )
            time.sleep(PAUSE)
        return False

    def _start_as_keeper(self) -> None:
        """With the lock in hand: adopt a server left running, or make, recover and start one."""
        account = account_for(self.location)
        location = places.settle(self.data_dir, account)
        engine = Engine(location, account, self.log_path, self.endpoint.sockets)
        if processes.postmaster(location) is None:
            found = places.runnable(self.binaries, location, account)
            cluster.ensure(location, found, account)
            sockets = places.prepare_socket_folder(self.data_dir, location, account)
            cluster.configure(location, sockets, account)
            engine.clear_remains()
            self._engine = engine
            engine.launch(found)
        else:
            places.check_major(location, self.binaries)
            self._engine = engine
            engine.wait()
        self._check_identity(location)
        cluster.furnish(location, self.dsn("postgres", "postgres"), account)

    def _check_identity(self, location: Path) -> None:
        """Make sure by asking it that the server behind the socket works on our data."""
        with psycopg.connect(self.dsn("postgres", "postgres")) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        if row is None or not os.path.samefile(row[0], location):
            raise DatabaseTrouble(
                _(
                    "El servidor que responde en {socket} no es el de {path}. Detenga el otro servidor."
                ).format(socket=self.endpoint.sockets, path=location)
            )

    def _drop_shared_folder(self, sockets: Path) -> None:
        """Leave nothing behind in /tmp."""
        if sockets.parent == places.SHARED_TEMPORARY:
            with contextlib.suppress(OSError):
                sockets.rmdir()
