"""Limits that keep the rooms liveable: sizes, complexity, words for everything public."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.structure.tree import Tree, is_test

FILE_LINES = 400
FUNCTION_LINES = 40
COMPLEXITY = 8
_DOCSTRINGS = ("D100", "D101", "D102", "D103", "D104")


def files_stay_short(tree: Tree) -> list[str]:
    """At most 400 lines in a file of code, template, style or script; migrations and data aside."""
    found = []
    for path in tree.named(".py", ".html", ".typ", ".scss", ".js", ".tpl"):
        lines = tree.text(path).count("\n")
        if lines > FILE_LINES and not _generated(path):
            found.append(f"{tree.show(path)} has {lines} lines")
    return found


def functions_stay_short(tree: Tree) -> list[str]:
    """At most 40 lines in a function, its docstring included."""
    found = []
    for path, module in tree.modules.items():
        for node in ast.walk(module) if not _generated(path) else ():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    found.append(f"{tree.show(path, node.lineno)} {node.name} has {lines} lines")
    return found


def functions_stay_simple(tree: Tree) -> list[str]:
    """Cyclomatic complexity of at most 8; no exception by comment."""
    code = [path for path in tree.modules if not _generated(path)]
    return _ruff(tree, ["C901"], code, f"lint.mccabe.max-complexity={COMPLEXITY}")


def everything_public_says_what_it_is(tree: Tree) -> list[str]:
    """A docstring on every public module, class and function; tests say it in their names."""
    code = [path for path in tree.modules if not _generated(path) and not is_test(tree.show(path))]
    return _ruff(tree, _DOCSTRINGS, code)


def names_of_tests_are_sentences(tree: Tree) -> list[str]:
    """A test's name says what holds, in three words at least."""
    found = []
    for path, module in tree.modules.items():
        if not path.name.startswith("test_"):
            continue
        for node in ast.walk(module):
            if (
                isinstance(node, ast.FunctionDef)
                and node.name.startswith("test_")
                and node.name.count("_") < 3
            ):
                found.append(f"{tree.show(path, node.lineno)} {node.name}")
    return found


def _ruff(tree: Tree, rules: Iterable[str], paths: Sequence[Path], *settings: str) -> list[str]:
    """What ruff finds with these rules alone; comments that would silence it are not heard."""
    if not paths:
        return []
    options = [part for setting in settings for part in ("--config", setting)]
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa", "--no-cache", "-q"]
    command += ["--select", ",".join(rules), "--output-format", "json", *options]
    command += [str(path) for path in paths]
    answer = subprocess.run(command, check=False, cwd=tree.root, capture_output=True, text=True)
    if answer.returncode > 1:
        raise RuntimeError(answer.stderr)
    return [
        f"{tree.show(Path(item['filename']), item['location']['row'])} {item['message']}"
        for item in json.loads(answer.stdout)
    ]


def _generated(path: Path) -> bool:
    return "migrations" in path.parts
