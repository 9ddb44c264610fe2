"""Databases of their own for these tests: a small instance to back up, made once, and empty ones to restore into."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from minga.site.backups.tests.databases import new_database, working_in

PHRASE = "cuatro llamas cruzan el paramo"


@dataclass
class Source:
    """The instance that was backed up: its database, its files, and the backup."""

    name: str
    address: str
    path: Path
    sha256: str


def furnish():
    """A small instance: an institution, a person, a document, sealed and unsealed facts, a job under way."""
    from django.db import connection, transaction

    from minga.foundation.files.storing import store
    from minga.foundation.files.tests.samples import A_PDF, CLERK, PDF, upload
    from minga.foundation.ledger.recording import record
    from minga.foundation.ledger.sealing import seal
    from minga.foundation.ledger.tests.rehearsal import Closed, thing
    from minga.kernel.actors import Actor, Role
    from minga.modules.identity.tests.cast import new_institution, new_person
    from minga.site import upgrades

    upgrades.migrate()
    new_person(role=Role.EDITOR, at=new_institution("mintel", "Ministerio de «\t\\N»\nTelecomunicaciones"))
    stored = store(upload(A_PDF), actor=CLERK, allowed={PDF})
    seal()
    with transaction.atomic():
        record(Closed(), actor=Actor.system("test"), subject=thing(1))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, priority, args, attempts)"
            " VALUES ('default', 'ledger.seal', 'doing', 0, '{\"timestamp\": 1}', 1)"
        )
    return stored.sha256


@pytest.fixture(scope="module")
def source(tmp_path_factory, django_db_blocker):
    """The instance and a backup of it, with its keys."""
    from minga.site.backups.taking import take

    path = tmp_path_factory.mktemp("backups") / "minga.minga-backup"
    with django_db_blocker.unblock(), new_database() as (name, address):
        with working_in(name):
            sha256 = furnish()
            take(path, passphrase=PHRASE)
        yield Source(name, address, path, sha256)


@pytest.fixture
def empty(django_db_blocker):
    """An empty database in which Django works: its owner's address."""
    with django_db_blocker.unblock(), new_database() as (name, address), working_in(name):
        yield address


@pytest.fixture
def small(tmp_path):
    """A backup with a table, a file and keys, written without any database."""
    import hashlib
    import io

    from minga.site.backups import archive, contents, keys

    path = tmp_path / "small.minga-backup"
    with archive.Writer(path, moment=0) as writer:
        manifest = {
            "format": archive.FORMAT,
            "minga": "0.1.0",
            "tables": {"a": ["x"], "b": ["x"]},
            "keys": {},
        }
        text = writer.add_json(archive.MANIFEST, manifest)
        rows = {"a": writer.add_table("a", [b"1\n", b"2\n"]), "b": writer.add_table("b", [])}
        writer.add(f"files/{hashlib.sha256(b'x' * 700).hexdigest()}", 700, io.BytesIO(b"x" * 700))
        writer.add_json(archive.KEYS, keys.seal({"ledger": os.urandom(32)}, PHRASE))
        proof: dict[str, object] = {
            "manifest": hashlib.sha256(text).hexdigest(),
            "tables": rows,
            "lost": [],
            "ledger": None,
        }
        proof["files"] = {"count": 1, "bytes": 700}
        writer.add_json(archive.PROOF, {**proof, "signature": contents.sign(proof, bytes(32))})
        writer.close()
    return path
