"""`minga backup` and `minga restore` as an administrator meets them, on an instance that serves people."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.instance import Browser, Instance

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("instance")]

PHRASE = "cuatro llamas cruzan el paramo"


@pytest.fixture
def place():
    """A folder that the database's account can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="minga-backup-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def phrase(place):
    """The file with the passphrase."""
    path = place / "phrase"
    path.write_text(f"{PHRASE}\n")
    path.chmod(0o600)
    return path


def test_a_running_instance_moves_to_another_machine_in_one_file(running, place, phrase):
    taken = running.run("backup", str(place / "one.minga-backup"), "--passphrase-file", str(phrase))
    assert taken.returncode == 0, taken.stderr
    assert Browser(running.base).get("/salud/listo")[0] == 200

    other = Instance(place / "home")
    restored = other.run("restore", str(place / "one.minga-backup"), "--passphrase-file", str(phrase))
    assert restored.returncode == 0, restored.stderr
    for name in ("ledger", "personal_data", "django"):
        assert (other.home / "secrets" / name).read_text() == (running.home / "secrets" / name).read_text()
    assert other.run("ledger", "verify").returncode == 0
    assert other.run("plan", "verify").returncode == 0
    other.start()
    try:
        person = running.accounts()["steward"]
        browser = Browser(other.base)
        browser.send("/ingresar/", identifier=person["email"], password=person["password"])
        assert "Mi escritorio" in browser.get("/escritorio/")[1]
    finally:
        other.stop()


def test_a_running_instance_is_never_replaced(running, place):
    assert running.run("backup", str(place / "one.minga-backup"), "--without-keys").returncode == 0
    refused = running.run("restore", str(place / "one.minga-backup"), "--replace", "127.0.0.1")
    assert refused.returncode == 1
    assert "ya está en marcha" in refused.stderr
    assert Browser(running.base).get("/salud/listo")[0] == 200


def test_without_its_keys_a_backup_is_refused_elsewhere_until_somebody_says_they_are_lost(running, place):
    taken = running.run("backup", str(place / "one.minga-backup"), "--without-keys")
    assert "NO están en la copia" in taken.stdout
    other = Instance(place / "home")
    refused = other.run("restore", str(place / "one.minga-backup"))
    assert refused.returncode == 1
    assert "personal_data" in refused.stderr
    assert not other.home.exists()
    accepted = other.run("restore", str(place / "one.minga-backup"), "--without-keys")
    assert accepted.returncode == 1
    assert "not signed by this instance" in accepted.stdout
    assert "Restaurado" in accepted.stdout


def test_a_damaged_file_touches_nothing(running, place, phrase):
    running.run("backup", str(place / "one.minga-backup"), "--passphrase-file", str(phrase))
    whole = bytearray((place / "one.minga-backup").read_bytes())
    whole[len(whole) // 2] ^= 1
    (place / "one.minga-backup").write_bytes(whole)
    other = Instance(place / "home")
    refused = other.run("restore", str(place / "one.minga-backup"), "--passphrase-file", str(phrase))
    assert refused.returncode == 1
    assert "No se tocó nada" in refused.stderr
    assert not other.home.exists()


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda path: path.write_text("corta\n"), "15 signos"),
        (lambda path: path.chmod(0o644), "chmod 600"),
        (lambda path: path.unlink(), "phrase"),
    ],
)
def test_a_passphrase_that_will_not_do_is_refused_with_words(running, place, phrase, prepare, said):
    prepare(phrase)
    refused = running.run("backup", str(place / "one.minga-backup"), "--passphrase-file", str(phrase))
    assert refused.returncode == 1
    assert said in refused.stderr
    assert not (place / "one.minga-backup").exists()


def test_a_folder_that_is_not_there_is_not_taken_for_a_file(running, place):
    refused = running.run("backup", str(place / "unmounted"), "--without-keys")
    assert refused.returncode == 1
    assert "no es una carpeta" in refused.stderr
    assert not (place / "unmounted").exists()


def test_without_a_terminal_the_passphrase_is_asked_for_by_option(running, place):
    refused = running.run("backup", str(place / "one.minga-backup"))
    assert refused.returncode == 1
    assert "--passphrase-file" in refused.stderr
