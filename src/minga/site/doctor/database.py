"""The database: its version, what it lacks, what our account may do, and whether its clock and ours agree."""

from datetime import datetime

from django.db import connection

from minga.foundation.ledger.privileges import may_rewrite
from minga.kernel.cards import Finding, Severity
from minga.kernel.clock import now
from minga.kernel.text import N_
from minga.site import upgrades

OLDEST = 150_000
EXTENSIONS = frozenset({"fuzzystrmatch", "pg_trgm", "unaccent"})
MOST_SECONDS_APART = 5.0


def examine() -> list[Finding]:
    """Everything that can be asked of the database in a moment."""
    return [_version(), _extensions(), _migrations(), _role(), _clock()]


def _version() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
        cursor.execute("SHOW server_version")
        name = cursor.fetchone()[0]
    if number < OLDEST:
        return Finding(
            Severity.ERROR,
            f"PostgreSQL {name}",
            N_("Minga necesita PostgreSQL 15 o posterior."),
        )
    return Finding(Severity.OK, f"PostgreSQL {name}")


def _extensions() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = EXTENSIONS - {row[0] for row in cursor.fetchall()}
    if missing:
        return Finding(
            Severity.ERROR,
            N_("Faltan extensiones en la base de datos."),
            "; ".join(f"CREATE EXTENSION {name}" for name in sorted(missing)),
        )
    return Finding(Severity.OK, N_("Las extensiones están."))


def _migrations() -> Finding:
    found = upgrades.standing()
    if found.pending:
        return Finding(
            Severity.ERROR,
            N_("Las tablas no están al día con esta versión.") + f" {upgrades.named(found.pending)}",
            N_("Haga una copia con «minga backup» y ejecute «minga migrate»."),
        )
    if found.unknown:
        return Finding(
            Severity.WARNING,
            N_("Una versión posterior de Minga ya cambió las tablas.") + f" {upgrades.named(found.unknown)}",
            N_("Termine de actualizar: instale esa versión en este equipo."),
        )
    return Finding(Severity.OK, N_("Las tablas están al día."))


def _role() -> Finding:
    if may_rewrite():
        return Finding(
            Severity.WARNING,
            N_(
                "La cuenta de la base de datos podría reescribir el libro de hechos si se quitaran sus defensas."
            ),
            N_("Use dos cuentas: minga_owner en MINGA_DATABASE_OWNER_URL y minga_app en MINGA_DATABASE_URL."),
        )
    return Finding(Severity.OK, N_("La cuenta de la base de datos no puede reescribir el libro de hechos."))


def _clock() -> Finding:
    before = now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), (SELECT max(recorded_at) FROM ledger_fact)")
        theirs, newest = cursor.fetchone()
    apart = abs((theirs - before).total_seconds())
    return clock_finding(apart=apart, theirs=theirs, newest=newest)


def clock_finding(*, apart: float, theirs: datetime, newest: datetime | None) -> Finding:
    """What two clocks `apart` seconds from each other mean, and a newest fact of this moment."""
    if newest is not None and (newest - theirs).total_seconds() > MOST_SECONDS_APART:
        return Finding(
            Severity.ERROR,
            N_("El reloj retrocedió: hay hechos registrados con una hora que todavía no llega."),
            N_("Corrija la hora del servidor de la base de datos y active la sincronización (NTP)."),
        )
    if apart > MOST_SECONDS_APART:
        return Finding(
            Severity.ERROR,
            N_("El reloj de este equipo y el de la base de datos no coinciden."),
            N_("Active la sincronización de hora (NTP) en los dos."),
        )
    return Finding(Severity.OK, N_("Los relojes coinciden."))
