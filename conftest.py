"""A real PostgreSQL for all tests: one embedded server in a temporary home, unless MINGA_DATABASE_URL says."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not _WORKER:
    os.environ["MINGA_TEST_HOME"] = tempfile.mkdtemp(prefix="minga-tests-")
os.environ["MINGA_HOME"] = os.environ["MINGA_TEST_HOME"]
os.environ["MINGA_DATABASE_ROLE"] = "minga_owner"
# Named here and not in the project file, because settings read the lines above when they are loaded.
os.environ["DJANGO_SETTINGS_MODULE"] = "minga.site.settings"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, before any worker needs it, and Django in every process."""
    import django

    if not _WORKER and not os.environ.get("MINGA_DATABASE_URL") and not config.option.collectonly:
        from minga.foundation.database import EmbeddedServer, binaries

        server = EmbeddedServer(
            Path(os.environ["MINGA_HOME"]), binaries(os.environ.get("MINGA_POSTGRES", "auto"))
        )
        server.start()
        config._minga_server = server
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop it and leave nothing behind."""
    server = getattr(config, "_minga_server", None)
    if server is not None:
        server.stop()
    if not _WORKER:
        shutil.rmtree(os.environ["MINGA_HOME"], ignore_errors=True)
