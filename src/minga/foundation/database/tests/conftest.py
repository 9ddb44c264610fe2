import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from minga.foundation.database import Binaries, EmbeddedServer, data_directory, every_binaries


@pytest.fixture(scope="module", params=every_binaries(), ids=lambda found: f"pg{found.major}")
def found(request):
    """Each major version of PostgreSQL on this machine in turn."""
    return request.param


def _reachable_folder() -> Path:
    """A folder that the server's account can pass through, unlike pytest's own temporary folders."""
    folder = Path(tempfile.mkdtemp(prefix="minga-db-"))
    folder.chmod(0o711)
    return folder


@pytest.fixture
def base():
    """A folder for one test."""
    folder = _reachable_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def made(found):
    """Data with something to lose, made once for each version and copied for each test."""
    folder = _reachable_folder()
    with (
        EmbeddedServer(data_directory(folder, found), found) as server,
        psycopg.connect(server.dsn("minga_owner")) as connection,
    ):
        connection.execute("CREATE TABLE kept AS SELECT 7 AS id")
    yield server.location
    shutil.rmtree(folder)


def _looked_after(base: Path, found: Binaries) -> Iterator[EmbeddedServer]:
    """A server; whatever still runs of it at the end is stopped."""
    built = EmbeddedServer(data_directory(base / "home", found), found)
    yield built
    if built.running():
        built.start()
    built.stop()


@pytest.fixture
def fresh(base, found):
    """A server that has never been started."""
    yield from _looked_after(base, found)


@pytest.fixture
def server(base, found, made):
    """A server with data, stopped."""
    home = base / "home"
    home.mkdir(mode=0o711)
    subprocess.run(["cp", "-a", made, data_directory(home, found)], check=True)
    yield from _looked_after(base, found)
