"""The house keeps every rule, and every rule finds what breaks it."""

from pathlib import Path

import pytest

from tests.structure.planted import PLANTED, SOUND, Planted
from tests.structure.rules import RULES, Rule
from tests.structure.tree import Tree


@pytest.fixture(scope="module")
def house() -> Tree:
    """The real tree, read once."""
    return Tree()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A small tree without fault."""
    return plant(tmp_path_factory.mktemp("sound"), SOUND)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_house_keeps_the_rule(rule: Rule, house: Tree) -> None:
    violations = rule(house)

    assert not violations, "\n" + "\n".join(violations)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted.rule}-{planted.said[:40]}")
def test_the_rule_finds_a_planted_violation(planted: Planted, tmp_path: Path) -> None:
    tree = plant(tmp_path, planted.files)

    said = RULES[planted.rule](tree)

    assert any(planted.said in line for line in said), said or "nothing was found"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_sound_tree_is_left_in_peace(rule: Rule, sound: Tree) -> None:
    assert rule(sound) == []


def test_every_rule_has_a_planted_violation() -> None:
    assert {planted.rule for planted in PLANTED} == set(RULES)


def plant(folder: Path, files: dict[str, str]) -> Tree:
    """Write a tree with the five floors and these files."""
    source = folder / "src/planted"
    for floor in ("site", "modules", "ui", "foundation", "kernel"):
        (source / floor).mkdir(parents=True)
        (source / floor / "__init__.py").write_text(f'"""{floor}."""\n')
    (source / "__init__.py").write_text('"""A planted house."""\n')
    for name, text in files.items():
        path = folder / name if name.startswith("./") else source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Tree(folder, "planted")
