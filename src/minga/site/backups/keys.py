"""The instance's keys inside a backup: named by what cannot give them away, and sealed under a passphrase.

Without them nobody can read a cédula or continue the chain of seals, so a backup that lacks them says so loudly;
in the open they would make every stolen backup a stolen register.
"""

import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Mapping
from gettext import gettext as _
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from minga.kernel.errors import Invalid

SHORTEST = 15
"""characters of a passphrase, as NIST SP 800-63B-4 asks of a password that stands alone"""
_FOLDER = "secrets"
_VARIABLE = "MINGA_SECRET_"
_COST = 2**17
_PURPOSE = b"minga-backup-keys-1"


def current(home: Path) -> dict[str, bytes]:
    """Every key of the instance in this folder; one given by the environment wins, as everywhere."""
    folder = home / _FOLDER
    found = {
        path.name: bytes.fromhex(path.read_text()) for path in sorted(folder.glob("*")) if path.is_file()
    }
    given = {
        name.removeprefix(_VARIABLE).lower(): bytes.fromhex(value)
        for name, value in os.environ.items()
        if name.startswith(_VARIABLE) and value
    }
    return found | given


def fingerprint(name: str, key: bytes) -> str:
    """What tells whether a key is the right one, and nothing about it: keys are 32 random bytes or more."""
    return hashlib.sha256(_PURPOSE + name.encode() + b"\n" + key).hexdigest()


def fingerprints(keys: Mapping[str, bytes]) -> dict[str, str]:
    """The fingerprint of each key."""
    return {name: fingerprint(name, key) for name, key in sorted(keys.items())}


def missing(wanted: Mapping[str, str], held: Mapping[str, bytes]) -> list[str]:
    """Names of the keys that are not among those we hold, or are others."""
    return [
        name for name, mark in wanted.items() if name not in held or fingerprint(name, held[name]) != mark
    ]


def seal(keys: Mapping[str, bytes], passphrase: str) -> dict[str, str]:
    """The keys under a passphrase: scrypt (RFC 7914) and AES-256-GCM. Raises Invalid for a short one."""
    if len(passphrase) < SHORTEST:
        raise Invalid(_("La frase debe tener al menos {count} signos.").format(count=SHORTEST))
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    plain = json.dumps({name: key.hex() for name, key in keys.items()}).encode()
    boxed = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, plain, _PURPOSE)
    return {"scrypt_salt": salt.hex(), "aes_gcm_nonce": nonce.hex(), "sealed": boxed.hex()}


def unseal(box: Mapping[str, str], passphrase: str) -> dict[str, bytes]:
    """The keys again. Raises Invalid when the passphrase is another one."""
    salt, nonce, boxed = (bytes.fromhex(box[name]) for name in ("scrypt_salt", "aes_gcm_nonce", "sealed"))
    try:
        plain = AESGCM(_stretched(passphrase, salt)).decrypt(nonce, boxed, _PURPOSE)
    except InvalidTag as error:
        raise Invalid(_("Esa no es la frase con que se guardaron las claves de esta copia.")) from error
    return {name: bytes.fromhex(key) for name, key in json.loads(plain).items()}


def use(keys: Mapping[str, bytes]) -> None:
    """Let this process work with these keys; to be called before the settings are read."""
    os.environ.update({f"{_VARIABLE}{name.upper()}": key.hex() for name, key in keys.items()})


def place(home: Path, keys: Mapping[str, bytes]) -> Path | None:
    """Make these the keys in the folder, on the disk; returns where others that were there are kept.

    When that fails, the folder is as it was and none of these keys stays.
    """
    folder, fresh = home / _FOLDER, home / f".{_FOLDER}.{os.getpid()}"
    aside = home / f"{_FOLDER}.before-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
    others = folder.exists() and any(folder.iterdir())
    try:
        _write(fresh, keys)
        if others:
            folder.rename(aside)
        elif folder.exists():
            folder.rmdir()
        fresh.rename(folder)
        _settle(home)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        if aside.exists():
            withdraw(home, aside)
        raise
    return aside if others else None


def withdraw(home: Path, aside: Path | None) -> None:
    """Undo `place`: its keys go, and those that it put aside come back."""
    folder = home / _FOLDER
    if folder.exists():
        shutil.rmtree(folder)
    if aside is not None:
        aside.rename(folder)
    _settle(home)


def _write(folder: Path, keys: Mapping[str, bytes]) -> None:
    folder.mkdir(mode=0o700)
    for name, key in keys.items():
        with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key.hex())
            file.flush()
            os.fsync(file.fileno())
    _settle(folder)


def _settle(folder: Path) -> None:
    """Wait until the disk knows the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(passphrase.encode())
