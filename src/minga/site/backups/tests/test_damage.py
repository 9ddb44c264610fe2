"""A file that is not exactly what was written is refused, before anything is touched."""

import gzip
import hashlib
import io
import subprocess
import tarfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minga.site.backups import archive, contents
from minga.site.backups.archive import Archive, Damaged
from minga.site.cli import main


def test_a_whole_backup_is_read_to_its_end(small):
    found = contents.check(small)
    assert found.rows == 2
    assert found.keys is not None
    assert contents.authentic(found, bytes(32))
    assert not contents.authentic(found, bytes([1] * 32))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_anywhere_is_found(small, data):
    whole = bytearray(small.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    changed = small.with_name("changed")
    changed.write_bytes(whole)
    with pytest.raises(Damaged, match="No se tocó nada"):
        contents.check(changed)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_cut_off_anywhere_is_found(small, data):
    whole = small.read_bytes()
    cut = small.with_name("cut")
    cut.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(Damaged):
        contents.check(cut)


def test_something_more_at_the_end_is_found(small):
    small.write_bytes(small.read_bytes() + b"\n")
    with pytest.raises(Damaged):
        contents.check(small)


@pytest.mark.parametrize("content", [b"", b"hola", b"\0" * 10_240, gzip.compress(b"hola", mtime=0)])
def test_a_file_of_another_kind_is_refused_with_words(tmp_path, content, capsys):
    other = tmp_path / "other"
    other.write_bytes(content)
    assert main(["restore", str(other)]) == 1
    assert "no es una copia" in capsys.readouterr().err


def rewritten(path, change):
    """A backup whose members somebody changed on purpose, with a correct last line."""
    made = path.with_name("rewritten")
    with archive.Writer(made, moment=0) as writer:
        for name, content in Archive(path).members():
            for new, data in change(name, content.read()):
                writer.add(new, len(data), io.BytesIO(data))
        writer.close()
    return made


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda n, d: [] if n.startswith("tables/a") else [(n, d)], "la tabla a"),
        (lambda n, d: [(n, gzip.compress(b"1\n") if n.startswith("tables/a") else d)], "la tabla a"),
        (
            lambda n, d: (
                [(n, d), ("tables/c/1.gz", gzip.compress(b"1\n"))] if n == archive.KEYS else [(n, d)]
            ),
            "c",
        ),
        (lambda n, d: [] if n.startswith("files/") else [(n, d)], "faltan archivos"),
        (lambda n, d: [(n, d + b"y" if n.startswith("files/") else d)], "no es el que se guardó"),
        (lambda n, d: [] if n == archive.PROOF else [(n, d)], "estructura"),
        (lambda n, d: [] if n == archive.MANIFEST else [(n, d)], "estructura"),
        (lambda n, d: [(n, d.replace(b"0.1.0", b"0.2.0"))], "descripción"),
        (lambda n, d: [(n, b"{" if n == archive.MANIFEST else d)], "estructura"),
        (lambda n, d: [(n, b"no gzip" if n.startswith("tables/a") else d)], "estructura"),
    ],
)
def test_members_that_do_not_belong_together_are_refused(small, change, words):
    with pytest.raises(Damaged, match=words):
        contents.check(rewritten(small, change))


def test_a_format_of_the_future_is_refused_naming_the_version(small):
    made = rewritten(small, lambda n, d: [(n, d.replace(b'"format": 1', b'"format": 2'))])
    with pytest.raises(contents.Newer, match=r"Minga 0\.1\.0"):
        contents.check(made)


def test_the_ordinary_tools_of_any_system_read_it(small):
    last = small.read_bytes()[-archive.TRAILER :].decode()
    body = small.read_bytes()[: -archive.TRAILER]
    assert last == f"minga-backup sha256 {hashlib.sha256(body).hexdigest()}\n"
    with tarfile.open(small) as tar:
        assert tar.getnames()[0] == archive.MANIFEST
    listed = subprocess.run(["tar", "-xOf", small, "tables/a/00000001.gz"], capture_output=True, check=True)
    assert gzip.decompress(listed.stdout) == b"1\n2\n"


def test_only_its_owner_can_read_it(small):
    assert small.stat().st_mode & 0o777 == 0o600


def test_long_tables_are_cut_into_pieces_and_read_back_the_same(tmp_path):
    rows = [b"%d\t%s\n" % (number, b"x" * 1000) for number in range(10_000)]
    path = tmp_path / "long"
    with archive.Writer(path, moment=0) as writer:
        measured = writer.add_table("long", rows)
        writer.close()
    found = {name: list(pieces) for name, pieces in Archive(path).tables()}
    assert max(map(len, found["long"])) <= 2**20
    assert [name for name, _content in Archive(path).members()] == [
        f"tables/long/{number:08}.gz" for number in (1, 2, 3)
    ]
    assert b"".join(found["long"]) == b"".join(rows)
    assert measured["rows"] == 10_000
