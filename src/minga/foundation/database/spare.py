"""A second database beside an instance's own: filled in peace, then put in its place by two renames."""

import time
from gettext import gettext as _

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from .cluster import RUNTIME
from .trouble import DatabaseTrouble

_MAINTENANCE = "postgres"
_LEAVING = 2.0
"""seconds that a connection which was closed may still be counted by the server, and more"""
_ALLOWED = """
    SELECT u.rolsuper OR (u.rolcreatedb AND pg_has_role(d.datdba, 'MEMBER')), u.rolname
    FROM pg_database d, pg_roles u WHERE d.datname = %s AND u.rolname = current_user
"""
_LIKE = "SELECT datcollate, datctype FROM pg_database WHERE datname = %s"
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


class Spare:
    """The database `name` on the server of `address`, which its owner may create, and later exchange."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name = address, name
        self.own = str(conninfo_to_dict(address)["dbname"])

    def allowed(self) -> None:
        """Raise DatabaseTrouble, with the remedy, unless this account may create and rename databases."""
        with self._server() as server:
            row = server.execute(_ALLOWED, [self.own]).fetchone()
        if row is None or not row[0]:
            raise DatabaseTrouble(
                _(
                    "La cuenta «{role}» no puede crear una base de datos junto a «{own}». Como administrador de "
                    "PostgreSQL ejecute: ALTER ROLE {role} CREATEDB; ALTER DATABASE {own} OWNER TO {role}"
                ).format(role=row[1] if row else "?", own=self.own)
            )

    def busy(self) -> int:
        """How many connections others have to the instance's own database, and keep for longer than a moment."""
        until = time.monotonic() + _LEAVING
        with self._server() as server:
            while True:
                row = server.execute(_OTHERS, [self.own]).fetchone()
                count = row[0] if row else 0
                if not count or time.monotonic() > until:
                    return count
                time.sleep(0.05)

    def create(self) -> None:
        """Make it, empty, with the same order of letters as the instance's own; one left by a failure goes."""
        with self._server() as server:
            server.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )
            collate, ctype = server.execute(_LIKE, [self.own]).fetchone()  # type: ignore[misc]
            server.execute(
                sql.SQL(
                    "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}"
                ).format(sql.Identifier(self.name), sql.Literal(collate), sql.Literal(ctype))
            )
            if server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [RUNTIME]).fetchone():
                server.execute(
                    sql.SQL(
                        "REVOKE ALL ON DATABASE {0} FROM PUBLIC; GRANT CONNECT ON DATABASE {0} TO {1}"
                    ).format(sql.Identifier(self.name), sql.Identifier(RUNTIME))
                )

    def drop(self) -> None:
        """Remove it."""
        with self._server() as server:
            server.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )

    def exchange(self, aside: str) -> None:
        """Give it the own database's name, and that one the name `aside`: both or neither.

        Raises DatabaseTrouble while somebody else is connected.
        """
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        try:
            with self._server() as server, server.transaction():
                server.execute(rename.format(sql.Identifier(self.own), sql.Identifier(aside)))
                server.execute(rename.format(sql.Identifier(self.name), sql.Identifier(self.own)))
        except psycopg.errors.ObjectInUse as error:
            raise in_use(self.own, self.busy()) from error

    def _server(self) -> psycopg.Connection:
        """A connection to the server that is in nobody's way."""
        try:
            return psycopg.connect(self.address, dbname=_MAINTENANCE, autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as error:
            raise DatabaseTrouble(
                _("No se pudo entrar en la base «{name}» del servidor: {reason}").format(
                    name=_MAINTENANCE, reason=str(error).strip()
                )
            ) from error


def in_use(name: str, count: int) -> DatabaseTrouble:
    """The error for a database that others work in."""
    return DatabaseTrouble(
        _(
            "Hay {count} conexiones abiertas a la base «{name}». Detenga el servidor y el proceso de tareas, "
            "y repita."
        ).format(count=count, name=name)
    )
