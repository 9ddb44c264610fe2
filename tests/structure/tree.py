"""A source tree under the rules: the real one, or a small planted one with a violation in it."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import grimp

from minga.site.cli.anatomy import DESCRIPTION, House, read_house

ROOT = Path(__file__).resolve().parents[2]
_UNSEEN = {".git", ".venv", "node_modules", "__pycache__", "build", "dist"}


@dataclass(frozen=True)
class Room:
    """One room's folder."""

    name: str
    folder: Path


@dataclass(eq=False)
class Tree:
    """A repository: `root/src/<package>/{site,modules,ui,foundation,kernel}` and what lies beside it."""

    root: Path = ROOT
    package: str = "minga"

    @property
    def source(self) -> Path:
        """The package's folder."""
        return self.root / "src" / self.package

    @cached_property
    def house(self) -> House:
        """The description that this tree brings, or else the real one."""
        own = self.source / "site/cli/house.toml"
        return read_house(own if own.exists() else DESCRIPTION)

    @cached_property
    def files(self) -> list[Path]:
        """All files that belong to the repository: known to git or not ignored by it; all, without git."""
        if (self.root / ".git").exists():
            command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
            listed = subprocess.run(command, cwd=self.root, capture_output=True, check=True, text=True).stdout
            found = {self.root / name for name in listed.split("\0") if name}
            return sorted(path for path in found if path.is_file())
        inside = (path for path in self.root.rglob("*") if path.is_file())
        return sorted(path for path in inside if not _UNSEEN & set(path.relative_to(self.root).parts))

    def named(self, *suffixes: str) -> Iterator[Path]:
        """The files with one of these suffixes."""
        return (path for path in self.files if path.suffix in suffixes)

    def text(self, path: Path) -> str:
        """What a file says, read once."""
        if path not in self._texts:
            self._texts[path] = path.read_text("utf-8", errors="replace")
        return self._texts[path]

    @cached_property
    def _texts(self) -> dict[Path, str]:
        return {}

    @cached_property
    def modules(self) -> dict[Path, ast.Module]:
        """Every Python file of the repository, parsed."""
        return {path: ast.parse(self.text(path)) for path in self.named(".py")}

    @cached_property
    def rooms(self) -> list[Room]:
        """The rooms, by name: folders of `modules/` that hold Python."""
        folder = self.source / "modules"
        found = sorted(
            {path.relative_to(folder).parts[0] for path in self.modules if _inside(path, folder, 2)}
        )
        return [Room(name, folder / name) for name in found]

    @cached_property
    def graph(self) -> grimp.ImportGraph:
        """Who imports whom, wherever in a file it is written; tests aside."""
        sys.path.insert(0, str(self.root / "src"))
        importlib.invalidate_caches()
        try:
            graph = grimp.build_graph(self.package, include_external_packages=True, cache_dir=None)
        finally:
            sys.path.pop(0)
        for module in [name for name in graph.modules if is_test(name)]:
            graph.remove_module(module)
        return graph

    def show(self, path: Path, line: int = 0) -> str:
        """A place in the tree, as tools print it."""
        return (
            f"{path.relative_to(self.root).as_posix()}:{line}"
            if line
            else path.relative_to(self.root).as_posix()
        )


def is_test(module: str) -> bool:
    """Whether a dotted module name, or a path written with slashes, belongs to tests."""
    parts = module.replace("/", ".").split(".")
    return "tests" in parts or "conftest" in parts


def _inside(path: Path, folder: Path, depth: int) -> bool:
    return path.is_relative_to(folder) and len(path.relative_to(folder).parts) >= depth
