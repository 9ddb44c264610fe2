"""What the documents promise about the repository: links, code they show, tests they name."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.structure.tree import Tree

_LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
_SHOWN = re.compile(r"<!-- ([\w./-]+) -->\n```\w*\n(.*?)```", re.DOTALL)
_NAMED = re.compile(r"`((?:src|tests|docs|bench|requirements)/[\w./-]*[\w/])`")
_MADE = re.compile(r"\bmake ([a-z]+)\b(?= *(?:#|`|$|ARGS))", re.MULTILINE)


def links_lead_somewhere(tree: Tree) -> list[str]:
    """Every link to a file of the repository, pictures too."""
    return [
        f"{tree.show(path)} links to {target}"
        for path in tree.named(".md")
        for target in _LINK.findall(tree.text(path))
        if not re.match(r"[a-z]+:|#", target) and not (path.parent / target.split("#")[0]).exists()
    ]


def code_is_shown_as_it_is(tree: Tree) -> list[str]:
    """A block under `<!-- path -->` stands in that file, word for word."""
    return [
        f"{tree.show(path)} shows what {name} does not say:\n{block}"
        for path in tree.named(".md")
        for name, block in _SHOWN.findall(tree.text(path))
        if not (tree.root / name).exists() or block.strip("\n") not in tree.text(tree.root / name)
    ]


def named_files_exist(tree: Tree) -> list[str]:
    """Every path of the repository that a document names, such as the test behind a counter-measure."""
    return [
        f"{tree.show(path)} names {name}"
        for path in tree.named(".md")
        for name in sorted(set(_NAMED.findall(tree.text(path))))
        if not (tree.root / name).exists()
    ]


def make_targets_exist(tree: Tree) -> list[str]:
    """Every `make` target that a document tells people to run."""
    makefile = tree.root / "Makefile"
    known = set(re.findall(r"^([a-z-]+):", tree.text(makefile), re.MULTILINE)) if makefile.exists() else set()
    return [
        f"{tree.show(path)} says make {target}"
        for path in tree.named(".md")
        for target in sorted(set(_MADE.findall(tree.text(path))) - known)
    ]


def decisions_are_in_the_index(tree: Tree) -> list[str]:
    """Each decision record has its own number and stands in the index."""
    index = tree.root / "docs/adr/README.md"
    listed = tree.text(index) if index.exists() else ""
    return [
        *_numbers_used_twice(tree),
        *(f"{path.name} is not in the index" for path in _records(tree) if path.name not in listed),
    ]


def _numbers_used_twice(tree: Tree) -> Iterator[str]:
    numbers = [path.name[:4] for path in _records(tree)]
    yield from (
        f"decision {number} exists twice" for number in sorted(set(numbers)) if numbers.count(number) > 1
    )


def _records(tree: Tree) -> list[Path]:
    folder = tree.root / "docs/adr"
    return [path for path in tree.named(".md") if path.parent == folder and path.name != "README.md"]
