"""What a room's card says, read from `module.py` without importing it."""

import ast

from tests.structure.tree import Room, Tree


def card_of(tree: Tree, room: Room) -> ast.Call | None:
    """The call that makes the room's `card`, if there is one."""
    module = tree.modules.get(room.folder / "module.py")
    for node in module.body if module else ():
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            targets = {target.id for target in node.targets if isinstance(target, ast.Name)}
            if "card" in targets:
                return node.value
    return None


def argument(card: ast.Call | None, name: str) -> ast.expr | None:
    """One keyword argument of the card."""
    for keyword in card.keywords if card else ():
        if keyword.arg == name:
            return keyword.value
    return None


def constant(card: ast.Call | None, name: str) -> object:
    """One keyword argument of the card, when it is written out plainly."""
    value = argument(card, name)
    return value.value if isinstance(value, ast.Constant) else None


def declared_level(tree: Tree, room: Room) -> int | None:
    """The level that the room's card gives."""
    level = constant(card_of(tree, room), "level")
    return level if isinstance(level, int) else None
