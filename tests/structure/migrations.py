"""Migrations: one line of history for each app, and a way back from every step."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.structure.tree import Tree

_REVERSES = {"RunPython": "reverse_code", "RunSQL": "reverse_sql"}


def history_is_one_line(tree: Tree) -> list[str]:
    """Each app starts once and no two migrations follow the same one."""
    found = []
    for folder, steps in _histories(tree).items():
        followers: dict[str, list[str]] = defaultdict(list)
        for path in steps:
            for parent in _own_parents(tree.modules[path], folder.parent.name) or [""]:
                followers[parent].append(path.stem)
        found += [
            f"{tree.show(folder)}: {' and '.join(sorted(names))} both follow {parent or 'nothing'}"
            for parent, names in followers.items()
            if len(names) > 1
        ]
    return found


def every_step_has_a_way_back(tree: Tree) -> list[str]:
    """RunPython and RunSQL give their reverse."""
    found = []
    for steps in _histories(tree).values():
        for path in steps:
            for node in ast.walk(tree.modules[path]):
                if isinstance(node, ast.Call) and _irreversible(node):
                    found.append(f"{tree.show(path, node.lineno)} has no reverse")
    return found


def _histories(tree: Tree) -> dict[Path, list[Path]]:
    histories: dict[Path, list[Path]] = defaultdict(list)
    for path in tree.modules:
        if path.parent.name == "migrations" and path.name != "__init__.py":
            histories[path.parent].append(path)
    return histories


def _own_parents(module: ast.Module, label: str) -> list[str]:
    """The migrations of the same app that this one depends on."""
    return [name for app, name in _dependencies(module) if app == label]


def _dependencies(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module):
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if [target.id for target in targets if isinstance(target, ast.Name)] == ["dependencies"]:
            items = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else []
            for item in items:
                if isinstance(item, ast.Tuple):
                    app, name = item.elts
                    if isinstance(app, ast.Constant) and isinstance(name, ast.Constant):
                        yield str(app.value), str(name.value)


def _irreversible(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in _REVERSES:
        return False
    return len(call.args) < 2 and _REVERSES[name] not in {keyword.arg for keyword in call.keywords}
