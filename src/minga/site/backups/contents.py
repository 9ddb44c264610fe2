"""What a backup says about itself, and whether everything in it is so. Needs neither Django nor a database."""

import hashlib
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from minga.kernel import digests
from minga.kernel.errors import MingaError
from minga.site.backups.archive import FORMAT, KEYS, MANIFEST, PROOF, Archive, Damaged, canonical, measure

_UNREADABLE = (tarfile.TarError, zlib.error, EOFError, OSError, KeyError, TypeError, ValueError, IndexError)


class Newer(MingaError):
    """A later Minga wrote this."""


@dataclass(frozen=True)
class Contents:
    """A backup that was read to its end and found whole."""

    archive: Archive
    manifest: Mapping[str, Any]
    proof: Mapping[str, Any]
    keys: Mapping[str, str] | None
    """the sealed keys, when the backup carries them"""

    @property
    def rows(self) -> int:
        """Rows in all tables together."""
        return sum(table["rows"] for table in self.proof["tables"].values())


def check(path: Path) -> Contents:
    """Read the whole file: every byte, each table's rows, each stored file. Raises Damaged or Newer."""
    archive = Archive(path)
    try:
        manifest = archive.json(MANIFEST)
        if manifest["format"] > FORMAT:
            raise Newer(
                _(
                    "{path} la escribió Minga {version}, con un formato que esta versión no conoce. "
                    "Instale Minga {version} o posterior. No se tocó nada."
                ).format(path=path, version=manifest["minga"])
            )
        proof = archive.json(PROOF)
        wrong = _wrong(archive, manifest, proof)
        keys = archive.json(KEYS)
    except _UNREADABLE as error:
        raise Damaged(path, _("su estructura no es la de una copia")) from error
    if wrong:
        raise Damaged(path, wrong)
    return Contents(archive, manifest, proof, keys)


def sign(proof: Mapping[str, Any], ledger_key: bytes) -> str:
    """The instance's signature over everything that the proof says (Ed25519, RFC 8032)."""
    return _signer(ledger_key).sign(canonical(proof)).hex()


def authentic(contents: Contents, ledger_key: bytes) -> bool:
    """Whether the instance that holds this key wrote the backup, and nobody changed it on purpose."""
    said = {name: value for name, value in contents.proof.items() if name != "signature"}
    signature = bytes.fromhex(contents.proof["signature"])
    try:
        _signer(ledger_key).public_key().verify(signature, canonical(said))
    except InvalidSignature:
        return False
    return True


def _signer(ledger_key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(ledger_key[:32])


def _wrong(archive: Archive, manifest: Mapping[str, Any], proof: Mapping[str, Any]) -> str:
    """What is not as the proof says; empty when all is."""
    if hashlib.sha256(canonical(manifest)).hexdigest() != proof["manifest"]:
        return _("su descripción no corresponde a su contenido")
    empty = measure(())
    found = {name: empty for name in manifest["tables"]} | {
        name: measure(pieces) for name, pieces in archive.tables()
    }
    for name in found.keys() | proof["tables"].keys():
        if found.get(name) != proof["tables"].get(name):
            return _("la tabla {name} no está completa").format(name=name)
    count = size = 0
    for sha256, content in archive.files():
        length, digest = digests.of_stream(content)
        if digest != sha256:
            return _("el archivo {sha256} no es el que se guardó").format(sha256=sha256)
        count, size = count + 1, size + length
    if {"count": count, "bytes": size} != proof["files"]:
        return _("faltan archivos")
    return ""
