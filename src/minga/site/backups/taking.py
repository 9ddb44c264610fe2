"""Writing a backup of the running instance: one snapshot of the database, and the files that it names."""

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from minga import __version__
from minga.foundation.database import copying
from minga.foundation.files.storing import fetch
from minga.foundation.ledger.verification import verify
from minga.kernel.clock import now
from minga.kernel.errors import Conflict, MingaError, NotFound, Unavailable
from minga.site.backups import contents, keys
from minga.site.backups.archive import FORMAT, KEYS, MANIFEST, PROOF, SUFFIX, Writer

FOLDER = "backups"
"""In the home folder: where backups go when nobody says where."""
_LAST = "last-backup.json"
_BEFORE = "before-upgrade-"
_UNFINISHED = "unfinished-upgrade.json"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Taken:
    """A backup that was written, read back and found whole."""

    path: Path
    moment: str
    """when, as ISO 8601 writes it"""
    digest: str
    """SHA-256 of everything in it"""
    size: int
    rows: int
    files: int
    lost: tuple[str, ...]
    """SHA-256 of the files that the storage has lost or changed"""
    faults: tuple[str, ...]
    """what is wrong with the ledger, in the instance as in the backup"""
    keys: bool
    """whether the keys are in it"""


def instance_name() -> str:
    """What people call this instance: the host of its public address."""
    return urlsplit(settings.MINGA_PUBLIC_URL).hostname or "minga"


def file_name() -> str:
    """A backup's name when nobody chooses one."""
    return f"minga-{now():%Y%m%dT%H%M%SZ}{SUFFIX}"


def take(
    target: Path, *, passphrase: str | None, prove: bool = True, progress: Progress = lambda done, total: None
) -> Taken:
    """Write `target` (a file, or a folder to put one in), read it back whole, and only then give it its name.

    The keys go in under `passphrase`; with None they stay out. `prove` recomputes all seals within the same
    snapshot; a fault is told and does not keep anybody from a backup. Raises Conflict when the file exists,
    Unavailable when the disk is full, NotFound in an empty database.
    """
    if target.is_dir():
        target = target / file_name()
    if target.exists():
        raise Conflict(_("{path} ya existe. Elija otro nombre.").format(path=target))
    held = keys.current(settings.MINGA_HOME)
    box = keys.seal(held, passphrase) if passphrase is not None else None
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with Writer(part, moment=int(now().timestamp())) as writer:
            _write(writer, keys.fingerprints(held), box, prove, progress)
        found = contents.check(part)
        part.rename(target)
        _settle(target.parent)
    except OSError as error:
        raise _trouble(target, error) from error
    except (psycopg.Error, DatabaseError) as error:
        raise Unavailable(
            _("La base de datos no dejó terminar la copia: {reason}").format(
                reason=str(error).strip().split("\n", 1)[0]
            )
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return _told(found, target)


def before_upgrade() -> Taken | None:
    """A backup in the home folder before its tables change, without keys, as those stay there.

    None when the one of an upgrade that did not come to its end, and since which nobody worked, still holds. Of
    these backups the newest three are kept.
    """
    folder, mark, position = Path(settings.MINGA_HOME) / FOLDER, _mark(), _position()
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        noted = json.loads(mark.read_text())
        if noted["position"] == position and (folder / noted["name"]).exists():
            return None
    folder.mkdir(mode=0o700, exist_ok=True)
    taken = take(folder / f"{_BEFORE}{file_name()}", passphrase=None, prove=False)
    for old in sorted(folder.glob(f"{_BEFORE}*{SUFFIX}"))[:-3]:
        old.unlink()
    draft = mark.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps({"name": taken.path.name, "position": position}))
    draft.replace(mark)
    return taken


def upgraded() -> None:
    """The upgrade came to its end: the next one has a backup of its own."""
    _mark().unlink(missing_ok=True)


def _mark() -> Path:
    return Path(settings.MINGA_HOME) / _UNFINISHED


