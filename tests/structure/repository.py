"""What never enters the repository, and what never stays unfinished in it.

The patterns are written so that they do not match themselves.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.structure.tree import Tree, is_test

TEXT = frozenset(
    [
        ".cfg",
        ".conf",
        ".css",
        ".csv",
        ".html",
        ".ini",
        ".js",
        ".json",
        ".lock",
        ".md",
        ".po",
        ".pot",
        ".py",
        ".scss",
        ".sh",
        ".sql",
        ".svg",
        ".toml",
        ".tpl",
        ".txt",
        ".typ",
        ".yaml",
        ".yml",
    ]
)
ASSETS = frozenset(
    [
        ".bin",
        ".eot",
        ".exe",
        ".gif",
        ".gz",
        ".ico",
        ".jar",
        ".jpeg",
        ".jpg",
        ".mo",
        ".otf",
        ".pdf",
        ".so",
        ".tar",
        ".tgz",
        ".ttf",
        ".whl",
        ".woff",
        ".woff2",
        ".zip",
    ]
)
PICTURES = frozenset({".png"})
USED_BY_OTHERS = frozenset({"argon2-cffi", "tzdata"})
"""Dependencies that no line of ours names: Django's Argon2 hasher and zoneinfo load them."""
LARGEST = 1_500_000
"""Bytes: nothing but a data set of the State comes near."""

_UNFINISHED = re.compile(
    r"\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b|\braise\s+NotImplemented[E]rror\b|pragma:\s*no\s+[c]over|@\w*\.?mark\.xf[a]il"
)
_SKIP = re.compile(r"mark\.s[k]ip\b(?!\(\s*(?:reason=)?[\"'])|pytest\.s[k]ip\(\s*\)")
_REGISTRY = re.compile(
    r"\b(?:files\.)?pythonh[o]sted\.org|\bp[y]pi\.org|registry\.np[m]js\.org|registry\.yarn[p]kg\.com"
    r"|deb\.deb[i]an\.org|security\.deb[i]an\.org|--(?:extra-)?ind[e]x-url|jsdel[i]vr\.net|unpk[g]\.com|cdn[j]s\."
)
_MACHINE = re.compile(r"(?<![\w.<{])/(?:r[o]ot|home/[a-z]+|Us[e]rs/[A-Za-z]+)/")
_LOCK_ADDRESS = re.compile(r'"res[o]lved":\s*"https?:|\s@ https?://|^source = \{ registry', re.MULTILINE)
_SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE [K]EY-----|\bAK[I]A[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\b(?:SECRET_KEY|API_KEY|TOKEN)\s*=\s*[\"'][^\"'{}$]{12,}[\"']"
)


def nothing_is_left_unfinished(tree: Tree) -> list[str]:
    """No note to finish later, no unmeasured branch, no test skipped without its reason."""
    return [
        *_matches(tree, _UNFINISHED, {".py", ".html", ".js", ".scss", ".toml"}),
        *_matches(tree, _SKIP, {".py"}),
    ]


def tests_use_the_real_thing(tree: Tree) -> list[str]:
    """No stand-in for code of ours."""
    return _matches(tree, re.compile(r"unittest\.m[o]ck|\bMagic[M]ock\b"), {".py"})


def no_registry_is_named(tree: Tree) -> list[str]:
    """Which registry a machine uses is the machine's own setting."""
    return _matches(tree, _REGISTRY, TEXT)


def no_machine_is_named(tree: Tree) -> list[str]:
    """No absolute path of the machine on which somebody wrote this."""
    return _matches(tree, _MACHINE, TEXT)


def locks_hold_hashes_but_no_addresses(tree: Tree) -> list[str]:
    """A lock says what to install and its hash, not where from."""
    locks = _matches(tree, _LOCK_ADDRESS, {".json", ".lock", ".txt"})
    for path in tree.files:
        if (
            path.parent == tree.root / "requirements"
            and path.suffix == ".txt"
            and "--hash=" not in tree.text(path)
        ):
            locks.append(f"{tree.show(path)} has no hashes")
    return locks


def every_dependency_is_used(tree: Tree) -> list[str]:
    """What an installed Minga brings along, its own code uses; what only tests need is in their group."""
    project = tree.root / "pyproject.toml"
    declared = tomllib.loads(tree.text(project))["project"]["dependencies"] if project.exists() else []
    code = "\n".join(tree.text(path) for path in tree.modules if _runs(tree, path))
    return [
        f"pyproject.toml: {name} is used by nothing that runs"
        for name in (re.split(r"[\[<>=~!; ]", each)[0] for each in declared)
        if name not in USED_BY_OTHERS and not any(_is_named(module, code) for module in _modules_of(name))
    ]


def no_secret_is_kept(tree: Tree) -> list[str]:
    """No key, token or password of a real system."""
    return _matches(tree, _SECRET, TEXT)


def only_our_own_assets_are_kept(tree: Tree) -> list[str]:
    """Fonts, libraries and archives are fetched at build; pictures are our own and under docs/images."""
    found = []
    for path in tree.files:
        name = tree.show(path)
        if path.suffix in ASSETS or path.name.endswith((".min.js", ".min.css")):
            found.append(f"{name} is a built or third-party file")
        if path.suffix in PICTURES and not name.startswith("docs/images/"):
            found.append(f"{name} is a picture outside docs/images")
        if path.stat().st_size > LARGEST:
            found.append(f"{name} has {path.stat().st_size} bytes")
    return found


def silenced_findings_are_named(tree: Tree) -> list[str]:
    """A comment that silences a tool says which finding."""
    bare = re.compile(r"#\s*n[o]qa\b(?!:)|#\s*type:\s*ign[o]re(?!\[)")
    return _matches(tree, bare, {".py"})


def _matches(tree: Tree, pattern: re.Pattern[str], suffixes: frozenset[str] | set[str]) -> list[str]:
    return [
        f"{tree.show(path, text.count(chr(10), 0, match.start()) + 1)} {match.group().strip()}"
        for path in tree.files
        if path.suffix in suffixes or (not path.suffix and suffixes is TEXT and _is_script(path))
        if path.stat().st_size <= LARGEST
        for text in (tree.text(path),)
        for match in pattern.finditer(text)
    ]


def _runs(tree: Tree, path: Path) -> bool:
    return path.is_relative_to(tree.source) and not is_test(tree.show(path))


@cache
def _owners() -> Mapping[str, list[str]]:
    """For each importable name on this machine, the distributions it comes from."""
    return packages_distributions()


def _modules_of(distribution: str) -> list[str]:
    """The names under which a distribution's code is imported."""
    found = _owners().items()
    return [
        module
        for module, owners in found
        if distribution in {owner.lower().replace("_", "-") for owner in owners}
    ]


def _is_named(module: str, code: str) -> bool:
    """Whether code imports a module, or names it in a string as settings do."""
    return re.search(rf"^\s*(?:from|import) {module}\b|[\"']{module}[.\"'/]", code, re.MULTILINE) is not None


def _is_script(path: Path) -> bool:
    return path.name in {"Makefile", "run"}
