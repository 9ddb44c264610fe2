"""`minga new-room` writes a room that keeps every rule and passes its own tests at once."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from minga.kernel.errors import Invalid
from minga.site.cli import new_room
from tests.structure.rules import RULES
from tests.structure.tree import ROOT, Tree

ASKED: dict[str, Any] = {"name": "archive", "level": 3, "title": "Archivo «público» del Estado"}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository with one room more."""
    root = tmp_path_factory.mktemp("house")
    for path in Tree().files:
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    package = root / "src/minga"
    new_room.write(package, new_room.checked(package, **ASKED))
    return root


def python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of ours in the copy, as on a fresh machine."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("DJANGO_", "MINGA_", "PYTEST_"))
    }
    environment |= {"PYTHONPATH": f"{root / 'src'}:{root}", "MINGA_HOME": str(root / "home")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=root, env=environment, check=False, capture_output=True, text=True
    )


def test_the_new_room_breaks_no_rule(copy: Path) -> None:
    answer = python(copy, "-c", _RULES_ON_THE_COPY)

    found = [line for line in answer.stdout.splitlines() if "archive" in line]
    assert found == [], answer.stdout
    assert "rules kept" in answer.stdout, answer.stderr


_RULES_ON_THE_COPY = """
from pathlib import Path
from tests.structure.rules import RULES
from tests.structure.tree import Tree
tree = Tree(Path.cwd())
tree.files = [path for path in tree.files if "archive" in path.parts]
assert [room.name for room in tree.rooms] == ["archive"] and len(tree.files) > 12
for name, rule in RULES.items():
    for line in rule(tree):
        print(name, line)
print("rules kept")
"""


def test_the_new_room_is_formatted_and_linted_as_all_others(copy: Path) -> None:
    room = "src/minga/modules/archive"
    linted, formatted = (
        python(copy, "-m", "ruff", "check", room),
        python(copy, "-m", "ruff", "format", "--check", room),
    )

    assert linted.returncode == 0, linted.stdout
    assert formatted.returncode == 0, formatted.stdout


@pytest.mark.slow
def test_the_new_room_is_typed_and_passes_its_own_tests(copy: Path) -> None:
    if (known := ROOT / ".mypy_cache").is_dir():
        shutil.copytree(known, copy / ".mypy_cache")

    typed = python(copy, "-m", "mypy", "src/minga/modules/archive")
    tested = python(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "src/minga/modules/archive")

    assert typed.returncode == 0, typed.stdout
    assert tested.returncode == 0, tested.stdout


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "Archive"}, "letras minúsculas"),
        ({"name": "class"}, "letras minúsculas"),
        ({"name": "plan"}, "ya existe"),
        ({"level": None}, "--level"),
        ({"level": 9}, "--level"),
        ({"name": "notices", "level": 5}, "nivel 2"),
        ({"title": " "}, "título"),
        ({"title": "a" * 61}, "título"),
        ({"title": 'El "archivo"'}, "título"),
        ({"title": "¿?"}, "dirección"),
        ({"address": "a/b"}, "dirección"),
    ],
)
def test_a_room_that_cannot_be_is_refused_with_words(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        new_room.checked(new_room.PACKAGE, **{**ASKED, **changed})


def test_an_installed_minga_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="desarrollo"):
        new_room.checked(tmp_path / "lib/minga", **ASKED)


def test_a_room_of_the_plan_needs_no_level() -> None:
    room = new_room.checked(new_room.PACKAGE, name="notices", level=None, title="Avisos")

    assert (room.level, room.address) == (2, "avisos")


def test_the_subcommand_is_part_of_the_command_line() -> None:
    parser = argparse.ArgumentParser()
    new_room.add(parser.add_subparsers())

    parsed = parser.parse_args(["new-room", "archive", "--level", "3", "--title", "Archivo"])

    assert (parsed.run, parsed.name, parsed.level) == (new_room.run, "archive", 3)
    assert len(RULES) > 30
