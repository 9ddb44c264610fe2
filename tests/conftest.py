"""One running instance for all end-to-end tests of a worker."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.instance import Instance


@pytest.fixture(scope="session")
def instance():
    """An instance that was prepared once; each test leaves it stopped or running, and asks for what it needs."""
    place = Path(tempfile.mkdtemp(prefix="minga-up-"))
    place.chmod(0o711)
    made = Instance(place / "home")
    yield made
    if made.process is not None and made.process.poll() is None:
        made.stop()
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def running(instance):
    """The instance, serving people."""
    if instance.process is None or instance.process.poll() is not None:
        instance.start()
    return instance
