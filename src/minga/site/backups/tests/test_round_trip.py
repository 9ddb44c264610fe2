"""What goes into a backup comes out of it, row by row; and what was there before is never lost unasked."""

import json

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from minga.foundation.database import DatabaseTrouble, copying
from minga.foundation.database.spare import Spare
from minga.foundation.files.models import StoredFile
from minga.foundation.ledger import sealing
from minga.foundation.ledger.verification import verify
from minga.kernel.clock import now
from minga.kernel.errors import Conflict, NotFound, Unavailable
from minga.site import upgrades
from minga.site.backups.archive import measure
from minga.site.backups.contents import Newer, check
from minga.site.backups.restoring import Unproved, restore
from minga.site.backups.taking import take
from minga.site.backups.tests.databases import new_database, working_in

CHANGED_ON_PURPOSE = {
    "procrastinate_jobs",
    "procrastinate_events",
    "identity_sessionrecord",
    "django_session",
}


def everything(address):
    """Each table's rows, measured; and where the sequences stand."""
    with psycopg.connect(address) as raw:
        copying.steady(raw)
        rows = {table.name: measure(copying.dump(raw, table)) for table in copying.tables(raw)}
        return rows, copying.sequences(raw)


def test_everything_comes_back_row_by_row(source, empty):
    done = restore(check(source.path), empty)
    (before, steps), (after, steps_after) = everything(source.address), everything(empty)
    assert before["ledger_fact"]["rows"] >= 3
    assert {name for name in before if before[name] != after[name]} <= CHANGED_ON_PURPOSE
    assert steps_after.keys() == steps.keys()
    assert steps_after["ledger_position"] == steps["ledger_position"]
    assert done.verdict.sound
    assert done.verdict.unsealed == 1
    assert done.aside == ""


def test_the_restored_instance_goes_on_where_it_was(source, empty):
    restore(check(source.path), empty)
    sealed = sealing.seal()
    assert sealed == 1
    assert verify().sound
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, attempts FROM procrastinate_jobs WHERE task_name = 'ledger.seal'")
        assert ("todo", 2) in cursor.fetchall()
        with pytest.raises(Exception, match="only grows"):
            cursor.execute("DELETE FROM ledger_fact")


def test_nobody_is_signed_in_after_a_restore(source, empty, tmp_path):
    with working_in(source.name):
        Session.objects.create(session_key="k", session_data="", expire_date=now())
        take(tmp_path / "signed-in", passphrase=None, prove=False)
        Session.objects.all().delete()
    restore(check(tmp_path / "signed-in"), empty)
    assert not Session.objects.exists()


def test_files_that_are_gone_come_back(source, empty):
    path = StoredFile(sha256=source.sha256).path
    default_storage.delete(path)
    assert restore(check(source.path), empty).files == 1
    assert default_storage.exists(path)


def test_data_in_use_are_replaced_only_by_name_and_kept_aside(source, empty):
    found = check(source.path)
    restore(found, empty)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_the_old_one (id int)")
    for answer in ("", "other"):
        with pytest.raises(Conflict, match=r"--replace 127\.0\.0\.1"):
            restore(found, empty, replace=answer)
    connection.close()
    done = restore(found, empty, replace="127.0.0.1")
    with psycopg.connect(empty, dbname=done.aside) as old, psycopg.connect(empty) as new:
        assert old.execute("SELECT to_regclass('of_the_old_one') IS NOT NULL").fetchone() == (True,)
        assert new.execute("SELECT to_regclass('of_the_old_one') IS NOT NULL").fetchone() == (False,)


@pytest.mark.parametrize("schema", ["public", "accounting"])
def test_a_database_of_something_else_is_never_touched(source, empty, schema):
    with psycopg.connect(empty) as other:
        other.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}; CREATE TABLE {schema}.invoice (id int)")
    for answer in ("", "127.0.0.1"):
        with pytest.raises(Conflict, match="no son de Minga"):
            restore(check(source.path), empty, replace=answer)
    with psycopg.connect(empty) as other:
        assert other.execute(f"SELECT count(*) FROM {schema}.invoice").fetchone() == (0,)


def test_keys_are_placed_before_the_databases_change_names(source, empty, settings):
    found = check(source.path)
    restore(found, empty)
    connection.close()
    said: list[str] = []
    folder = settings.MINGA_HOME / "secrets"
    done = restore(found, empty, replace="127.0.0.1", place_keys={"ledger": b"new"}, say=said.append)
    assert (folder / "ledger").read_text() == b"new".hex()
    assert done.aside in said[-1]


def test_when_the_databases_cannot_change_names_the_former_keys_are_back(
    source, empty, settings, monkeypatch
):
    folder = settings.MINGA_HOME / "secrets"
    folder.mkdir(exist_ok=True)
    (folder / "ledger").write_text("01")
    seen: list[str] = []

    def in_use(_spare, _aside):
        seen.append((folder / "ledger").read_text())
        raise DatabaseTrouble("in use")

    monkeypatch.setattr(Spare, "exchange", in_use)
    with pytest.raises(DatabaseTrouble):
        restore(check(source.path), empty, place_keys={"ledger": b"new"})
    assert seen == [b"new".hex()]
    assert (folder / "ledger").read_text() == "01"
    assert [path.name for path in settings.MINGA_HOME.iterdir() if "secrets" in path.name] == ["secrets"]


