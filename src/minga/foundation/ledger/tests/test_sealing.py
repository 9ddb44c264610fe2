"""Sealed facts cannot be changed unnoticed."""

import hashlib
import threading
from datetime import date

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.ledger import sealing
from minga.foundation.ledger.models import LedgerFact, LedgerSeal
from minga.foundation.ledger.privileges import grant
from minga.foundation.ledger.recording import record
from minga.foundation.ledger.tests.rehearsal import CLERK, Closed, Opened, thing
from minga.foundation.ledger.verification import verify
from minga.kernel import merkle
from minga.site.settings import database_url

pytestmark = pytest.mark.django_db


def _behind_our_back(statements: str) -> None:
    """What someone with all powers over the database can do: switch the triggers off."""
    guards = {
        "ledger_fact": ("ledger_stamp", "ledger_fact_append_only"),
        "ledger_seal": ("ledger_seal_append_only",),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for word in ("DISABLE", "ENABLE"):
            for table, triggers in guards.items():
                for trigger in triggers:
                    cursor.execute(f"ALTER TABLE {table} {word} TRIGGER {trigger}")
            if word == "DISABLE":
                cursor.execute(statements)


def _record(count: int) -> list[int]:
    with transaction.atomic():
        return [record(Opened(since=date(2026, 1, 1)), actor=CLERK, subject=thing(n)) for n in range(count)]


def test_a_sealed_ledger_is_sound():
    _record(25)
    assert sealing.seal() == 25
    _record(5)
    verdict = verify()
    assert verdict.sound
    assert (verdict.facts, verdict.seals, verdict.unsealed) == (25, 1, 5)


def test_an_empty_ledger_is_sound():
    assert sealing.seal() == 0
    assert verify().sound


@pytest.mark.parametrize(
    "crime",
    [
        "UPDATE ledger_fact SET subject = 'urn:minga:thing:forged' WHERE position = {p}",
        "UPDATE ledger_fact SET actor = 'urn:minga:system:nobody' WHERE position = {p}",
        "UPDATE ledger_fact SET occurred_at = occurred_at + interval '1 microsecond' WHERE position = {p}",
        "UPDATE ledger_fact SET recorded_at = recorded_at - interval '1 year' WHERE position = {p}",
        "UPDATE ledger_fact SET synthetic = true WHERE position = {p}",
        'UPDATE ledger_fact SET payload = \'{{"since": "2020-01-01"}}\' WHERE position = {p}',
        "UPDATE ledger_fact SET institution = 'urn:minga:institution:x' WHERE position = {p}",
        "ALTER TABLE ledger_fact ALTER synthetic DROP NOT NULL;"
        " UPDATE ledger_fact SET actor = actor || E'\\nf', synthetic = NULL WHERE position = {p}",
        "DELETE FROM ledger_fact WHERE position = {p}",
        "UPDATE ledger_fact SET position = -5 WHERE position = {p}",
        "INSERT INTO ledger_fact SELECT 0, name, version, occurred_at, recorded_at, subject, institution, actor,"
        " synthetic, payload FROM ledger_fact WHERE position = {p}",
        "UPDATE ledger_seal SET facts = facts + 1 WHERE number = 1",
        "UPDATE ledger_seal SET root = sha256('forged') WHERE number = 1",
        "UPDATE ledger_seal SET signature = sha256('a') || sha256('b') WHERE number = 1",
        "UPDATE ledger_seal SET previous = sha256('forged') WHERE number = 2",
        "DELETE FROM ledger_seal WHERE number = 1",
        "DELETE FROM ledger_seal WHERE number = 2; DELETE FROM ledger_fact WHERE position > {end}",
    ],
)
def test_whatever_is_changed_removed_or_inserted_is_found(crime):
    first = _record(10)
    sealing.seal()
    _record(10)
    sealing.seal()
    assert verify().sound
    _behind_our_back(crime.format(p=first[4], end=first[9]))
    assert not verify().sound


def test_without_its_anchor_a_sealed_ledger_is_not_sound_until_somebody_accepts_it():
    first = _record(10)
    sealing.seal()
    _record(10)
    sealing.seal()
    _behind_our_back(
        f"DELETE FROM ledger_seal WHERE number = 2; DELETE FROM ledger_fact WHERE position > {first[9]}"
    )
    sealing.anchor_path().unlink()
    sealing.seal()
    assert any("missing" in fault for fault in verify().faults), "the next seal must not heal it by itself"
    assert sealing.accept() == LedgerSeal.objects.latest("number")
    assert verify().sound


def test_a_later_seal_does_not_hide_that_the_end_was_cut_off():
    first = _record(10)
    sealing.seal()
    _record(10)
    sealing.seal()
    _behind_our_back(
        f"DELETE FROM ledger_seal WHERE number = 2; DELETE FROM ledger_fact WHERE position > {first[9]}"
    )
    _record(3)
    assert sealing.seal() == 3
    assert not verify().sound


def test_a_forger_without_the_instance_key_cannot_seal_anew():
    positions = _record(4)
    sealing.seal()
    _behind_our_back(f"UPDATE ledger_fact SET actor = 'urn:minga:system:x' WHERE position = {positions[0]}")
    seal = LedgerSeal.objects.get()
    root = merkle.root(sealing.leaves(seal.first, seal.last))
    _behind_our_back(f"UPDATE ledger_seal SET root = '\\x{root.hex()}'")
    faults = verify().faults
    assert any("not signed by this instance" in fault for fault in faults)


def test_a_range_with_gaps_left_by_failed_acts_is_sealed_whole():
    _record(3)
    with pytest.raises(RuntimeError), transaction.atomic():
        record(Closed(), actor=CLERK, subject=thing(1))
        raise RuntimeError
    _record(3)
    assert sealing.seal() == 6
    assert verify().sound


def test_a_long_ledger_is_sealed_in_ranges():
    _record(20)
    assert sealing.seal(width=7) == 20
    assert LedgerSeal.objects.count() >= 3
    assert verify().sound


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("acts_meanwhile", [0, 3])
def test_a_seal_waits_for_an_act_that_has_its_position_but_is_not_committed(acts_meanwhile):
    started, finish = threading.Event(), threading.Event()

    def slow_act() -> None:
        try:
            with transaction.atomic():
                record(Closed(), actor=CLERK, subject=thing(1))
                started.set()
                finish.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=slow_act)
    thread.start()
    assert started.wait(10)
    _record(acts_meanwhile)
    assert sealing.frontier(wait=0.2) == 0, "an earlier position may still appear, so nothing is settled"
    finish.set()
    thread.join(10)
    assert sealing.frontier() == LedgerFact.objects.latest("position").position
    assert sealing.seal() == LedgerFact.objects.count() == acts_meanwhile + 1


