import contextlib
import os
import signal
import subprocess
import time
from functools import partial
from pathlib import Path

import psycopg
import pytest

from minga.foundation.database import (
    DatabaseTrouble,
    DiskFull,
    EmbeddedServer,
    OtherMajor,
    cluster,
    places,
    processes,
)
from minga.foundation.database.accounts import account_for

from . import helpers


def kept(server: EmbeddedServer) -> bool:
    with psycopg.connect(server.dsn("minga_owner")) as connection:
        return connection.execute("SELECT id FROM kept").fetchall() == [(7,)]


@pytest.mark.slow
def test_after_kill_9_of_everything_under_write_load_nothing_acknowledged_is_lost(server, base):
    keeper = helpers.keeper(server)
    assert helpers.says(keeper) == "owned"
    with psycopg.connect(server.dsn("minga_owner")) as connection:
        connection.execute(
            "CREATE TABLE load (id bigserial PRIMARY KEY, filling text DEFAULT repeat('x', 500))"
        )
    files = [base / f"acknowledged-{number}" for number in range(3)]
    for _round in range(2):
        wanted = _size(files) + 2000
        writers = [helpers.run(helpers.WRITER, server.dsn("minga_owner"), file) for file in files]
        helpers.wait_until(partial(_reached, files, wanted))
        for pid in (keeper.pid, *processes.of_cluster(server.location), *(each.pid for each in writers)):
            os.kill(pid, signal.SIGKILL)
        for each in (keeper, *writers):
            helpers.kill(each)
        assert (server.location / processes.PID_FILE).exists()
        keeper = helpers.keeper(server)
        assert helpers.says(keeper) == "owned"
    acknowledged = {int(line) for file in files for line in file.read_text().splitlines()}
    with psycopg.connect(server.dsn("minga_owner")) as connection:
        found = {
            number for (number,) in connection.execute("SELECT id FROM load WHERE length(filling) = 500")
        }
    assert len(acknowledged) > 500
    assert acknowledged <= found
    assert len(found - acknowledged) <= 6
    assert helpers.finish(keeper) == 0


def _reached(files: list[Path], wanted: int) -> bool:
    return _size(files) > wanted


def _size(files: list[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.exists())


@pytest.mark.parametrize("pid", [2**22 - 3, 1], ids=["nobody's", "the first process's"])
def test_a_stale_number_is_not_taken_for_a_server(server, pid):
    helpers.write_pid_file(server, pid)
    assert not server.running()
    with server:
        assert kept(server)


@pytest.mark.parametrize("content", ["", "garbage\n", "-5\n", "99999999999999999999\n"])
def test_a_damaged_pid_file_is_not_taken_for_a_server(server, content):
    (server.location / processes.PID_FILE).write_text(content)
    assert not server.running()
    with server:
        assert kept(server)


def test_a_number_that_another_process_of_the_same_account_reuses_is_left_alone(server):
    account = account_for(server.location)
    stranger = subprocess.Popen(["sleep", "600"], cwd=server.location, **account.identity())
    try:
        helpers.write_pid_file(server, stranger.pid)
        sockets = places.prepare_socket_folder(server.data_dir, server.location, account)
        lock = sockets / f".s.PGSQL.{places.PORT}.lock"
        lock.write_text((server.location / processes.PID_FILE).read_text())
        assert not server.running()
        with server:
            assert kept(server)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_orphans_that_hold_the_shared_memory_are_ended(server, monkeypatch):
    monkeypatch.setattr("minga.foundation.database.engine.ORPHAN_SECONDS", 0.5)
    server.start()
    client = psycopg.connect(server.dsn("minga_owner"), autocommit=True)
    busy = client.info.backend_pid
    client.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 100000000000)")
    main = processes.postmaster(server.location)
    assert main
    os.kill(main, signal.SIGKILL)
    helpers.wait_until(lambda: processes.of_cluster(server.location) == [busy])
    server.start()
    assert busy not in processes.of_cluster(server.location)
    assert kept(server)
    client.close()


def test_a_server_that_died_is_started_again_by_its_keeper(server):
    with server:
        helpers.kill_cluster(server.location)
        assert not server.running()
        server.start()
        assert kept(server)


