"""A whole instance for measuring: its own folder, its own embedded database, seeded as for a demonstration."""

import contextlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def instance() -> Iterator[Path]:
    """A prepared instance and Django set up on it, as the database's owner; gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="minga-bench-"))
    home.chmod(0o711)
    os.environ.update(
        MINGA_HOME=str(home),
        MINGA_DATABASE_URL="",
        MINGA_DATABASE_ROLE="minga_owner",
        MINGA_HOSTS="localhost,127.0.0.1",
        DJANGO_SETTINGS_MODULE="minga.site.settings",
    )
    from minga.site import settings

    try:
        with settings.embedded_server():
            from minga.site.cli import prepare

            with contextlib.redirect_stdout(io.StringIO()):
                prepare.prepare()
            yield home
            _hang_up()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _hang_up() -> None:
    from django.db import connection

    connection.close()


def empty_the_ledger() -> None:
    """Let the next topic start from an empty ledger: only here, where it belongs to nobody, it may be emptied."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_fact DISABLE TRIGGER ledger_fact_never_emptied")
        cursor.execute("TRUNCATE ledger_fact CASCADE")
        cursor.execute("ALTER TABLE ledger_fact ENABLE TRIGGER ledger_fact_never_emptied")
