"""Who may import whom: floors, rooms by level, the order inside a room, and no cycles anywhere.

The graph comes from grimp (import-linter's engine): imports inside functions and for type checkers count.
"""

import ast
import graphlib
from collections.abc import Iterable, Iterator

import grimp

from tests.structure.cards import declared_level
from tests.structure.tree import Tree, is_test


def floors_import_only_downward(tree: Tree) -> list[str]:
    """site > modules > ui > foundation > kernel."""
    layers = [grimp.Layer(floor) for floor in tree.house.floors]
    return _upward(tree, layers, {tree.package})


def the_kernel_is_plain_python(tree: Tree) -> list[str]:
    """The kernel runs without Django."""
    kernel = f"{tree.package}.kernel"
    return [
        _line(tree, importer, imported)
        for importer, imported in _imports(tree)
        if _within(importer, kernel) and imported == "django"
    ]


def the_site_knows_only_the_ground_rooms(tree: Tree) -> list[str]:
    """The site finds rooms through their cards; it calls none but the two that every house has, by contract."""
    site, modules = f"{tree.package}.site", f"{tree.package}.modules"
    ground = {
        f"{modules}.{room.name}.contracts" for room in tree.rooms if declared_level(tree, room) in {0, 1}
    }
    return [
        _line(tree, importer, imported)
        for importer, imported in _imports(tree)
        if _within(importer, site) and _room_of(imported, modules) and imported not in ground
    ]


def rooms_import_only_the_contracts_of_lower_rooms(tree: Tree) -> list[str]:
    """A room imports another one downward only, and only its `contracts` and `facts`."""
    modules = f"{tree.package}.modules"
    levels = {room.name: declared_level(tree, room) for room in tree.rooms}
    found = []
    for importer, imported in _imports(tree):
        upper, lower = _room_of(importer, modules), _room_of(imported, modules)
        if not upper or not lower or upper == lower:
            continue
        shared = {f"{modules}.{lower}.{name}" for name in tree.house.shared}
        if imported not in shared:
            found.append(
                f"{_line(tree, importer, imported)} is not among what {lower} shares"
                f" ({', '.join(tree.house.shared)})"
            )
        if not (levels.get(lower, 99) or 0) < (levels.get(upper, 0) or 0):
            found.append(f"{_line(tree, importer, imported)}, but {lower} is not below {upper}")
    return found


def a_room_keeps_its_order_inside(tree: Tree) -> list[str]:
    """views|api|protocols|jobs|cli > contracts > actions > indicators > queries > models > facts."""
    containers = {f"{tree.package}.modules.{room.name}" for room in tree.rooms} & tree.graph.modules
    layers = [grimp.Layer(*layer, independent=True) for layer in tree.house.layers]
    return _upward(tree, layers, containers) if containers else []


def no_module_imports_itself_through_others(tree: Tree) -> list[str]:
    """Zero import cycles between modules."""
    return _cycles(_imports(tree))


def no_app_imports_itself_through_others(tree: Tree) -> list[str]:
    """Zero import cycles between the apps of a floor, such as ledger and search."""

    def app(module: str) -> str:
        return ".".join(module.split(".")[:3])

    pairs = ((app(importer), app(imported)) for importer, imported in _imports(tree))
    apps = {tree.package, *(f"{tree.package}.{floor}" for floor in tree.house.floors)}
    return _cycles((a, b) for a, b in pairs if a != b and not {a, b} & apps)


def code_never_imports_tests(tree: Tree) -> list[str]:
    """What runs in production needs no test."""
    found = []
    for path, module in tree.modules.items():
        if is_test(path.relative_to(tree.root).as_posix()):
            continue
        found += [
            f"{tree.show(path, line)} {name}"
            for line, name in _named_imports(module)
            if name.startswith(f"{tree.package}.") and is_test(name)
        ]
    return found


def _imports(tree: Tree) -> Iterator[tuple[str, str]]:
    """(importer, imported) for each pair of modules."""
    for importer in sorted(tree.graph.modules):
        if importer.split(".")[0] != tree.package:
            continue
        for imported in sorted(tree.graph.find_modules_directly_imported_by(importer)):
            yield importer, imported


def _line(tree: Tree, importer: str, imported: str) -> str:
    details = tree.graph.get_import_details(importer=importer, imported=imported)
    number = f", line {details[0]['line_number']}" if details else ""
    return f"{importer}{number}: imports {imported}"


def _upward(tree: Tree, layers: list[grimp.Layer], containers: set[str]) -> list[str]:
    found = tree.graph.find_illegal_dependencies_for_layers(layers=layers, containers=containers)
    return sorted(
        f"{dependency.importer} may not import {dependency.imported}: " + " > ".join(_chain(route))
        for dependency in found
        for route in dependency.routes
    )


def _chain(route: grimp.Route) -> list[str]:
    return ["|".join(sorted(route.heads)), *route.middle, "|".join(sorted(route.tails))]


def _cycles(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Each cycle once, cut open after it was found so that the next one shows."""
    imports: dict[str, set[str]] = {}
    for importer, imported in pairs:
        imports.setdefault(importer, set()).add(imported)
    found = []
    while True:
        try:
            graphlib.TopologicalSorter(imports).prepare()
        except graphlib.CycleError as error:
            ring: list[str] = list(reversed(error.args[1]))
            found.append(" > ".join(ring))
            imports[ring[0]].discard(ring[1])
        else:
            return found


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _room_of(module: str, modules: str) -> str:
    return module.removeprefix(f"{modules}.").split(".")[0] if module.startswith(f"{modules}.") else ""


def _named_imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