def test_an_initdb_killed_halfway_leaves_nothing_that_matters(fresh):
    keeper = helpers.keeper(fresh)
    unfinished = fresh.location.with_name(f".{fresh.location.name}.unfinished")
    helpers.wait_until((unfinished / "PG_VERSION").exists)
    helpers.kill(keeper)
    assert not fresh.location.exists()
    with fresh:
        assert fresh.owned
    assert not unfinished.exists()


def test_a_start_killed_before_the_roles_exist_is_completed(server):
    with server, psycopg.connect(server.dsn("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE minga")
        connection.execute("DROP ROLE minga_app")
    (server.location / cluster.MARKER).unlink()
    with server, psycopg.connect(server.dsn("minga_app")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_folder_that_never_was_a_cluster_is_put_aside(fresh):
    fresh.location.mkdir(parents=True)
    (fresh.location / "PG_VERSION").write_text(f"{fresh.binaries.major}\n")
    with fresh:
        assert fresh.running()
    (aside,) = fresh.data_dir.parent.glob("*.incomplete-*")
    assert (aside / "PG_VERSION").exists()


def test_a_folder_with_other_things_in_it_is_left_as_it_is(fresh):
    fresh.location.mkdir(parents=True)
    (fresh.location / "letter.txt").write_text("Estimada señora")
    with pytest.raises(DatabaseTrouble, match="otras cosas"):
        fresh.start()
    assert [each.name for each in fresh.location.iterdir()] == ["letter.txt"]


def test_an_empty_folder_made_beforehand_is_used(fresh):
    fresh.location.mkdir(parents=True)
    with fresh:
        assert fresh.running()


def test_a_finished_cluster_that_lost_files_is_never_made_anew(server):
    (server.location / "global" / "pg_control").rename(server.data_dir.parent / "pg_control")
    with pytest.raises(DatabaseTrouble, match="copia de seguridad"):
        server.start()
    assert (server.location / "base").exists()
    (server.data_dir.parent / "pg_control").rename(server.location / "global" / "pg_control")
    with server:
        assert kept(server)


@pytest.mark.parametrize("beside", [False, True], ids=["in the folder", "in the folder beside"])
def test_data_of_another_major_are_refused_naming_both(server, beside):
    location = server.location
    if beside:
        location = server.data_dir.with_name("postgres-12")
        server.location.rename(location)
    (location / "PG_VERSION").write_text("12\n")
    with pytest.raises(OtherMajor, match=f"PostgreSQL 12.*{server.binaries.major}"):
        server.start()
    assert not server.owned


def test_a_link_to_data_that_are_gone_is_refused(fresh):
    fresh.data_dir.parent.mkdir(parents=True)
    fresh.data_dir.symlink_to(fresh.data_dir.with_name("nowhere"))
    with pytest.raises(DatabaseTrouble, match="no existe"):
        fresh.start()


def test_too_little_space_is_told_before_anything_is_written(fresh, monkeypatch):
    monkeypatch.setattr(cluster, "LEAST_FREE_BYTES", 2**60)
    with pytest.raises(DiskFull, match="Libere al menos"):
        fresh.start()
    assert not fresh.location.exists()


def _fill(path: Path) -> None:
    """Write until not one byte more fits on the disk."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_disk_that_fills_up_is_told_and_recovered_from(base, found, monkeypatch):
    monkeypatch.setattr(cluster, "LEAST_FREE_BYTES", 2**20)
    disk = base / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=120m,mode=711", "none", disk], check=True)
    server = EmbeddedServer(disk / "postgres-data", found)
    try:
        with server, psycopg.connect(server.dsn("minga_owner")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS id")
        helpers.kill_cluster(server.location)
        filling = disk / "filling"
        _fill(filling)
        with pytest.raises(DiskFull, match="Libere al menos"):
            server.start()
        filling.unlink()
        with server:
            assert kept(server)
    finally:
        server.stop()
        subprocess.run(["umount", "-l", disk], check=True)


def test_waiting_for_a_keeper_that_never_gets_ready_ends_with_a_clear_error(server, monkeypatch):
    monkeypatch.setattr("minga.foundation.database.server.ATTACH_SECONDS", 0.3)
    places.prepare_folder(server.data_dir.parent)
    other = EmbeddedServer(server.data_dir, server.binaries)
    assert other._keeper.take()
    begin = time.monotonic()
    with pytest.raises(DatabaseTrouble, match="Otro proceso"):
        server.start()
    assert time.monotonic() - begin < 5
    other.stop()