@pytest.mark.skipif(bool(settings.MINGA_DATABASE_URL), reason="an external database may have a single role")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_fact SET actor = ''",
        "DELETE FROM ledger_fact",
        "TRUNCATE ledger_fact",
        "ALTER TABLE ledger_fact DISABLE TRIGGER USER",
        "DROP TRIGGER ledger_stamp ON ledger_fact",
        "SELECT setval('ledger_position', 1)",
        "DELETE FROM ledger_seal",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())",
    ],
)
def test_the_runtime_role_cannot_rewrite_the_ledger_or_switch_its_guards_off(statement):
    assert grant()
    _record(1)
    address = database_url("minga_app").replace("/minga?", f"/{connection.settings_dict['NAME']}?")
    with psycopg.connect(address) as runtime:
        assert runtime.execute("SELECT count(*) FROM ledger_fact").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute(statement)


@given(st.lists(st.binary(max_size=20), max_size=40))
def test_the_merkle_root_is_that_of_rfc_6962(rows):
    def recursive(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return hashlib.sha256(b"\x00" + leaves[0]).digest()
        split = 1
        while split * 2 < len(leaves):
            split *= 2
        return hashlib.sha256(b"\x01" + recursive(leaves[:split]) + recursive(leaves[split:])).digest()

    expected = recursive(rows) if rows else hashlib.sha256(b"").digest()
    assert merkle.root([merkle.leaf(row) for row in rows]) == expected
