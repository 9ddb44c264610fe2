"""The wheel carries all that a machine without Node needs, and nothing that it does not."""

import os
import subprocess
import sys
import zipfile

import pytest

from tests.instance import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names inside the wheel, and the folder it was unpacked into."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=300)
    (path,) = place.glob("minga-*.whl")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(place / "unpacked")
        return set(archive.namelist()), place / "unpacked"


def test_it_carries_assets_templates_data_and_migrations(wheel):
    names, _folder = wheel
    for name in (
        "minga/ui/static/ui/minga.css",
        "minga/ui/static/ui/minga.css.gz",
        "minga/ui/static/ui/minga.js",
        "minga/ui/templates/ui/layout.html",
        "minga/site/templates/site/home.html",
        "minga/foundation/ledger/migrations/0001_initial.py",
        "minga/modules/directory/data/territory.csv",
        "minga/modules/plan/templates/plan/sheet.typ",
        "minga/ui/typst/minga.typ",
        "minga/ui/sass/_tokens.scss",
    ):
        assert name in names


def test_it_carries_no_tests_and_no_sources_of_assets(wheel):
    names, _folder = wheel
    assert [name for name in names if "/tests/" in name or "node_modules" in name] == []


def test_it_runs_without_the_tree_and_without_node(wheel, tmp_path):
    _names, folder = wheel
    tmp_path.chmod(0o711)
    script = (
        "import minga, django; django.setup(); from django.core.management import call_command;"
        "call_command('check'); from django.test import Client; from django.templatetags.static import static;"
        "assert Client().get(static('ui/minga.css')).status_code == 200; print(minga.__file__)"
    )
    environment = {
        "PYTHONPATH": str(folder),
        "PATH": "/nonexistent",
        "MINGA_HOME": str(tmp_path / "home"),
        "MINGA_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "minga.site.settings",
        "LANG": os.environ.get("LANG", "C.UTF-8"),
    }
    answer = subprocess.run(
        [sys.executable, "-P", "-c", script],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert str(folder) in answer.stdout
