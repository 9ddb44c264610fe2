"""The anatomy of a room: which files it has, what its card says, which facts it declares."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.structure.cards import argument, card_of, constant
from tests.structure.tree import Room, Tree


def rooms_hold_only_the_agreed_files(tree: Tree) -> list[str]:
    """The same names in every room, and nothing beside them."""
    house = tree.house
    found = []
    for room in tree.rooms:
        inside = {
            path.relative_to(room.folder).parts for path in tree.files if path.is_relative_to(room.folder)
        }
        files = {parts[0] for parts in inside if len(parts) == 1}
        folders = {parts[0] for parts in inside if len(parts) > 1}
        allowed = {f"{name}.py" for name in house.files - {"protocols"}} | {"__init__.py"}
        found += [f"{room.name}/{name} is no agreed file" for name in sorted(files - allowed)]
        found += [
            f"{room.name}/{name}/ is no agreed folder"
            for name in sorted(folders - set(house.folders) - set(house.packages))
        ]
        found += [
            f"{room.name}/{name} is both a file and a folder" for name in sorted(folders & _stems(files))
        ]
        required = set(house.required) - folders - _stems(files)
        found += [f"{room.name} has no {name}" for name in sorted(required)]
        found += [
            f"{room.name}/templates/{parts[1]} does not lie under templates/{room.name}/"
            for parts in sorted(inside)
            if parts[0] == "templates" and parts[1] != room.name
        ]
    return found


def a_file_exists_only_with_content(tree: Tree) -> list[str]:
    """No empty module, and no test folder without a test."""
    found = []
    for path, module in tree.modules.items():
        if path.name != "__init__.py" and not any(not _docstring(node) for node in module.body):
            found.append(f"{tree.show(path)} has no content")
    for room in tree.rooms:
        tests = room.folder / "tests"
        if not any(path.parent == tests and path.name.startswith("test_") for path in tree.modules):
            found.append(f"{room.name} has no test")
    return found


def every_folder_of_code_is_a_package(tree: Tree) -> list[str]:
    """A folder without `__init__.py` would escape every other rule."""
    inside = {path.parent for path in tree.modules if path.is_relative_to(tree.source)}
    return sorted(f"{tree.show(folder)} has no __init__.py" for folder in inside if not _is_package(folder))


def cards_tell_the_truth(tree: Tree) -> list[str]:
    """A card gives the folder's name and the level that the house's description gives."""
    found = []
    for room in tree.rooms:
        card = card_of(tree, room)
        if card is None:
            found.append(f"{room.name}/module.py makes no card")
            continue
        name, level = constant(card, "name"), constant(card, "level")
        if name != room.name:
            found.append(f"{room.name}/module.py names the room {name!r}")
        if room.name not in tree.house.levels:
            found.append(f"{room.name} is not in house.toml")
        elif level != tree.house.levels[room.name]:
            found.append(
                f"{room.name}/module.py says level {level!r}, house.toml {tree.house.levels[room.name]}"
            )
        if argument(card, "title") is None:
            found.append(f"{room.name}/module.py gives no title")
    return found


def facts_are_on_the_card_under_the_rooms_name(tree: Tree) -> list[str]:
    """Every fact of a room is named `<room>.thing.happened` and listed on its card."""
    found = []
    for room in tree.rooms:
        listed = _names(argument(card_of(tree, room), "facts"))
        for kind, name in _facts(tree, room):
            if not name.startswith(f"{room.name}.") or name.count(".") != 2:
                found.append(f"{room.name}/facts.py: {kind} is named {name!r}")
            if kind not in listed:
                found.append(f"{room.name}/module.py: the card does not list {kind}")
    return found


def _facts(tree: Tree, room: Room) -> Iterator[tuple[str, str]]:
    """(class, stable name) of each fact that the room's facts.py declares."""
    module = tree.modules.get(room.folder / "facts.py")
    for node in module.body if module else ():
        if isinstance(node, ast.ClassDef) and any(_last_name(base) == "Fact" for base in node.bases):
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            name = given.get("name")
            yield node.name, str(name.value) if isinstance(name, ast.Constant) else ""


def _names(value: ast.expr | None) -> set[str]:
    """The class names in a tuple such as `(facts.NormIssued, NormWithdrawn)`."""
    return {_last_name(item) for item in value.elts} if isinstance(value, ast.Tuple | ast.List) else set()


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _stems(files: set[str]) -> set[str]:
    return {name.removesuffix(".py") for name in files}


def _docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _is_package(folder: Path) -> bool:
    return (folder / "__init__.py").exists()