def test_nobody_is_thrown_out_of_a_database_in_use(source, empty):
    with psycopg.connect(empty), pytest.raises(DatabaseTrouble, match="1 conexiones"):
        restore(check(source.path), empty)


def test_the_anchor_follows_and_the_one_before_is_kept(source, empty, settings):
    sealing.anchor_path().write_text(json.dumps({"number": 77, "digest": "00"}))
    done = restore(check(source.path), empty)
    assert [json.loads(path.read_text())["number"] for path in done.kept] == [77]
    assert sealing.remembered()["number"] == 1


def test_a_backup_of_a_later_version_is_refused_naming_its_steps(source, empty):
    found = check(source.path)
    found.manifest["migrations"].append(["plan", "0999_later"])
    with pytest.raises(Newer, match=r"plan\.0999_later"):
        restore(found, empty)


def test_a_backup_of_an_earlier_version_is_brought_to_this_one(tmp_path, empty):
    with new_database() as (name, _address), working_in(name):
        upgrades.migrate()
        MigrationExecutor(connection).migrate([("site", "0001_initial")])
        take(tmp_path / "early", passphrase=None, prove=False)
    found = check(tmp_path / "early")
    assert "site_opinion" not in found.manifest["tables"]
    restore(found, empty)
    assert not upgrades.standing().pending
    assert "site_opinion" in connection.introspection.table_names()


def test_what_does_not_fit_leaves_everything_as_it_was(tmp_path, empty):
    with new_database() as (name, _address), working_in(name):
        upgrades.migrate()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE site_opinion ADD COLUMN by_hand int")
        take(tmp_path / "odd", passphrase=None)
    with pytest.raises(Unproved, match="site_opinion"):
        restore(check(tmp_path / "odd"), empty)
    assert connection.introspection.table_names() == []
    with psycopg.connect(empty) as raw:
        own = connection.settings_dict["NAME"]
        left = raw.execute(
            "SELECT count(*) FROM pg_database WHERE starts_with(datname, %s)", [own]
        ).fetchone()
    assert left == (1,)


def test_tables_that_are_not_ours_are_named_and_left_out(tmp_path, empty):
    with new_database() as (name, _address), working_in(name):
        upgrades.migrate()
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE by_hand AS SELECT 1 AS id")
        take(tmp_path / "more", passphrase=None)
    assert restore(check(tmp_path / "more"), empty).foreign == ("by_hand",)


def test_a_touched_ledger_is_told_and_comes_back_as_touched_as_it_was(source, tmp_path, empty):
    with working_in(source.name):
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE ledger_fact DISABLE TRIGGER USER; UPDATE ledger_fact SET actor = 'x' WHERE position = 1"
            )
        try:
            taken = take(tmp_path / "touched", passphrase=None)
        finally:
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE ledger_fact SET actor = (SELECT actor FROM ledger_fact WHERE position = 2)"
                    " WHERE position = 1;"
                    "ALTER TABLE ledger_fact ENABLE TRIGGER USER"
                )
    assert len(taken.faults) == 1
    assert restore(check(tmp_path / "touched"), empty).verdict.faults == taken.faults


def test_a_lost_file_is_told_and_the_rest_is_saved(source, tmp_path):
    path = StoredFile(sha256=source.sha256).path
    with default_storage.open(path) as kept:
        content = kept.read()
    default_storage.delete(path)
    try:
        with working_in(source.name):
            taken = take(tmp_path / "lacking", passphrase=None)
    finally:
        from django.core.files.base import ContentFile

        default_storage.save(path, ContentFile(content))
    assert taken.lost == (source.sha256,)
    assert check(tmp_path / "lacking").rows == taken.rows


def test_a_storage_that_does_not_answer_has_lost_nothing_and_there_is_no_backup(
    source, tmp_path, monkeypatch
):
    def no_answer(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(default_storage, "open", no_answer)
    with working_in(source.name), pytest.raises(Unavailable, match=source.sha256):
        take(tmp_path / "unread", passphrase=None, prove=False)
    assert list(tmp_path.glob("*unread*")) == []


def test_a_table_that_cannot_be_read_is_named_and_nothing_is_left(source, tmp_path):
    with working_in(source.name):
        with connection.cursor() as cursor:
            cursor.execute("REVOKE SELECT ON site_opinion FROM CURRENT_USER")
        try:
            with pytest.raises(Unavailable, match="site_opinion"):
                take(tmp_path / "denied", passphrase=None)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("GRANT SELECT ON site_opinion TO CURRENT_USER")
    assert list(tmp_path.glob("*denied*")) == []


def test_rows_that_the_tables_do_not_take_leave_everything_as_it_was(source, empty):
    found = check(source.path)
    found.manifest["sequences"]["ledger_position"] = (0, True)
    with pytest.raises(Unavailable, match="No se cambió nada"):
        restore(found, empty)
    assert connection.introspection.table_names() == []


def test_an_empty_database_has_nothing_to_save(tmp_path, empty):
    with pytest.raises(NotFound):
        take(tmp_path / "nothing", passphrase=None)
    assert list(tmp_path.glob("*nothing*")) == []


def test_a_backup_is_never_written_over_another_file(source, tmp_path):
    (tmp_path / "mine").write_text("mine")
    with working_in(source.name), pytest.raises(Conflict, match="ya existe"):
        take(tmp_path / "mine", passphrase=None)
    assert (tmp_path / "mine").read_text() == "mine"
