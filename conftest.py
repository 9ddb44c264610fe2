"""A real PostgreSQL for all tests: one embedded server in a temporary home, unless MINGA_DATABASE_URL says."""

import os
import shutil
import tempfile
from pathlib import Path

import django
import hypothesis
import pytest
import pytest_django
from django.conf import settings
from django.urls import get_resolver

_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not _WORKER:
    os.environ["MINGA_TEST_HOME"] = tempfile.mkdtemp(prefix="minga-tests-")
    os.chmod(os.environ["MINGA_TEST_HOME"], 0o711)  # the database may run as another account
os.environ["MINGA_HOME"] = os.environ["MINGA_TEST_HOME"]
os.environ["MINGA_DATABASE_ROLE"] = "minga_owner"
os.environ["MINGA_PAGE_CACHE_BYTES"] = "0"  # each test sees what it has just changed
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop stays in the thread of the tests
# Named here and not in the project file, because settings read the lines above when they are loaded.
os.environ["DJANGO_SETTINGS_MODULE"] = "minga.site.settings"
django.setup()
# How fast something is belongs to the benchmarks: a busy machine must not fail a property.
hypothesis.settings.register_profile("minga", deadline=None)
hypothesis.settings.load_profile("minga")
settings.MIDDLEWARE.append("tests.budget.within_budget")
_NOTHING_TO_LOSE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""This server's data go away with the tests; those of durability start servers of their own."""
# The addresses come from the cards: read before any test puts other cards in their place.
_ADDRESSES = get_resolver().url_patterns


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the server once, before any worker needs it, and Django in every process."""
    if not _WORKER and not os.environ.get("MINGA_DATABASE_URL") and not config.option.collectonly:
        from minga.foundation.database import cluster
        from minga.site.settings import embedded_server

        server = embedded_server()
        durable = dict(cluster.SETTINGS)
        cluster.SETTINGS.update(_NOTHING_TO_LOSE)
        server.start()
        cluster.SETTINGS.update(durable)
        config._minga_server = server


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop it and leave nothing behind."""
    server = getattr(config, "_minga_server", None)
    if server is not None:
        server.stop()
    if not _WORKER:
        shutil.rmtree(os.environ["MINGA_HOME"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """After a test with real transactions Django empties every table, the ledger's too: only here it may."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_fact DISABLE TRIGGER ledger_fact_never_emptied")
        cursor.execute("ALTER TABLE ledger_seal DISABLE TRIGGER ledger_seal_never_emptied")


@pytest.fixture(autouse=True)
def _home_of_its_own(settings: pytest_django.Settings, tmp_path: Path) -> None:
    """What a test writes beside the database (the ledger's anchor, say) no other worker reads."""
    settings.MINGA_HOME = tmp_path
