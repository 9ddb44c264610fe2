"""A data folder of PostgreSQL: made whole or not at all, with Minga's settings, roles and database."""

import logging
import os
import shutil
import subprocess
import time
from gettext import gettext as _
from pathlib import Path

import psycopg
from psycopg import sql

from . import places, processes
from .accounts import Account
from .programs import Binaries
from .trouble import DatabaseTrouble, DiskFull

SUPERUSER = "postgres"
OWNER = "minga_owner"
RUNTIME = "minga_app"
DATABASE = "minga"
EXTENSIONS = ("fuzzystrmatch", "pg_trgm", "unaccent")
MARKER = "minga-ready"
LOCALES = ("C.UTF-8", "C")
LEAST_FREE_BYTES = 200 * 2**20

SETTINGS = {
    "listen_addresses": "",
    "port": str(places.PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}
"""Own defaults. Nothing acknowledged is lost (fsync, synchronous_commit), no network, and a log without
statements or values, because those can hold personal data: the application gets the errors itself."""

log = logging.getLogger("minga.database")


def environment() -> dict[str, str]:
    """The environment of the server's programs: none of the user's own variables for PostgreSQL."""
    kept = {name: value for name, value in os.environ.items() if name in ("LD_LIBRARY_PATH", "PATH")}
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", **kept}


def ensure(location: Path, binaries: Binaries, account: Account) -> None:
    """Make the data folder if there is none; what an interrupted start left behind is put out of the way."""
    places.check_major(location, binaries)
    unfinished = location.with_name(f".{location.name}.unfinished")
    if unfinished.exists():
        processes.end(unfinished, patience=0.5)
        shutil.rmtree(unfinished)
    if places.major_of(location):
        return
    if (location / MARKER).exists():
        raise DatabaseTrouble(
            _("A los datos en {path} les faltan archivos. Restáurelos de una copia de seguridad.").format(
                path=location
            )
        )
    if location.exists() and any(location.iterdir()):
        if not (location / places.VERSION_FILE).exists():
            raise DatabaseTrouble(
                _(
                    "La carpeta {path} contiene otras cosas. Elija para la base de datos una carpeta vacía."
                ).format(path=location)
            )
        aside = location.with_name(f"{location.name}.incomplete-{time.time_ns()}")
        location.rename(aside)
        log.warning(_("%s estaba a medio crear; se guardó como %s y se empieza de nuevo."), location, aside)
    _initialise(location, unfinished, binaries, account)


def _initialise(location: Path, unfinished: Path, binaries: Binaries, account: Account) -> None:
    """Run `initdb` beside the final place and move the result there once it is complete."""
    free = shutil.disk_usage(location.parent).free
    if free < LEAST_FREE_BYTES:
        raise no_space(location)
    try:
        for locale in LOCALES:
            unfinished.mkdir(mode=0o700)
            account.own(unfinished)
            failure = _initdb(unfinished, locale, binaries, account)
            if failure is None:
                unfinished.rename(location)
                return
            shutil.rmtree(unfinished)
            if "locale" not in failure:
                break
        raise failed(location, failure or "")
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _initdb(folder: Path, locale: str, binaries: Binaries, account: Account) -> str | None:
    """One try at `initdb`, durable on disk when it ends; None, or what it said when it failed."""
    command = [binaries.program("initdb"), "-D", str(folder), "-U", SUPERUSER, "--encoding=UTF8"]
    command += [f"--locale={locale}", "--data-checksums", "--auth=peer", "--no-instructions"]
    done = subprocess.run(  # noqa: S603 - fixed program
        command,
        cwd="/",
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **account.identity(),
    )
    return None if done.returncode == 0 else done.stderr.strip() or f"exit {done.returncode}"


def configure(location: Path, sockets: Path, account: Account) -> None:
    """Write Minga's settings and who may connect; an administrator's own go in `local.conf`, which wins."""
    settings = SETTINGS | {"unix_socket_directories": str(sockets), "cluster_name": "minga"}
    lines = [f"{name} = '{value}'" for name, value in settings.items()]
    _write(location / "minga.conf", lines, account)
    _write(location / "postgresql.conf", ["include 'minga.conf'", "include_if_exists 'local.conf'"], account)
    _write(location / "pg_hba.conf", ["local all all peer map=minga"], account)
    people = dict.fromkeys(["root", account.name])
    roles = (SUPERUSER, OWNER, RUNTIME)
    _write(location / "pg_ident.conf", [f'minga "{who}" {role}' for who in people for role in roles], account)


def _write(path: Path, lines: list[str], account: Account) -> None:
    """Replace a file of the data folder in one step, and only when it changes."""
    content = "".join(f"{line}\n" for line in lines)
    if path.exists() and path.read_text() == content:
        return
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
    account.own(fresh)
    fresh.replace(path)


def furnish(location: Path, dsn: str, account: Account) -> None:
    """Create the two roles and the database in a new cluster; safe to repeat after an interruption."""
    if (location / MARKER).exists():
        return
    with psycopg.connect(dsn, autocommit=True) as connection:
        _check_extensions(connection)
        roles = {OWNER: "LOGIN CREATEDB CREATEROLE", RUNTIME: "LOGIN"}
        for name, rights in roles.items():
            if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
                connection.execute(sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(name)))
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        connection.execute(f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC")
        connection.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {RUNTIME}")
    _write(location / MARKER, [time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())], account)


def _exists(connection: psycopg.Connection, query: str, name: str) -> bool:
    """Does the query find this name?"""
    return connection.execute(query.encode(), [name]).fetchone() is not None


def _check_extensions(connection: psycopg.Connection) -> None:
    """Search needs three extensions that some distributions package apart."""
    rows = connection.execute("SELECT name FROM pg_available_extensions").fetchall()
    missing = set(EXTENSIONS) - {name for (name,) in rows}
    if missing:
        raise DatabaseTrouble(
            _(
                "A este PostgreSQL le faltan extensiones: {names}. Instale el paquete postgresql-contrib."
            ).format(names=", ".join(sorted(missing)))
        )


def no_space(location: Path) -> DiskFull:
    """The error for a full disk, with the figures that help."""
    free = shutil.disk_usage(location.parent).free // 2**20
    return DiskFull(
        _(
            "No hay espacio suficiente en el disco de {path}: quedan {free} MB. Libere al menos {least} MB, "
            "o elija una carpeta de datos en otro disco."
        ).format(path=location.parent, free=free, least=LEAST_FREE_BYTES // 2**20)
    )


def failed(location: Path, said: str) -> DatabaseTrouble:
    """The error for a program of PostgreSQL that ended badly, from what it said last."""
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return no_space(location)
    return DatabaseTrouble(
        _("PostgreSQL no pudo iniciar con los datos en {path}. Esto dijo:\n{said}").format(
            path=location, said="\n".join(said.splitlines()[-8:])
        )
    )
