"""What the runtime role may do: everything to ordinary tables, and only read and add to the ledger."""

from django.db import connection

from minga.kernel import cards

APP_ROLE = "minga_app"
APPEND_ONLY = ("ledger_fact", "ledger_seal")

_GRANTS = """
    GRANT USAGE ON SCHEMA public TO {role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role};
    REVOKE UPDATE, DELETE, TRUNCATE ON {append_only} FROM {role};
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""


def grant() -> bool:
    """Give the runtime role its rights, after each migration; False when the database has no such role.

    An external database whose single account both owns and runs everything keeps the triggers as its only
    guard, and `minga doctor` says so.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        if cursor.fetchone() is None:
            return False
        tables = [*APPEND_ONLY, *cards.each(lambda room: room.append_only)]
        cursor.execute(_GRANTS.format(role=APP_ROLE, append_only=", ".join(tables)))
    return True


def may_rewrite() -> bool:
    """Whether the current account could change or remove facts if the triggers were gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('ledger_fact', 'UPDATE')")
        return bool(cursor.fetchone()[0])
