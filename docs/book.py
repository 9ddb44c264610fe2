"""Makes a website of `docs/` (mkdocs calls these hooks): its order, and links that leave the folder.

The pages stay ordinary Markdown that also reads well beside the code, so nothing in them is written for the website.
"""

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent
SECTIONS = ("tutorial", "how-to", "reference", "explanation", "adr")
PROJECT = ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "THREAT_MODEL.md")
"""Files beside `docs/` that are pages of the website too, under `project/`."""
_LINK = re.compile(r"(?<![\\!])\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")


def on_config(config: Any) -> Any:
    """The order of the pages."""
    project = [{_title(ROOT / name): f"project/{name}"} for name in PROJECT]
    config.nav = [{"Minga": "README.md"}, *(_section(name) for name in SECTIONS), {"Project": project}]
    return config


def on_files(files: Any, config: Any) -> Any:
    """The pages that lie beside `docs/`."""
    for name in PROJECT:
        files.append(File.generated(config, f"project/{name}", content=(ROOT / name).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_others: Any) -> str:
    """The page with its links as the website needs them."""
    return relinked(markdown, page.file.src_uri)


def relinked(markdown: str, page: str) -> str:
    """Links to what is no page become the path in the repository; links to project files find them."""
    here = posixpath.dirname(page)
    folder = "" if here == "project" else posixpath.join("docs", here)

    def put(found: re.Match[str]) -> str:
        words, target, part = found[1], found[2], found[3] or ""
        if re.match(r"[a-z]+:", target):
            return found[0]
        path = posixpath.normpath(posixpath.join(folder, target))
        if path in PROJECT:
            return f"[{words}]({posixpath.relpath(f'project/{path}', here or '.')}{part})"
        if path.startswith("docs/"):
            return f"[{words}]({posixpath.relpath(path.removeprefix('docs/'), here or '.')}{part})"
        return f"{words} (`{path}`)"

    return _LINK.sub(put, markdown)


def _section(name: str) -> dict[str, list[Any]]:
    """A folder by its index: the index itself, then the pages it links to, in that order, folders inside too."""
    index = ROOT / "docs" / name / "README.md"
    pages: list[Any] = [f"{name}/README.md"]
    for found in _LINK.finditer(index.read_text("utf-8")):
        path = posixpath.normpath(posixpath.join(name, found[2]))
        inside = path.startswith(f"{name}/") and path.endswith(".md") and path not in pages
        if inside and path.endswith("/README.md"):
            pages.append(_section(posixpath.dirname(path)))
        elif inside and posixpath.dirname(path) == name:
            pages.append(path)
    return {_title(index): pages}


def _title(path: Path) -> str:
    return path.read_text("utf-8").split("\n", 1)[0].removeprefix("# ").strip()
