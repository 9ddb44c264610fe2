"""A database and a version of Minga that do not fit together are told apart, and brought together safely."""

import json
from dataclasses import replace

import psycopg
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from minga.kernel.cards import Severity
from minga.kernel.errors import Conflict, Unavailable
from minga.site import upgrades
from minga.site.backups import taking
from minga.site.backups.contents import check
from minga.site.backups.tests.databases import new_database, working_in
from minga.site.cli import prepare
from minga.site.doctor import database, storage

LATER = "INSERT INTO django_migrations (app, name, applied) VALUES ('plan', '0999_later', now())"


@pytest.fixture(scope="module")
def prepared(django_db_blocker):
    """A database of this version: its owner's address."""
    with django_db_blocker.unblock(), new_database() as (name, address):
        with working_in(name):
            upgrades.migrate()
        yield name, address


@pytest.fixture
def own(prepared):
    """Django at work in it; what a test notes about steps is forgotten."""
    name, address = prepared
    with working_in(name):
        yield address
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '0999_later'")
        upgrades.migrate()


def test_an_empty_database_is_fresh_and_one_that_was_migrated_fits(own):
    assert upgrades.standing([]).fresh
    found = upgrades.standing()
    assert (found.pending, found.unknown, found.fresh) == ((), (), False)


def test_steps_of_an_app_that_is_gone_are_nobodys_business(own):
    assert upgrades.standing([("attic", "0001_initial")]).unknown == ()


def test_an_older_wheel_refuses_a_newer_database_and_names_the_step(own):
    with connection.cursor() as cursor:
        cursor.execute(LATER)
    with pytest.raises(Conflict, match=r"posterior.*plan\.0999_later"):
        upgrades.migrate()
    with pytest.raises(Conflict, match="posterior"):
        prepare.prepare()


def test_the_doctor_names_what_is_pending_and_what_is_unknown(own):
    with connection.cursor() as cursor:
        cursor.execute(LATER)
    unknown = database._migrations()
    MigrationExecutor(connection).migrate([("site", "0001_initial")])
    pending = database._migrations()
    assert (unknown.severity, pending.severity) == (Severity.WARNING, Severity.ERROR)
    assert "plan.0999_later" in unknown.what
    assert "site.0002_opinion" in pending.what


def test_a_table_in_use_is_waited_for_a_little_and_then_left_in_peace(own, monkeypatch):
    monkeypatch.setattr(upgrades, "LOCK_SECONDS", 1)
    monkeypatch.setattr(upgrades, "TRIES", 2)
    monkeypatch.setattr(upgrades, "_PAUSE", 0.0)
    MigrationExecutor(connection).migrate([("search", "0001_initial")])
    with psycopg.connect(own) as reader:
        reader.execute("LOCK TABLE search_document IN ACCESS SHARE MODE")
        with pytest.raises(Unavailable, match="Alguien usa una tabla"):
            upgrades.migrate()
    upgrades.migrate()
    assert not upgrades.standing().pending
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_an_instance_in_use_is_saved_before_its_tables_change(own, settings, capsys):
    MigrationExecutor(connection).migrate([("site", "0001_initial")])
    prepare._save_before_upgrade()
    (saved,) = (settings.MINGA_HOME / taking.FOLDER).iterdir()
    assert check(saved).keys is None
    assert "site.0002_opinion" in capsys.readouterr().out
    assert taking.last() is None


def test_of_the_backups_before_upgrades_the_newest_three_are_kept(own, settings):
    folder = settings.MINGA_HOME / taking.FOLDER
    folder.mkdir()
    for day in range(1, 5):
        (folder / f"before-upgrade-minga-2026010{day}T000000Z.minga-backup").touch()
    newest = taking.before_upgrade()
    assert sorted(path.name[21:29] for path in folder.iterdir())[:2] == ["20260103", "20260104"]
    assert newest is not None
    assert newest.path in folder.iterdir()


def test_an_upgrade_that_is_started_again_and_again_has_one_backup(own, settings):
    folder = settings.MINGA_HOME / taking.FOLDER
    first = taking.before_upgrade()
    assert first is not None
    assert taking.before_upgrade() is None
    assert list(folder.iterdir()) == [first.path]
    taking.upgraded()
    first.path.rename(folder / "before-upgrade-minga-20260101T000000Z.minga-backup")
    assert taking.before_upgrade() is not None
    assert len(list(folder.iterdir())) == 2


def test_whoever_worked_after_an_upgrade_failed_is_saved_before_the_next(own, settings):
    taking.before_upgrade()
    mark = settings.MINGA_HOME / "unfinished-upgrade.json"
    noted = json.loads(mark.read_text())
    mark.write_text(json.dumps({**noted, "position": noted["position"] - 1}))
    (settings.MINGA_HOME / taking.FOLDER / noted["name"]).rename(
        settings.MINGA_HOME / taking.FOLDER / "before-upgrade-minga-20260101T000000Z.minga-backup"
    )
    assert taking.before_upgrade() is not None


def test_nothing_is_saved_when_nothing_is_pending(own, settings):
    prepare._save_before_upgrade()
    assert not (settings.MINGA_HOME / taking.FOLDER).exists()


def test_what_somebody_saved_is_remembered_for_the_doctor(own, settings, tmp_path):
    taken = taking.take(tmp_path, passphrase=None, prove=False)
    taking.note(taken)
    noted = json.loads((settings.MINGA_HOME / "last-backup.json").read_text())
    assert noted["sha256"] == taken.digest
    assert taking.last() is not None


def test_a_backup_that_lacks_files_is_no_good_one_for_the_doctor(own, settings, tmp_path):
    taken = taking.take(tmp_path, passphrase=None, prove=False)
    taking.note(replace(taken, lost=("a", "b")))
    finding = storage._backup()
    assert finding.severity is Severity.WARNING
    assert finding.what.startswith("2 archivos perdidos")
