"""A whole database as text and back: COPY inside one transaction, the same for every version of PostgreSQL.

The tables themselves are not copied: migrations make them. Everything here works on the connection's own schema
`public` and leaves the transaction to the caller.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

_STEADY = """
    SET LOCAL timezone = 'UTC';
    SET LOCAL datestyle = 'ISO, YMD';
    SET LOCAL intervalstyle = 'postgres';
    SET LOCAL extra_float_digits = 1;
    SET LOCAL bytea_output = 'hex';
    SET LOCAL synchronize_seqscans = off;
    SET LOCAL statement_timeout = 0;
"""
"""What the text of a value depends on, and the order of rows."""

_OF_EXTENSIONS = "SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'"
_TABLES = f"""
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      AND NOT EXISTS ({_OF_EXTENSIONS})
    GROUP BY c.relname ORDER BY c.relname
"""  # noqa: S608 - made of the constant above
_SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename"
_FOREIGN_KEYS = """
    SELECT r.relname, c.conname, pg_get_constraintdef(c.oid)
    FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
    WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Table:
    """A table and those of its columns that hold what was written, not what the database computes."""

    name: str
    columns: tuple[str, ...]

    def statement(self, direction: str) -> sql.Composed:
        """COPY of these columns; `direction` is `TO STDOUT` or `FROM STDIN`."""
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("COPY {} ({}) ").format(sql.Identifier(self.name), names) + sql.SQL(direction)


def steady(connection: psycopg.Connection) -> None:
    """Make the text of every value independent of this server's and session's settings, for the transaction."""
    connection.execute(_STEADY)


def tables(connection: psycopg.Connection) -> list[Table]:
    """All tables of the schema, those of extensions aside, by name."""
    return [Table(name, tuple(columns)) for name, columns in connection.execute(_TABLES)]


def sequences(connection: psycopg.Connection) -> dict[str, tuple[int, bool]]:
    """Where each sequence stands: its last value, and whether that was given out.

    Sequences know no snapshot: asked after it was taken, they are at or past every row in it, never before.
    """
    found = {}
    for (name,) in connection.execute(_SEQUENCES).fetchall():
        state = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
        found[name] = connection.execute(state).fetchone()
    return found  # type: ignore[return-value]


def dump(connection: psycopg.Connection, table: Table) -> Iterator[bytes]:
    """The rows as COPY's text, one a piece (or several), in the order in which they lie there."""
    with connection.cursor() as cursor, cursor.copy(table.statement("TO STDOUT")) as copy:
        for piece in copy:
            yield bytes(piece)


def load(connection: psycopg.Connection, table: Table, pieces: Iterator[bytes]) -> None:
    """Put back what `dump` gave, inside `quiet`."""
    with connection.cursor() as cursor, cursor.copy(table.statement("FROM STDIN")) as copy:
        for piece in pieces:
            copy.write(piece)


def advance(connection: psycopg.Connection, states: dict[str, tuple[int, bool]]) -> None:
    """Set the sequences; those that this database does not have are left out."""
    known = {name for (name,) in connection.execute(_SEQUENCES).fetchall()}
    for name in known & set(states):
        last, called = states[name]
        connection.execute("SELECT setval(%s::regclass, %s, %s)", [f'public."{name}"', last, called])


@contextlib.contextmanager
def quiet(connection: psycopg.Connection, among: Sequence[Table]) -> Iterator[None]:
    """Empty tables without triggers or foreign keys, to be filled in any order; both are back at the end.

    Foreign keys are made again over all rows, so what would break one is found then. Needs their owner.
    """
    names = [sql.Identifier(table.name) for table in among]
    keys = connection.execute(_FOREIGN_KEYS).fetchall()
    for table, key, _definition in keys:
        _alter(connection, table, sql.SQL("DROP CONSTRAINT {}").format(sql.Identifier(key)))
    for name in names:
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(names)))
    yield
    for name in names:
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
    for table, key, definition in keys:
        act = sql.SQL("ADD CONSTRAINT {} ").format(sql.Identifier(key)) + sql.SQL(definition)
        _alter(connection, table, act)


def _alter(connection: psycopg.Connection, table: str, act: sql.Composed) -> None:
    connection.execute(sql.SQL("ALTER TABLE {} ").format(sql.Identifier(table)) + act)
