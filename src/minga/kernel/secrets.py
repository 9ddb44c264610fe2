"""Keys that belong to one instance: made on first use, kept in its home folder, readable by its owner only."""

import os
import secrets
from pathlib import Path


def instance_secret(home: Path, name: str, *, size: int = 32) -> bytes:
    """The instance's secret of this name: `size` random bytes, made once under `home/secrets/`.

    The environment variable `MINGA_SECRET_<NAME>` (hexadecimal) takes precedence, so that several machines can
    share one. Raises ValueError when that variable is not hexadecimal or too short.
    """
    given = os.environ.get(f"MINGA_SECRET_{name.upper()}")
    if given:
        value = bytes.fromhex(given)
        if len(value) < size:
            raise ValueError(f"MINGA_SECRET_{name.upper()} needs at least {size} bytes in hexadecimal")
        return value
    folder = home / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path, size)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(size))
        file.flush()
        os.fsync(file.fileno())
    return _read(path, size)


def _read(path: Path, size: int) -> bytes:
    """What the file holds; another process may still be writing it, so an unfinished one is refused."""
    value = bytes.fromhex(path.read_text())
    if len(value) < size:
        raise ValueError(f"{path} is damaged: restore it from a backup, everything encrypted depends on it")
    return value
