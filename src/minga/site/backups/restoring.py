"""Bringing an instance back from a backup: into a database beside its own, proved there, and then exchanged."""

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from gettext import gettext as _
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from minga.foundation.database import copying
from minga.foundation.database.spare import Spare, in_use
from minga.foundation.files.storing import put_back
from minga.foundation.jobs import mending
from minga.foundation.ledger import sealing
from minga.foundation.ledger.verification import NOT_OURS, Verdict, verify
from minga.kernel.errors import Conflict, MingaError, Unavailable
from minga.modules.identity.contracts import forget_sessions
from minga.site import upgrades
from minga.site.backups import keys
from minga.site.backups.archive import measure
from minga.site.backups.contents import Contents, Newer
from minga.site.backups.taking import instance_name

Say = Callable[[str], None]
_ANY_RELATION = """
    SELECT EXISTS (
        SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
            AND NOT EXISTS (
                SELECT FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
            )
    )
"""


class Unproved(MingaError):
    """What came out of the backup is not what went in."""


@dataclass
class Restored:
    """What was done, and where that which was there before is kept."""

    rows: int
    files: int
    verdict: Verdict
    aside: str = ""
    """name of the database that was replaced; empty when there was nothing in it"""
    kept: list[Path] = field(default_factory=list)
    """keys and anchor that were there before"""
    foreign: tuple[str, ...] = ()
    """tables that are not Minga's and were left out"""


def restore(
    found: Contents,
    address: str,
    *,
    replace: str = "",
    place_keys: Mapping[str, bytes] | None = None,
    keys_lost: bool = False,
    say: Say = lambda text: None,
) -> Restored:
    """Make the instance at this address (its owner's) be what the backup holds.

    The process already works with the backup's keys, unless they are lost for good (`keys_lost`: no signature can
    be checked then); `place_keys` are those to be written into the home folder.
    `replace` repeats the instance's name when there is something to lose. Raises Newer, Conflict, Unproved or
    DatabaseTrouble; until the very end nothing that was there has changed.
    """
    steps = _steps(found)
    spare = Spare(address, f"{connection.settings_dict['NAME']}_restored")
    spare.allowed()
    used = _refuse_loss(replace)
    if (count := spare.busy()) > 0:
        raise in_use(spare.own, count)
    aside = f"{spare.own}_before_{time.strftime('%Y%m%dt%H%M%Sz', time.gmtime())}"
    with _in_words(), _beside(spare):
        done = _fill(found, steps, keys_lost, say)
        say(_("Archivos: {count}").format(count=done.files))
        for sha256, content in found.archive.files():
            put_back(sha256, content)
    with _keys_in_place(done, place_keys, spare):
        spare.exchange(aside)
    if used:
        done.aside = aside
        say(_aside_in_words(aside))
    else:
        Spare(address, aside).drop()
    _settle_anchor(done)
    return done


def _aside_in_words(name: str) -> str:
    return _(
        "La base anterior quedó como «{name}». Cuando ya no la necesite, ejecute en PostgreSQL: "
        "DROP DATABASE {name}"
    ).format(name=name)


def _steps(found: Contents) -> list[upgrades.Step]:
    """The migrations that the backup's tables had taken; raises Newer when this version lacks one of them."""
    steps = [(app, name) for app, name in found.manifest["migrations"]]
    unknown = upgrades.standing(steps).unknown
    if unknown:
        raise Newer(
            _(
                "La copia es de Minga {version}, posterior a esta (pasos que esta no conoce: {steps}). "
                "Instale Minga {version} o posterior. No se tocó nada."
            ).format(version=found.manifest["minga"], steps=upgrades.named(unknown))
        )
    return steps


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """What the database refuses, a full disk above all, told with what it means here."""
    try:
        yield
    except (psycopg.Error, DatabaseError) as error:
        raise Unavailable(
            _("La base de datos no recibió la copia: {reason} No se cambió nada.").format(
                reason=str(error).strip().split("\n", 1)[0]
            )
        ) from error


def _refuse_loss(replace: str) -> bool:
    """Whether there is something in the database; raises Conflict unless it is ours and was named to be replaced."""
    with connection.cursor() as cursor:
        cursor.execute(_ANY_RELATION)
        occupied = bool(cursor.fetchone()[0])
        cursor.execute("SELECT to_regclass('public.ledger_fact') IS NOT NULL")
        used = bool(cursor.fetchone()[0])
        if used:
            cursor.execute("SELECT count(*) FROM ledger_fact")
            facts = cursor.fetchone()[0]
    connection.close()
    if occupied and not used:
        raise Conflict(
            _(
                "La base de datos «{name}» tiene tablas que no son de Minga. No se tocó nada. "
                "Indique en MINGA_DATABASE_URL una base vacía."
            ).format(name=connection.settings_dict["NAME"])
        )
    if used and replace != instance_name():
        raise Conflict(
            _(
                "La instancia «{name}» ya tiene datos ({facts} hechos). No se tocó nada. Si quiere reemplazarlos "
                "por los de la copia, agregue: --replace {name}"
            ).format(name=instance_name(), facts=facts)
        )
    return used