def _position() -> int:
    """The newest fact's position: whether anybody worked since. 0 before there is a ledger."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.ledger_fact') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT coalesce(max(position), 0) FROM ledger_fact")
        return int(cursor.fetchone()[0])


def note(taken: Taken) -> None:
    """Remember in the home folder that somebody took this backup; `minga doctor` asks `last`."""
    path = Path(settings.MINGA_HOME) / _LAST
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(
        json.dumps(
            {
                "taken_at": taken.moment,
                "path": str(taken.path.resolve()),
                "sha256": taken.digest,
                "lost": len(taken.lost),
            }
        )
    )
    draft.replace(path)


@dataclass(frozen=True)
class Last:
    """The newest backup that was taken by hand or by a timetable."""

    moment: datetime
    lost: int
    """how many files the storage had lost by then"""


def last() -> Last | None:
    """What is known of the newest backup; None when none is."""
    try:
        noted = json.loads((Path(settings.MINGA_HOME) / _LAST).read_text())
        return Last(datetime.fromisoformat(noted["taken_at"]), int(noted.get("lost", 0)))
    except (OSError, ValueError, KeyError):
        return None


def _write(
    writer: Writer, marks: Mapping[str, str], box: Mapping[str, str] | None, prove: bool, progress: Progress
) -> None:
    with _snapshot() as raw:
        tables = copying.tables(raw)
        manifest = _manifest(raw, tables, marks)
        text = writer.add_json(MANIFEST, manifest)
        rows = {}
        for done, table in enumerate(tables):
            progress(done, len(tables))
            rows[table.name] = writer.add_table(table.name, copying.dump(raw, table))
        files, lost = _files(writer, raw)
        if box is not None:
            writer.add_json(KEYS, box)
        verdict = asdict(verify(anchored=False, progress=progress)) if prove else None
    proof: dict[str, Any] = {
        "manifest": hashlib.sha256(text).hexdigest(),
        "tables": rows,
        "files": files,
        "lost": lost,
        "ledger": verdict,
    }
    writer.add_json(PROOF, {**proof, "signature": contents.sign(proof, settings.MINGA_LEDGER_KEY)})
    writer.close()


@contextlib.contextmanager
def _snapshot() -> Iterator[psycopg.Connection]:
    """One unchanging view of the whole database, whatever people do meanwhile; the tables keep their form."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        raw: psycopg.Connection = connection.connection
        copying.steady(raw)
        names = [sql.Identifier(table.name) for table in copying.tables(raw)]
        if sql.Identifier("django_migrations") not in names:
            raise NotFound(_("La base de datos está vacía: todavía no hay nada que guardar."))
        raw.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(sql.SQL(", ").join(names)))
        yield raw


def _manifest(
    raw: psycopg.Connection, tables: list[copying.Table], marks: Mapping[str, str]
) -> dict[str, Any]:
    position = raw.execute("SELECT coalesce(max(position), 0) FROM ledger_fact").fetchone()
    newest = "SELECT number, last, encode(root, 'hex') FROM ledger_seal ORDER BY number DESC LIMIT 1"
    return {
        "format": FORMAT,
        "minga": __version__,
        "instance": instance_name(),
        "taken_at": f"{now():%Y-%m-%dT%H:%M:%SZ}",
        "postgresql": raw.info.server_version // 10_000,
        "migrations": raw.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall(),
        "tables": {table.name: table.columns for table in tables},
        "sequences": copying.sequences(raw),
        "ledger": {"position": position[0] if position else 0, "seal": raw.execute(newest).fetchone()},
        "keys": marks,
    }


def _files(writer: Writer, raw: psycopg.Connection) -> tuple[dict[str, int], list[str]]:
    """Every stored file that the snapshot names; those that are lost are told, and the others still saved."""
    count = size = 0
    lost = []
    with raw.cursor("minga_files") as rows:
        for (sha256,) in rows.execute("SELECT sha256 FROM files_stored_file ORDER BY sha256"):
            with _reading(sha256) as content:
                if content is None:
                    lost.append(sha256)
                    continue
                length = content.seek(0, os.SEEK_END)
                content.seek(0)
                writer.add(f"files/{sha256}", length, content)
                count, size = count + 1, size + length
    return {"count": count, "bytes": size}, lost


@contextlib.contextmanager
def _reading(sha256: str) -> Iterator[IO[bytes] | None]:
    """The file's bytes, None when they are lost. A storage that does not answer has lost nothing: no backup then."""
    with contextlib.ExitStack() as stack:
        try:
            content = stack.enter_context(fetch(sha256))
        except OSError as error:
            if error.errno in _FULL:
                raise
            raise Unavailable(
                _("No se pudo leer del almacén el archivo {sha256}: {reason}. No se hizo la copia.").format(
                    sha256=sha256, reason=error.strerror or error
                )
            ) from error
        yield content


def _settle(folder: Path) -> None:
    """Wait until the disk knows the file by its name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _trouble(target: Path, error: OSError) -> MingaError:
    if error.errno in _FULL:
        return Unavailable(
            _("No hay espacio para la copia en {path}. Libere espacio o elija otro disco.").format(
                path=target.parent
            )
        )
    return Unavailable(
        _("No se pudo escribir la copia en {path}: {reason}.").format(
            path=target, reason=error.strerror or error
        )
    )


def _told(found: contents.Contents, target: Path) -> Taken:
    return Taken(
        path=target,
        moment=found.manifest["taken_at"],
        digest=found.archive.digest,
        size=target.stat().st_size,
        rows=found.rows,
        files=found.proof["files"]["count"],
        lost=tuple(found.proof["lost"]),
        faults=tuple((found.proof["ledger"] or {"faults": ()})["faults"]),
        keys=found.keys is not None,
    )
