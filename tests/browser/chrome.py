"""The browser of the tests: the machine's own Chromium, never on the network, and watched while it reads."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 30_000
"""Milliseconds that a page or an element may take on a busy machine."""
_PROGRAMS = (
    "chromium-headless-shell",
    "chromium",
    "google-chrome",
    "chromium-browser",
    "google-chrome-stable",
)


class NoBrowser(Exception):
    """No Chromium on this machine; the message says how to get one."""


def program() -> str:
    """Where Chromium or Chrome is. Raises NoBrowser."""
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    raise NoBrowser(
        "The browser tests need Chromium or Chrome on the PATH. Install it: `apt-get install chromium` on Debian, "
        "`apt-get install chromium-browser` on Ubuntu, `dnf install chromium` on Fedora, or Google Chrome."
    )


@contextmanager
def opened() -> Iterator[Browser]:
    """A browser without a window, closed at the end."""
    path = program()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What a browser did beside showing pages: complaints, and requests to anybody but us."""

    home: str
    complaints: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    """Bytes of each script and stylesheet as the server sent them, by address."""
    loaded: dict[Page, set[str]] = field(default_factory=dict)
    """The scripts and stylesheets that each page has asked for since `begin`."""

    def over(self, context: BrowserContext) -> BrowserContext:
        """Watch everything that this context does from now on."""
        context.set_default_timeout(PATIENCE)
        context.on("console", self._heard)
        context.on("request", self._asked)
        context.on("requestfinished", self._got)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        return context

    def begin(self, page: Page) -> None:
        """From here on a new page is read in this tab."""
        self.loaded[page] = set()

    def weight(self, page: Page) -> int:
        """Bytes of CSS and JavaScript that the page took, as they came over the wire."""
        return sum(self.weights[address] for address in self.loaded[page])

    def taken(self) -> list[str]:
        """The complaints so far, which are forgotten."""
        taken, self.complaints = self.complaints, []
        return taken

    def _heard(self, message: ConsoleMessage) -> None:
        ours = re.sub(r"\s+", " ", message.text)
        expected = "the server responded with a status of 4" in ours
        if message.type == "error" and not expected:
            self.complaints.append(f"console: {ours[:300]}")

    def _asked(self, request: Request) -> None:
        if request.url.startswith(("data:", "blob:", "about:")):
            return
        if urlsplit(request.url).netloc != urlsplit(self.home).netloc:
            self.complaints.append(f"asked another server: {request.url[:200]}")

    def _got(self, request: Request) -> None:
        if request.resource_type not in {"stylesheet", "script"}:
            return
        response = request.response()
        if response is None:
            return
        if request.url not in self.weights:
            self.weights[request.url] = _wire_size(response)
        self.loaded.setdefault(request.frame.page, set()).add(request.url)


def _wire_size(response: Response) -> int:
    return int(response.headers.get("content-length") or len(response.body()))
