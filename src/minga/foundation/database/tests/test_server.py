import os
import time

import psycopg
import pytest

from minga.foundation.database import DatabaseTrouble, EmbeddedServer, cluster, places, processes

from . import helpers


def one(dsn: str, query: str) -> object:
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def test_a_new_server_starts_stops_and_starts_again_within_the_promised_time(fresh, capsys):
    figures = []
    for _round in ("new", "again"):
        begin = time.perf_counter()
        fresh.start()
        figures.append(time.perf_counter() - begin)
        assert fresh.running()
        assert fresh.owned
        fresh.stop()
        assert not fresh.running()
    with capsys.disabled():
        print(f"\nPostgreSQL {fresh.binaries.version}: new {figures[0]:.2f} s, again {figures[1]:.2f} s")
    assert figures[0] < 15
    assert figures[1] < 5


def test_starting_twice_in_one_process_changes_nothing(server):
    assert server.start() == server.start()
    server.stop()
    server.stop()
    assert not server.running()


def test_the_server_is_durable_checks_its_pages_and_has_no_network(server):
    with server:
        admin = server.dsn("postgres")
        settings = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums", "listen_addresses")
        assert [one(admin, f"SHOW {name}") for name in settings] == ["on", "on", "on", "on", ""]
        assert one(admin, "SHOW server_encoding") == "UTF8"


def test_the_owner_is_no_superuser_but_makes_extensions_databases_and_roles(server):
    with server:
        owner = server.dsn("minga_owner")
        assert one(owner, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        with psycopg.connect(owner, autocommit=True) as connection:
            for name in cluster.EXTENSIONS:
                connection.execute(f"CREATE EXTENSION {name}")
            connection.execute("CREATE DATABASE test_minga")
            connection.execute("CREATE ROLE auditor")
        assert one(server.dsn("minga_owner", "test_minga"), "SELECT current_database()") == "test_minga"


def test_the_runtime_role_has_no_rights_until_the_owner_grants_them(server):
    with server:
        with psycopg.connect(server.dsn("minga_owner")) as connection:
            connection.execute("CREATE TABLE act (id int)")
        for forbidden in ("SELECT * FROM act", "CREATE TABLE own (id int)", "CREATE TEMP TABLE own (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                one(server.dsn("minga_app"), forbidden)


def test_a_second_process_attaches_and_leaves_the_server_running(server):
    with server:
        second = helpers.keeper(server)
        assert helpers.says(second) == "attached"
        assert helpers.finish(second) == 0
        assert server.running()


def test_a_second_object_in_the_same_process_attaches_too(server):
    with server:
        with EmbeddedServer(server.data_dir, server.binaries) as second:
            assert not second.owned
        assert server.running()


def test_two_starts_at_once_make_one_server(fresh):
    pair = [helpers.keeper(fresh), helpers.keeper(fresh)]
    assert sorted(helpers.says(each) for each in pair) == ["attached", "owned"]
    assert [helpers.finish(each) for each in pair] == [0, 0]
    assert not fresh.running()


def test_when_the_keeper_is_killed_the_next_one_takes_its_place_and_stops_the_server(server):
    first = helpers.keeper(server)
    assert helpers.says(first) == "owned"
    pid = processes.postmaster(server.location)
    helpers.kill(first)
    assert server.running()
    server.start()
    assert server.owned
    assert processes.postmaster(server.location) == pid
    server.stop()
    assert not server.running()


def test_a_forked_child_does_not_stop_the_server_of_its_parent(server):
    with server:
        child = os.fork()
        if child == 0:
            server.stop()
            os._exit(0)
        os.waitpid(child, 0)
        assert server.running()
        assert server.owned


def test_settings_of_the_administrator_win_over_ours(server):
    with server:
        pass
    (server.location / "local.conf").write_text("work_mem = '5MB'\n")
    os.chmod(server.location / "local.conf", 0o644)
    with server:
        assert one(server.dsn("minga_app"), "SHOW work_mem") == "5MB"


def test_a_failed_statement_leaves_none_of_its_values_in_the_log(server):
    with server:
        with psycopg.connect(server.dsn("minga_owner")) as connection:
            connection.execute("CREATE TABLE person (document text PRIMARY KEY)")
            connection.execute("INSERT INTO person VALUES ('invented-0001')")
        with psycopg.connect(server.dsn("minga_owner")) as connection:
            for statement in ("INSERT INTO person VALUES ('invented-0001')", "SELECT 'invented-0001'::int"):
                with pytest.raises(psycopg.Error):
                    connection.execute(statement)
                connection.rollback()
    assert "invented" not in server.log_path.read_text()


@pytest.mark.parametrize("name", ["a" * 110, "año 2018, d'abc"], ids=["long", "odd"])
def test_a_path_that_no_socket_can_have_gets_a_private_folder_elsewhere(base, found, name):
    server = EmbeddedServer(base / name / "postgres-data", found)
    with server:
        sockets = server.endpoint.sockets
        assert sockets.parent == places.SHARED_TEMPORARY
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert one(server.dsn("minga_app"), "SELECT current_user") == "minga_app"
    assert not sockets.exists()


def test_a_socket_folder_that_is_not_ours_is_refused(server):
    with server:
        sockets = server.endpoint.sockets
    sockets.chmod(0o777)
    with pytest.raises(DatabaseTrouble, match="no es privada"):
        server.start()
    assert not server.owned
