"""The instance's keys: in the backup under a passphrase, or named loudly as not there."""

import os
import stat

import pytest

from minga.kernel.errors import Invalid
from minga.site.backups import keys
from minga.site.backups.tests.conftest import PHRASE
from minga.site.cli.restore import _refuse_other_keys

KEYS = {"ledger": bytes(range(32)), "django": bytes(range(32, 64))}


def test_the_passphrase_opens_what_it_closed_and_another_one_does_not():
    box = keys.seal(KEYS, PHRASE)
    assert keys.unseal(box, PHRASE) == KEYS
    assert KEYS["ledger"].hex() not in "".join(box.values())
    with pytest.raises(Invalid, match="no es la frase"):
        keys.unseal(box, PHRASE + ".")


def test_a_short_passphrase_is_refused():
    with pytest.raises(Invalid, match="15"):
        keys.seal(KEYS, "corta")


def test_keys_come_from_the_folder_and_the_environment_wins(tmp_path, monkeypatch):
    keys.place(tmp_path, KEYS)
    monkeypatch.setenv("MINGA_SECRET_DJANGO", "ab" * 32)
    assert keys.current(tmp_path) == {**KEYS, "django": bytes.fromhex("ab" * 32)}


def test_a_key_that_is_another_one_is_missing():
    marks = keys.fingerprints(KEYS)
    assert keys.missing(marks, KEYS) == []
    assert keys.missing(marks, {"ledger": KEYS["ledger"]}) == ["django"]
    assert keys.missing(marks, {**KEYS, "ledger": bytes(32)}) == ["ledger"]


def test_placing_keys_keeps_others_aside_and_closes_the_folder(tmp_path):
    assert keys.place(tmp_path, {"ledger": bytes(32)}) is None
    aside = keys.place(tmp_path, KEYS)
    assert keys.current(tmp_path) == KEYS
    assert aside is not None
    assert (aside / "ledger").read_text() == bytes(32).hex()
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "secrets/ledger").stat().st_mode) == 0o600


def test_a_key_that_the_environment_gives_wrongly_is_named(monkeypatch):
    monkeypatch.setenv("MINGA_SECRET_LEDGER", "ab" * 32)
    with pytest.raises(Invalid, match="MINGA_SECRET_LEDGER"):
        _refuse_other_keys(["django", "ledger"])
    _refuse_other_keys(["django"])


def test_keys_in_use_are_those_of_this_process(monkeypatch):
    for name in KEYS:
        monkeypatch.setenv(f"MINGA_SECRET_{name.upper()}", "")
    keys.use(KEYS)
    assert os.environ["MINGA_SECRET_LEDGER"] == KEYS["ledger"].hex()
