"""A real PostgreSQL for all tests: one embedded server in a temporary home, unless MINGA_DATABASE_URL says."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not _WORKER and "MINGA_TEST_HOME" not in os.environ:
    os.environ["MINGA_TEST_HOME"] = tempfile.mkdtemp(prefix="minga-tests-")
    os.chmod(os.environ["MINGA_TEST_HOME"], 0o711)  # noqa: S103 - as root, the database runs under another account
os.environ["MINGA_HOME"] = os.environ["MINGA_TEST_HOME"]
os.environ["MINGA_DATABASE_ROLE"] = "minga_owner"


def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, before any worker needs it."""
    if _WORKER or os.environ.get("MINGA_DATABASE_URL") or config.option.collectonly:
        return
    from minga.foundation.database import EmbeddedServer, binaries, data_directory

    found = binaries(os.environ.get("MINGA_POSTGRES", "auto"))
    server = EmbeddedServer(data_directory(Path(os.environ["MINGA_HOME"]), found), found)
    server.start()
    config._minga_server = server


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop it and leave nothing behind."""
    server = getattr(config, "_minga_server", None)
    if server is not None:
        server.stop()
        shutil.rmtree(os.environ["MINGA_HOME"], ignore_errors=True)
