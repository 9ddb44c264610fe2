"""Taking files in."""

import hashlib
import io
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.files import formats
from minga.foundation.files.models import StoredFile
from minga.foundation.files.storing import SPOOL, clean_name, intact, open_file, store
from minga.foundation.files.tests.samples import (
    A_PDF,
    CLERK,
    CSV,
    DOCX,
    ODT,
    PDF,
    TEXT,
    XLSX,
    odt,
    office,
    packed,
    upload,
)
from minga.kernel.errors import Invalid, NotFound, Unavailable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path: Path) -> Path:
    """An empty storage for each test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files"), "base_url": None},
        },
    }
    settings.MINGA_CLAMAV_SOCKET = ""
    return tmp_path / "files"


def kept(shelf: Path) -> list[Path]:
    return [path for path in shelf.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_the_hash_of_its_bytes(shelf):
    stored = store(upload(A_PDF, "Acuerdo 001.pdf"), actor=CLERK, allowed=[PDF])
    digest = hashlib.sha256(A_PDF).hexdigest()
    assert (stored.sha256, stored.size, stored.media_type) == (digest, len(A_PDF), PDF)
    assert (stored.name, stored.uploaded_by, stored.scan) == (
        "Acuerdo 001.pdf",
        CLERK.reference,
        "not_scanned",
    )
    assert kept(shelf) == [shelf / digest[:2] / digest[2:4] / digest]
    assert kept(shelf)[0].stat().st_mode & 0o077 == 0
    with open_file(stored.sha256) as content:
        assert content.read() == A_PDF
    assert intact(stored)


def test_the_same_content_is_kept_once_whatever_its_name(shelf):
    first = store(upload(A_PDF, "uno.pdf"), actor=CLERK, allowed=[PDF])
    second = store(upload(A_PDF, "dos.pdf"), actor=CLERK, allowed=[PDF])
    assert first.pk == second.pk
    assert StoredFile.objects.count() == len(kept(shelf)) == 1


def test_what_a_crash_left_half_written_is_replaced(shelf):
    digest = hashlib.sha256(A_PDF).hexdigest()
    place = shelf / digest[:2] / digest[2:4] / digest
    place.parent.mkdir(parents=True)
    place.write_bytes(A_PDF[:10])
    assert intact(store(upload(A_PDF), actor=CLERK, allowed=[PDF]))
    assert place.read_bytes() == A_PDF


def test_lost_or_changed_bytes_are_noticed(shelf):
    stored = store(upload(A_PDF), actor=CLERK, allowed=[PDF])
    kept(shelf)[0].chmod(0o600)
    kept(shelf)[0].write_bytes(A_PDF + b"x")
    assert not intact(stored)
    shutil.rmtree(shelf)
    assert not intact(stored)
    with pytest.raises(Unavailable):
        open_file(stored.sha256)
    with pytest.raises(NotFound):
        open_file("0" * 64)


def test_a_file_over_the_limit_is_refused_in_words(shelf, settings):
    with pytest.raises(Invalid, match="más de 0,000954 MB"):
        store(upload(A_PDF * 20), actor=CLERK, allowed=[PDF], limit=1000)
    settings.MINGA_UPLOAD_LIMIT = 2 * SPOOL
    with pytest.raises(Invalid, match="más de 2 MB"):
        store(upload(A_PDF + b"0" * 2 * SPOOL), actor=CLERK, allowed=[PDF])
    assert kept(shelf) == []


def test_an_empty_file_is_refused():
    with pytest.raises(Invalid, match="vacío"):
        store(upload(b""), actor=CLERK, allowed=[PDF])


def _numbered(rows):
    """Names of cases that stay the same from one second to the next, as the contents of archives do not."""
    return [f"{place}-{row[0]}" for place, row in enumerate(rows)]


GOOD = [
    ("a.pdf", PDF, A_PDF),
    ("a.PDF", PDF, A_PDF),
    ("a.csv", CSV, "código,cantón\n0101,Cuenca\n".encode()),
    ("a.csv", CSV, "código;cantón\r\n0101;Logroño\r\n".encode("cp1252")),
    ("a.csv", CSV, "código\n".encode("utf-16")),
    ("a.txt", TEXT, "Señor director:\n\tatentamente\n".encode()),
    ("a.docx", DOCX, office("wordprocessingml.document")),
    ("a.xlsx", XLSX, office("spreadsheetml.sheet")),
    ("a.odt", ODT, odt()),
    ("a.json", "application/json", b'{"a": [1]}'),
    ("a.xml", "application/xml", b'<?xml version="1.0"?><factura/>'),
    ("a.zip", "application/zip", packed({"a.txt": b"a"})),
]


@pytest.mark.parametrize(("name", "media_type", "content"), GOOD, ids=_numbered(GOOD))
def test_each_format_is_recognised_by_content_and_name(name, media_type, content):
    assert store(upload(content, name), actor=CLERK, allowed=[media_type, PDF]).media_type == media_type


BAD = [
    ("a.pdf", PDF, b"<html><script>alert(1)</script></html>"),
    ("a.pdf", PDF, A_PDF.replace(b"%%EOF", b"")),
    ("a.pdf", PDF, b"MZ" + A_PDF),
    ("a.csv", CSV, b"a,b\0c"),
    ("a.csv", CSV, A_PDF),
    ("a.csv", CSV, b"\x7fELF" + b"a" * 60),
    ("a.txt", TEXT, b"\x1b[2J"),
    ("a.txt", TEXT, b"\xff\xfea"),
    ("a.docx", DOCX, packed({"[Content_Types].xml": b"<Types/>"})),
    ("a.docx", DOCX, packed({"a.txt": b"a"})),
    ("a.docx", DOCX, office("spreadsheetml.sheet")),
    ("a.docx", DOCX, office("wordprocessingml.document", **{"word/vbaProject.bin": b"macro"})),
    ("a.docx", DOCX, office("wordprocessingml.document")[:60]),
    ("a.odt", ODT, packed({"mimetype": b"text/plain"})),
    ("a.json", "application/json", b"{"),
    ("a.json", "application/json", b"[" * 100_000),
    ("a.xml", "application/xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ("a.xml", "application/xml", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
]


@pytest.mark.parametrize(("name", "media_type", "content"), BAD, ids=_numbered(BAD))
def test_content_that_is_not_what_its_name_says_is_refused(shelf, name, media_type, content):
    with pytest.raises(Invalid, match="no es"):
        store(upload(content, name), actor=CLERK, allowed=[media_type])
    assert kept(shelf) == []
    assert not StoredFile.objects.exists()


def test_a_package_that_would_grow_enormous_is_refused(monkeypatch):
    monkeypatch.setattr(formats, "MOST_UNPACKED", 1_000_000)
    for content in (
        packed({"bomba": b"0" * 2_000_000}),
        packed({f"{n}.txt": b"0" * 1000 for n in range(1100)}),
    ):
        with pytest.raises(Invalid, match="no es"):
            store(upload(content, "a.zip"), actor=CLERK, allowed=["application/zip"])


@pytest.mark.parametrize("name", ["a.exe", "a", "a.pdf.html", "pdf", "", "a.svg", "a.csv"])
def test_a_format_that_is_not_allowed_is_refused_with_those_that_are(name):
    with pytest.raises(Invalid, match="El archivo debe ser PDF o JPG"):
        store(ContentFile(A_PDF, name=name), actor=CLERK, allowed=[PDF, "image/jpeg"])


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: the system refuses to write, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [SPOOL // 2, SPOOL * 3])
def test_a_full_disk_is_said_and_leaves_nothing_behind(shelf, size):
    content = A_PDF.replace(b"\n%%EOF", b"0" * size + b"\n%%EOF")
    with full_disk(100_000), pytest.raises(Unavailable, match="espacio"):
        store(upload(content), actor=CLERK, allowed=[PDF])
    assert kept(shelf) == []
    assert not StoredFile.objects.exists()
    assert intact(store(upload(content), actor=CLERK, allowed=[PDF]))


def test_a_storage_that_cannot_be_written_is_said(shelf):
    shelf.write_text("a file where the folder should be")
    with pytest.raises(Unavailable):
        store(upload(A_PDF), actor=CLERK, allowed=[PDF])


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_shown(name):
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 150
    assert not set(cleaned) & set("/\\\0\n\r\t\u202e")
    assert not cleaned.startswith(".")


def test_names_lose_folders_and_tricks_but_keep_their_accents():
    assert clean_name("C:\\Users\\x\\Informe año.pdf") == "Informe año.pdf"
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("factura\u202efdp.exe") == "factura fdp.exe"
    assert clean_name("a" * 300 + ".pdf").endswith("a.pdf")


def test_what_is_stored_can_be_read_in_pieces():
    stored = store(upload(A_PDF), actor=CLERK, allowed=[PDF])
    out = io.BytesIO()
    with open_file(stored.sha256) as content:
        for piece in content.chunks(7):
            out.write(piece)
    assert out.getvalue() == A_PDF
    assert default_storage.size(stored.path) == stored.size
