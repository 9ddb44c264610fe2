"""Whether a database and this version of Minga fit together, and bringing the one to the other."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError

from minga import __version__
from minga.foundation.ledger import privileges
from minga.kernel.errors import Conflict, Unavailable

LOCK_SECONDS = 5
"""How long a migration waits for a table that somebody uses; whoever comes after it waits behind it."""
TRIES = 5
_PAUSE = 2.0

Step = tuple[str, str]
"""A migration: its app and its name."""


@dataclass(frozen=True)
class Standing:
    """How a database stands to this version."""

    pending: tuple[Step, ...]
    """steps of this version that the database has not taken"""
    unknown: tuple[Step, ...]
    """steps that the database has taken and this version does not know: a newer one did"""
    fresh: bool
    """whether it has taken none at all"""


def standing(applied: Iterable[Step] | None = None) -> Standing:
    """Compare the steps that were taken (those of the connected database, unless given) with our own."""
    taken = set(MigrationRecorder(connection).applied_migrations() if applied is None else applied)
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    ours = {app for app, _name in known}
    return Standing(
        pending=tuple(sorted(known - taken)),
        unknown=tuple(sorted(step for step in taken - known if step[0] in ours)),
        fresh=not taken,
    )


def named(steps: Iterable[Step]) -> str:
    """The steps as people write them."""
    return ", ".join(f"{app}.{name}" for app, name in steps)


def refuse_newer(found: Standing) -> None:
    """Raise Conflict when a newer Minga has worked on the database: this one would damage it or fail."""
    if found.unknown:
        raise Conflict(
            _(
                "Esta base de datos ya la actualizó una versión de Minga posterior a {version} (pasos que esta no "
                "conoce: {steps}). Instale esa versión, o restaure una copia anterior con «minga restore»."
            ).format(version=__version__, steps=named(found.unknown))
        )


def migrate() -> int:
    """Take all steps that are missing and give the runtime role its rights; returns how many tables are new.

    A step that cannot have a table within some seconds gives up, lets people go on, and is tried again. Raises
    Conflict for a newer database, Unavailable when a table stays in use.
    """
    refuse_newer(standing())
    before = set(connection.introspection.table_names())
    for left in reversed(range(TRIES)):
        try:
            _patiently()
            break
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != "55P03" or not left:
                raise _gave_up(error) from error
            time.sleep(_PAUSE)
    privileges.grant()
    return len(set(connection.introspection.table_names()) - before)


def _patiently() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{LOCK_SECONDS}s"])
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


def _gave_up(error: OperationalError) -> Exception:
    if getattr(error.__cause__, "sqlstate", "") != "55P03":
        return error
    return Unavailable(
        _(
            "Alguien usa una tabla que hay que cambiar, y no la soltó en {tries} intentos de {seconds} segundos. "
            "Lo hecho hasta aquí vale. Espere a que termine (una copia de seguridad, un informe) y repita."
        ).format(tries=TRIES, seconds=LOCK_SECONDS)
    )
