"""Under which account of the operating system the server runs: PostgreSQL refuses to run as root."""

import logging
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TypedDict

from .trouble import DatabaseTrouble

SERVICE_ACCOUNT = "minga-postgres"
LAST_RESORT = "nobody"

log = logging.getLogger("minga.database")


class Identity(TypedDict, total=False):
    """The arguments of `subprocess` that make a program run under another account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """An account of the operating system, by name and numbers."""

    name: str
    uid: int
    gid: int

    @property
    def other(self) -> bool:
        """Is it another account than the one this process runs under?"""
        return self.uid != os.geteuid()

    def identity(self) -> Identity:
        """Arguments for `subprocess` to become this account; none when we already are."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.other else {}

    def own(self, path: Path) -> None:
        """Hand a file or folder that we have just made over to this account."""
        if self.other:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def reaches(self, path: Path) -> bool:
        """Can this account pass through (or run) the path? Asked of the system, which knows of ACLs."""
        command = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]
        try:
            return subprocess.run(command, cwd="/", check=False, **self.identity()).returncode == 0  # noqa: S603 - fixed program
        except PermissionError as error:
            raise DatabaseTrouble(
                _(
                    "Minga se ejecuta como root, pero este entorno no le permite pasar a la cuenta «{name}», "
                    "y PostgreSQL no funciona como root. Ejecute Minga con un usuario normal."
                ).format(name=self.name)
            ) from error


def account_for(location: Path) -> Account:
    """Whoever owns the data; for new data, we ourselves, or a service account when we are root."""
    try:
        owner = location.stat().st_uid
    except FileNotFoundError:
        owner = os.geteuid()
    if owner not in (0, os.geteuid()) and os.geteuid() != 0:
        raise DatabaseTrouble(
            _("La base de datos en {path} pertenece a «{owner}». Ejecute Minga con ese usuario.").format(
                path=location, owner=_by_number(owner).name
            )
        )
    if owner:
        return _by_number(owner)
    return service_account() if os.geteuid() == 0 else _by_number(os.geteuid())


def service_account() -> Account:
    """The unprivileged account for a server started by root; made once, where the system can make it."""
    try:
        return _by_name(SERVICE_ACCOUNT)
    except KeyError:
        _create_service_account()
    try:
        return _by_name(SERVICE_ACCOUNT)
    except KeyError:
        log.warning(
            _("No se pudo crear la cuenta «%s»; la base de datos se ejecutará como «%s»."),
            SERVICE_ACCOUNT,
            LAST_RESORT,
        )
    try:
        return _by_name(LAST_RESORT)
    except KeyError as error:
        raise DatabaseTrouble(
            _(
                "No hay una cuenta sin privilegios para la base de datos. "
                "Cree una con «useradd --system {name}»."
            ).format(name=SERVICE_ACCOUNT)
        ) from error


def _create_service_account() -> None:
    """A system account that nobody can sign in with; another process may be making it at the same time."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd:
        command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run(  # noqa: S603 - fixed program
            [*command, "--shell", "/usr/sbin/nologin", SERVICE_ACCOUNT], check=False, capture_output=True
        )


def _by_name(name: str) -> Account:
    """An account by its name; KeyError when there is none."""
    entry = pwd.getpwnam(name)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _by_number(uid: int) -> Account:
    """An account by its number; PostgreSQL needs it to have a name."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise DatabaseTrouble(
            _("La cuenta número {uid} no tiene nombre en este sistema y PostgreSQL lo exige.").format(uid=uid)
        ) from error
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