@contextlib.contextmanager
def _beside(spare: Spare) -> Iterator[None]:
    """Let Django work in a new database beside the own one, which is dropped when something fails."""
    spare.create()
    chosen = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = spare.name
    try:
        yield
    except BaseException:
        connection.close()
        spare.drop()
        raise
    finally:
        connection.close()
        connection.settings_dict["NAME"] = chosen


def _fill(found: Contents, steps: list[upgrades.Step], keys_lost: bool, say: Say) -> Restored:
    """Tables as they were, their rows, the proof that they are the same, and the way to this version."""
    say(_("Tablas, como eran en Minga {version}").format(version=found.manifest["minga"]))
    executor = MigrationExecutor(connection)
    executor.migrate(_ends(executor, set(steps)))
    foreign = _load(found, say)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    upgrades.migrate()
    with transaction.atomic():
        mending.put_back(timedelta(0))  # whoever worked when the backup was taken does not work here
        forget_sessions()
    say(_("Libro de hechos: comprobando cada sello"))
    verdict = verify(anchored=False)
    _compare_ledgers(found, verdict, keys_lost)
    return Restored(
        rows=found.rows, files=found.proof["files"]["count"], verdict=verdict, foreign=tuple(foreign)
    )


def _ends(executor: MigrationExecutor, steps: set[upgrades.Step]) -> list[upgrades.Step]:
    """The last step of each app: reaching those takes all others."""
    graph = executor.loader.graph
    return [
        step
        for step in sorted(steps & graph.nodes.keys())
        if not any(child.key[0] == step[0] and child.key in steps for child in graph.node_map[step].children)
    ]


def _load(found: Contents, say: Say) -> list[str]:
    """All rows, in one transaction that ends only when each table reads back as it was written."""
    with transaction.atomic(durable=True):
        raw = _raw()
        copying.steady(raw)
        ours = {table.name: table for table in copying.tables(raw)}
        with copying.quiet(raw, list(ours.values())):
            for name, pieces in found.archive.tables():
                if name in ours:
                    copying.load(raw, _as_saved(ours[name], found.manifest["tables"][name]), pieces)
        copying.advance(raw, found.manifest["sequences"])
        say(_("Filas: {rows}; leyéndolas de nuevo").format(rows=found.rows))
        for name, table in ours.items():
            written = found.proof["tables"].get(name)
            if measure(copying.dump(raw, _as_saved(table, found.manifest["tables"].get(name)))) != written:
                raise Unproved(
                    _("La tabla {name} no quedó como en la copia. No se cambió nada.").format(name=name)
                )
    return [name for name in found.manifest["tables"] if name not in ours]


def _as_saved(table: copying.Table, columns: list[str] | None) -> copying.Table:
    """The table with its columns in the order of the backup."""
    if columns is None or set(columns) != set(table.columns):
        raise Unproved(
            _("La tabla {name} tiene otras columnas que en la copia. No se cambió nada.").format(
                name=table.name
            )
        )
    return copying.Table(table.name, tuple(columns))


def _raw() -> psycopg.Connection:
    connection.ensure_connection()
    raw: psycopg.Connection = connection.connection
    return raw


def _compare_ledgers(found: Contents, verdict: Verdict, keys_lost: bool) -> None:
    """The ledger must be as sound as it was, not more and not less; without its key no signature counts."""
    then: Mapping[str, Any] = found.proof["ledger"] or {"faults": [], "facts": verdict.facts}
    faults = [fault for fault in verdict.faults if not (keys_lost and fault.endswith(NOT_OURS))]
    if faults != list(then["faults"]) or verdict.facts != then["facts"]:
        raise Unproved(
            _(
                "El libro de hechos no quedó como en la copia. No se cambió nada. Esto se halló:\n{faults}"
            ).format(faults="\n".join(verdict.faults))
        )


@contextlib.contextmanager
def _keys_in_place(done: Restored, place_keys: Mapping[str, bytes] | None, spare: Spare) -> Iterator[None]:
    """The restored keys are on the disk before their database is in use; both go again when that fails."""
    home = Path(settings.MINGA_HOME)
    try:
        aside = keys.place(home, place_keys) if place_keys else None
        try:
            yield
        except BaseException:
            if place_keys:
                keys.withdraw(home, aside)
            raise
    except BaseException:
        spare.drop()
        raise
    done.kept += filter(None, [aside])


def _settle_anchor(done: Restored) -> None:
    """The anchor of the home folder follows the database; the one that was there is kept beside it."""
    anchor = sealing.anchor_path()
    if anchor.exists():
        aside = anchor.with_name(
            f"{anchor.stem}.before-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}.json"
        )
        anchor.rename(aside)
        done.kept.append(aside)
    sealing.accept()
    connection.close()
