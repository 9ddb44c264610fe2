"""Taking a file in: received with a limit, recognised, cleaned, scanned, and written once."""

import os
import shutil
import tempfile
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.translation import gettext as _

from minga.foundation.files import pictures, scanning
from minga.foundation.files.formats import recognise
from minga.foundation.files.models import StoredFile
from minga.kernel import digests
from minga.kernel.actors import Actor
from minga.kernel.clock import now
from minga.kernel.errors import Invalid, NotFound, Unavailable

SPOOL = 1024 * 1024
"""bytes kept in memory before a temporary file is used"""
CHUNK = 64 * 1024
LONGEST_NAME = 150
_MEGABYTE = 1024 * 1024


def store(
    upload: "File[bytes]", *, actor: Actor, allowed: Collection[str], limit: int | None = None
) -> StoredFile:
    """Keep an uploaded file whose media type is one of `allowed`; `limit` in bytes, else the instance's own.

    The same content is kept once, however often it comes and under whatever names. Raises Invalid with words
    to show at the field, and Unavailable when it cannot be scanned or written; nothing half-written stays.
    """
    name = clean_name(upload.name or "")
    with _disk_trouble(), _received(upload, limit or settings.MINGA_UPLOAD_LIMIT) as received:
        found = recognise(received, name, allowed)
        if not pictures.is_picture(found.media_type):
            return _keep(received, name, found.media_type, actor)
        with _temporary() as picture:
            pictures.clean(received, found.media_type, picture)
            return _keep(picture, name, found.media_type, actor)


def open_file(sha256: str) -> "File[bytes]":
    """The bytes of a stored file, to read and close. Raises NotFound, or Unavailable if the storage lost it."""
    stored = StoredFile.objects.filter(pk=sha256).first()
    if stored is None:
        raise NotFound(_("Este archivo no existe."))
    return open_stored(stored)


def open_stored(stored: StoredFile) -> "File[bytes]":
    """The bytes of a file whose row the caller has. Raises Unavailable if the storage lost it."""
    try:
        return cast("File[bytes]", default_storage.open(stored.path, "rb"))
    except OSError as error:
        raise Unavailable(_("El archivo no se puede leer ahora. Inténtelo más tarde.")) from error


def intact(stored: StoredFile) -> bool:
    """Whether the storage still holds exactly the bytes that were kept."""
    return _holds(stored.path, stored.sha256)


@contextmanager
def fetch(sha256: str) -> Iterator[IO[bytes] | None]:
    """A private copy of a stored file's bytes, known to be the right ones; None when the storage lost them.

    Raises OSError when the storage cannot be read now, which is no loss.
    """
    with _temporary() as copy:
        try:
            with default_storage.open(StoredFile(sha256=sha256).path, "rb") as kept:
                shutil.copyfileobj(kept, copy, CHUNK)
        except FileNotFoundError:
            yield None
        else:
            yield copy if _measure(copy)[1] == sha256 else None


def put_back(sha256: str, content: IO[bytes]) -> None:
    """Write the bytes of a file whose row comes from a backup. Raises Invalid when they are others."""
    with _disk_trouble(), _temporary() as copy:
        shutil.copyfileobj(content, copy, CHUNK)
        if _measure(copy)[1] != sha256:
            raise Invalid(_("El archivo no es el que se guardó."))
        _write(copy, StoredFile(sha256=sha256).path, sha256)


def clean_name(name: str) -> str:
    """A file's name as people may see it: no folders, no control or invisible characters, not too long."""
    base = name.replace("\\", "/").rpartition("/")[2]
    composed = unicodedata.normalize("NFC", base)
    visible = "".join(mark if unicodedata.category(mark)[0] not in "CZ" else " " for mark in composed)
    tidy = " ".join(visible.split()).lstrip(". ")
    stem, dot, ending = tidy.rpartition(".")
    if not dot:
        return tidy[:LONGEST_NAME] or "archivo"
    return f"{stem[: LONGEST_NAME - 1 - len(ending)] or 'archivo'}.{ending}"[:LONGEST_NAME]


@contextmanager
def _temporary() -> Iterator[IO[bytes]]:
    with tempfile.SpooledTemporaryFile(max_size=SPOOL) as spooled:
        yield cast("IO[bytes]", spooled)


@contextmanager
def _received(upload: "File[bytes]", limit: int) -> Iterator[IO[bytes]]:
    """A private copy of what arrives, never more than `limit` bytes of it."""
    with _temporary() as copy:
        size = 0
        for chunk in upload.chunks(CHUNK):
            size += len(chunk)
            if size > limit:
                words = _("El archivo pesa más de {limit} MB. Suba uno más liviano.")
                raise Invalid(words.format(limit=f"{limit / _MEGABYTE:.3g}".replace(".", ",")))
            copy.write(chunk)
        if not size:
            raise Invalid(_("El archivo está vacío. Elija otro."))
        yield copy


def _keep(content: IO[bytes], name: str, media_type: str, actor: Actor) -> StoredFile:
    size, sha256 = _measure(content)
    known = StoredFile.objects.filter(pk=sha256).first()
    state = known.scan if known else StoredFile.Scan.NOT_SCANNED
    if scanning.configured() and state != StoredFile.Scan.CLEAN:
        scanning.scan(content)
        state = StoredFile.Scan.CLEAN
    stored = known or StoredFile(
        sha256=sha256, size=size, media_type=media_type, name=name, uploaded_by=actor.reference
    )
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever brings the same content at the same moment waits here, and then finds it written.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"files:{sha256}"])
        _write(content, stored.path, sha256)
        return _remember(stored, state)


def _remember(stored: StoredFile, state: str) -> StoredFile:
    kept, new = StoredFile.objects.get_or_create(
        pk=stored.sha256,
        defaults={
            "size": stored.size,
            "media_type": stored.media_type,
            "name": stored.name,
            "uploaded_by": stored.uploaded_by,
            "scan": state,
            "scanned_at": now() if state == StoredFile.Scan.CLEAN else None,
        },
    )
    if not new and state == StoredFile.Scan.CLEAN != kept.scan:
        kept.scan, kept.scanned_at = state, now()
        kept.save(update_fields=["scan", "scanned_at"])
    return kept


def _write(content: IO[bytes], path: str, sha256: str) -> None:
    """Write the bytes once. What a crash left half-written under this name is replaced."""
    if default_storage.exists(path):
        if _holds(path, sha256):
            return
        default_storage.delete(path)
    content.seek(0)
    try:
        default_storage.save(path, File(content))
        _settle(path)
    except BaseException:
        default_storage.delete(path)
        raise


def _settle(path: str) -> None:
    """Make sure that the bytes are on the disk, where the storage is one: the database will say they are."""
    try:
        place = Path(default_storage.path(path))
    except NotImplementedError:
        return
    for each in (place, place.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _holds(path: str, sha256: str) -> bool:
    try:
        with default_storage.open(path, "rb") as kept:
            return _measure(kept)[1] == sha256
    except OSError:
        return False


def _measure(content: IO[bytes]) -> tuple[int, str]:
    """Size in bytes and SHA-256."""
    content.seek(0)
    return digests.of_stream(content)


@contextmanager
def _disk_trouble() -> Iterator[None]:
    """A full or failing disk, in words: the person did nothing wrong."""
    try:
        yield
    except OSError as error:
        raise Unavailable(
            _("No hay espacio para guardar el archivo o el disco no responde. Inténtelo más tarde.")
        ) from error
