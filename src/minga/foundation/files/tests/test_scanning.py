"""Files are looked at by the antivirus, over a real socket."""

import socket
import tempfile
from pathlib import Path

import pytest

from minga.foundation.files.checks import check_config
from minga.foundation.files.models import StoredFile
from minga.foundation.files.storing import store
from minga.foundation.files.tests.antivirus import EICAR, running
from minga.foundation.files.tests.samples import A_PDF, CLERK, PDF, TEXT, upload
from minga.kernel.cards import Severity
from minga.kernel.errors import Invalid, Unavailable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path: Path) -> None:
    """An empty storage for each test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files"), "base_url": None},
        },
    }


@pytest.fixture
def listener(settings):
    """A UNIX socket that the settings point to; its path has to be short."""
    with tempfile.TemporaryDirectory() as folder:
        settings.MINGA_CLAMAV_SOCKET = f"{folder}/clamd.sock"
        bound = socket.socket(socket.AF_UNIX)
        bound.bind(settings.MINGA_CLAMAV_SOCKET)
        yield bound
        bound.close()


def test_a_clean_file_is_kept_and_marked_scanned(listener):
    with running(listener) as clamd:
        stored = store(upload(A_PDF), actor=CLERK, allowed=[PDF])
        assert (stored.scan, clamd.scanned) == ("clean", 1)
        assert stored.scanned_at is not None
        store(upload(A_PDF), actor=CLERK, allowed=[PDF])
        assert clamd.scanned == 1


def test_the_test_virus_is_refused_and_not_kept(listener):
    with running(listener), pytest.raises(Invalid, match="antivirus"):
        store(upload(b"hola " * 50_000 + EICAR, "nota.txt"), actor=CLERK, allowed=[TEXT])
    assert not StoredFile.objects.exists()


def test_the_antivirus_may_also_listen_on_this_machines_tcp(settings):
    bound = socket.create_server(("127.0.0.1", 0))
    settings.MINGA_CLAMAV_SOCKET = f"tcp://127.0.0.1:{bound.getsockname()[1]}"
    with running(bound):
        assert store(upload(A_PDF), actor=CLERK, allowed=[PDF]).scan == "clean"


@pytest.mark.parametrize("mood", ["ill", "silent"])
def test_without_a_verdict_no_file_is_kept(listener, mood):
    with running(listener, mood), pytest.raises(Unavailable, match="antivirus"):
        store(upload(A_PDF), actor=CLERK, allowed=[PDF])
    assert not StoredFile.objects.exists()


def test_what_is_too_large_for_the_antivirus_is_not_kept(listener):
    content = A_PDF.replace(b"\n%%EOF", b"0" * 4_000_000 + b"\n%%EOF")
    with running(listener), pytest.raises(Unavailable):
        store(upload(content), actor=CLERK, allowed=[PDF])


@pytest.mark.parametrize(
    "address", ["/nowhere/clamd.sock", "127.0.0.1:1", "192.0.2.1:3310", "nonsense", "a:b"]
)
def test_an_antivirus_that_is_not_there_or_not_here_is_said(settings, address):
    settings.MINGA_CLAMAV_SOCKET = address
    with pytest.raises(Unavailable, match="antivirus"):
        store(upload(A_PDF), actor=CLERK, allowed=[PDF])
    assert check_config()[-1].severity is Severity.ERROR


def test_a_file_from_before_the_antivirus_is_scanned_when_it_comes_again(settings, listener):
    address, settings.MINGA_CLAMAV_SOCKET = settings.MINGA_CLAMAV_SOCKET, ""
    assert store(upload(A_PDF), actor=CLERK, allowed=[PDF]).scan == "not_scanned"
    settings.MINGA_CLAMAV_SOCKET = address
    with running(listener):
        assert store(upload(A_PDF), actor=CLERK, allowed=[PDF]).scan == "clean"
    assert StoredFile.objects.get().scan == "clean"


def test_the_doctor_says_whether_files_are_scanned(settings, listener):
    with running(listener):
        assert check_config()[-1].what == "Antivirus: ClamAV 1.4.1/27400"
    settings.MINGA_CLAMAV_SOCKET = ""
    assert check_config()[-1].severity is Severity.WARNING


def test_the_doctor_says_whether_files_can_be_written(tmp_path: Path):
    assert check_config()[0].severity is Severity.OK
    assert list((tmp_path / "files").iterdir()) == []
    (tmp_path / "files").rmdir()
    (tmp_path / "files").write_text("a file where the folder should be")
    assert check_config()[0].severity is Severity.ERROR
