"""The file: a plain tar that any machine can open, and one last line with the digest of every byte before it.

    manifest.json                   what this is; first, so that a reader can refuse at once
    tables/<name>/00000001.gz ...   rows as PostgreSQL's COPY writes them, in pieces
    files/<sha256>                  the stored files
    keys.json                       the instance's keys, under a passphrase; not always there
    proof.json                      rows and digest of each table, what was lost, a signature

Written in one go and read in one go, a piece at a time. `head -c -85 FILE | sha256sum` gives what the last line says.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from gettext import gettext as _
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from minga.kernel.errors import MingaError

FORMAT = 1
SUFFIX = ".minga-backup"
PIECE = 4 * 2**20
"""bytes of rows in one member, before they are compressed"""
MANIFEST, KEYS, PROOF = "manifest.json", "keys.json", "proof.json"
_LEVEL = 1
_CHUNK = 2**20
_PREFIX = b"minga-backup sha256 "
TRAILER = len(_PREFIX) + 64 + 1


class Damaged(MingaError):
    """The file is not a whole, unchanged backup."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _("{path} no es una copia íntegra: {reason}. No se tocó nada. Use otra copia.").format(
                path=path, reason=reason
            )
        )


class Writer:
    """A backup being written at `path`, which must not exist; readable by its owner only."""

    def __init__(self, path: Path, *, moment: int) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        self._file = _Hashing(os.fdopen(descriptor, "wb"))
        self._tar = tarfile.open(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._moment = moment

    def add(self, name: str, size: int, content: IO[bytes]) -> None:
        """One member of exactly `size` bytes."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, self._moment
        self._tar.addfile(info, content)
        _forget(self._tar)

    def add_json(self, name: str, value: object) -> bytes:
        """One member with this value; returns its bytes."""
        text = canonical(value)
        self.add(name, len(text), io.BytesIO(text))
        return text

    def add_table(self, name: str, rows: Iterable[bytes]) -> dict[str, Any]:
        """The rows of a table, compressed beside the reading; returns their number, bytes and digest."""
        measured = Measured()
        for number, piece in enumerate(_compressed(measured.through(_pieces(rows))), 1):
            self.add(f"tables/{name}/{number:08}.gz", len(piece), io.BytesIO(piece))
        return measured.result()

    def close(self) -> None:
        """End the file with its own digest and wait until the disk has it."""
        self._tar.close()
        self._file.write(_PREFIX + self._file.digest.hexdigest().encode() + b"\n")
        self._file.settle()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.inner.close()


class Archive:
    """A backup to read. Raises Damaged at once unless every byte is as it was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digest = _whole(path)

    def json(self, name: str) -> Any:
        """The value of one member; None when it is not there."""
        for found, content in self.members(name):
            if found == name:
                return json.loads(content.read())
        return None

    def tables(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each table's name and its rows, in pieces; to be used up before the next table is asked for."""
        pieces = ((name.split("/")[1], content) for name, content in self.members("tables/"))
        for table, group in groupby(pieces, key=lambda each: each[0]):
            yield table, (piece for _table, content in group for piece in _unzipped(content))

    def files(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Each stored file by its SHA-256."""
        for name, content in self.members("files/"):
            yield name.split("/")[1], content

    def members(self, prefix: str = "") -> Iterator[tuple[str, IO[bytes]]]:
        """The members whose names begin so, in order; each is readable until the next is asked for."""
        with tarfile.open(self.path, mode="r:") as tar:
            while (info := tar.next()) is not None:
                if info.name.startswith(prefix) and (content := tar.extractfile(info)):
                    yield info.name, content
                _forget(tar)


class Measured:
    """Counts rows and bytes on their way, and digests them."""

    def __init__(self) -> None:
        self._rows = self._bytes = 0
        self._digest = hashlib.sha256()

    def through(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces; COPY ends each row with a line feed and writes no other."""
        for piece in pieces:
            self._rows += piece.count(b"\n")
            self._bytes += len(piece)
            self._digest.update(piece)
            yield piece

    def result(self) -> dict[str, Any]:
        """What came through."""
        return {"rows": self._rows, "bytes": self._bytes, "sha256": self._digest.hexdigest()}


def measure(pieces: Iterable[bytes]) -> dict[str, Any]:
    """Rows, bytes and digest of a table's rows."""
    measured = Measured()
    deque(measured.through(pieces), maxlen=0)
    return measured.result()


def canonical(value: object) -> bytes:
    """JSON with one form for one value: what a signature can cover."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


class _Hashing(io.BufferedIOBase):
    """A file to write, with the digest of all that was written."""

    def __init__(self, raw: IO[bytes]) -> None:
        self.inner, self.digest, self._position = raw, hashlib.sha256(), 0

    def write(self, data: Any) -> int:
        self.digest.update(data)
        self._position += len(data)
        return self.inner.write(data)

    def tell(self) -> int:
        return self._position

    def settle(self) -> None:
        """Wait for the disk, and let the system forget the content, so that reading it back reads the disk."""
        self.inner.flush()
        os.fsync(self.inner.fileno())
        os.posix_fadvise(self.inner.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _forget(tar: Any) -> None:
    """Of the members so far: tarfile remembers each one, and there may be millions."""
    tar.members.clear()


def _whole(path: Path) -> str:
    """The digest that the file's last line gives, which must be that of everything before it."""
    size = path.stat().st_size
    with path.open("rb") as file:
        left, digest = size - TRAILER, hashlib.sha256()
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
        end = file.read() if size > TRAILER else b""
    if not (end.startswith(_PREFIX) and end.endswith(b"\n")):
        raise Damaged(path, _("le falta el final o no es una copia de Minga"))
    if end != _PREFIX + digest.hexdigest().encode() + b"\n":
        raise Damaged(path, _("su contenido cambió después de escribirse"))
    return digest.hexdigest()


def _pieces(rows: Iterable[bytes]) -> Iterator[bytes]:
    """Rows gathered into pieces that are worth a member each."""
    held: list[bytes] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _unzipped(content: IO[bytes]) -> Iterator[bytes]:
    """What was compressed, a piece at a time: nobody vouches yet for how much it is."""
    with gzip.GzipFile(fileobj=content) as plain:
        while piece := plain.read(_CHUNK):
            yield piece


def _compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, each a gzip file of its own, in order; one is worked on while the next is read.

    More threads would be slower: the reader waits for the interpreter with every row.
    """
    working: Future[bytes] | None = None
    with ThreadPoolExecutor(1) as pool:
        for piece in pieces:
            before, working = working, pool.submit(gzip.compress, piece, _LEVEL, mtime=0)
            if before is not None:
                yield before.result()
        if working is not None:
            yield working.result()
