"""The documentation becomes a website in which every link leads somewhere and nothing comes from elsewhere."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.structure.tree import ROOT

book: dict[str, Any] = runpy.run_path(str(ROOT / "docs/book.py"))

_FETCHED = re.compile(r"""<(?:script|link|img|iframe)[^>]*?(?:src|href)=["']?((?:https?:)?//[^"'\s>]+)""")


def build(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Build the website, strictly."""
    mkdocs = Path(sys.executable).with_name("mkdocs")
    command = [str(mkdocs), "build", "--strict", "-f", str(config), "-d", str(site)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website."""
    folder = tmp_path_factory.mktemp("book")
    answer = build(ROOT / "mkdocs.yml", folder)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return folder


def test_every_page_is_there_and_in_the_order(site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    pages = [path for path in (ROOT / "docs").rglob("*.md") if path.name != "README.md"]

    assert len(pages) > 30
    for path in pages:
        address = path.relative_to(ROOT / "docs").with_suffix("").as_posix()
        assert (site / address / "index.html").exists(), address
        assert f'href="{address}/"' in home, f"{address} is in no README.md"


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))

    assert len(pages) > 40
    assert {place for page in pages for place in _FETCHED.findall(page.read_text("utf-8"))} == set()
    assert not any("@import" in sheet.read_text("utf-8") for sheet in site.rglob("*.css"))


def test_a_link_that_leads_nowhere_stops_the_building(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Planted\n\n[Gone](gone.md)\n")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Planted\nstrict: true\n")

    answer = build(config, tmp_path / "site")

    assert answer.returncode == 1
    assert "gone.md" in answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("page", "written", "put"),
    [
        ("explanation/README.md", "[a](../../THREAT_MODEL.md#b)", "[a](../project/THREAT_MODEL.md#b)"),
        ("project/SECURITY.md", "[a](docs/how-to/README.md)", "[a](../how-to/README.md)"),
        ("project/SECURITY.md", "[a](THREAT_MODEL.md)", "[a](THREAT_MODEL.md)"),
        ("README.md", "[a](../src/minga/site/urls.py)", "a (`src/minga/site/urls.py`)"),
        ("how-to/drills/README.md", "[a](../README.md)", "[a](../README.md)"),
        ("README.md", "[a](https://example.org/)", "[a](https://example.org/)"),
    ],
)
def test_links_out_of_the_folder_find_their_page_or_say_the_path(page: str, written: str, put: str) -> None:
    assert book["relinked"](written, page) == put
