"""One instance and one browser for all browser tests of a process, and tabs to read with."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from minga.ui import build
from tests.browser import chrome
from tests.browser.instance import Instance
from tests.browser.look import AXE
from tests.browser.reading import Readers
from tests.browser.walking import Walk


@pytest.fixture(scope="session")
def _assets() -> None:
    """Stylesheet, scripts and catalogues as a release would carry them, and axe beside them."""
    try:
        build.build()
        build.compile_catalogues()
        if not AXE.exists():
            build.install_packages(build.ROOT, build.find_node())
    except build.BuildError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        chrome.program()
    except chrome.NoBrowser as error:
        pytest.fail(str(error), pytrace=False)
    with chrome.opened() as opened:
        yield opened


@pytest.fixture(scope="session")
def instance(_assets: None) -> Iterator[Instance]:
    with Instance() as started:
        yield started


@pytest.fixture(scope="session")
def readers(browser: Browser, instance: Instance) -> Readers:
    return Readers(browser, instance, chrome.Watch(instance.address))


@pytest.fixture(params=[False, True], ids=["plain", "js"])
def walk(request: pytest.FixtureRequest, browser: Browser, instance: Instance) -> Iterator[Walk]:
    """The journey twice: without JavaScript, and with it."""
    journey = Walk(browser, instance, request.param, chrome.Watch(instance.address))
    yield journey
    journey.end()
