"""Generated pages are current, settings are explained, and the public metadata keeps its standard."""

import runpy
from typing import Any

import yaml

from tests.structure.tree import ROOT

generate: dict[str, Any] = runpy.run_path(str(ROOT / "docs/generate.py"))

CATEGORIES = frozenset({"data-analytics", "design-system", "digital-citizenship", "workflow-management"})
"""Those of the standard's controlled vocabulary that fit Minga."""


def test_generated_pages_are_current() -> None:
    stale = [path.name for path, text in generate["pages"]().items() if path.read_text("utf-8") != text]

    assert stale == [], "run: make docs"


def test_every_setting_is_explained_and_every_explanation_has_a_setting() -> None:
    assert set(generate["read_settings"]()) == generate["described"]()


def test_defaults_are_read_from_the_code() -> None:
    defaults = generate["read_settings"]()

    assert defaults["MINGA_UPLOAD_LIMIT"] == str(10 * 2**20)
    assert defaults["MINGA_DEBUG"] == "0"
    assert defaults["MINGA_HOSTS"].startswith("127.0.0.1,")


def test_kinds_and_readers_are_read_from_the_code() -> None:
    known = generate["read"]()

    assert known["MINGA_DEBUG"].kind == "`1` or `0`"
    assert known["MINGA_METRICS_PORT"].kind == "whole number"
    assert known["MINGA_HOSTS"].kind.startswith("list")
    assert known["MINGA_SECRET_LEDGER"].kind == "key"
    assert known["MINGA_PORT"].readers == ("serve", "up")
    assert known["MINGA_HOME"].readers == ()


def test_both_readmes_tell_the_same() -> None:
    english, spanish = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.es.md"))

    assert english.count("\n## ") == spanish.count("\n## ")
    assert english.count("\n- **") == spanish.count("\n- **")
    assert all("\nmake run\n" in text and "\nmake test\n" in text for text in (english, spanish))


def test_publiccode_keeps_its_standard() -> None:
    """The rules of publiccode.yml 0.4 that apply to the fields we use (see the standard's schema)."""
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))

    assert described["publiccodeYmlVersion"] == "0.4"
    required = {"name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal"}
    assert required | {"maintenance", "localisation"} <= set(described)
    assert described["softwareType"] == "standalone/web"
    assert described["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert described["legal"]["license"] == "EUPL-1.2"
    assert set(described["categories"]) <= CATEGORIES
    assert described["maintenance"]["type"] == "community"
    assert described["maintenance"]["contacts"]
    assert set(described["description"]) == {"es", "en"}
    for text in described["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_the_licence_is_the_one_the_project_declares() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")

    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "\n15.Applicable Law" in text
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text("utf-8")
