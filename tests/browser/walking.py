"""A person at a browser, as the journeys tell of them: they read, press what they see, and go by keyboard."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.chrome import PATIENCE, Watch
from tests.browser.instance import Instance
from tests.browser.reading import HEIGHT, sign_in

expect.set_options(timeout=PATIENCE)
MOST_STOPS = 120
"""Presses of Tab after which something is out of a keyboard's reach."""


@dataclass
class Walk:
    """Opens browsers for the people of one journey, all with JavaScript or all without."""

    browser: Browser
    instance: Instance
    scripts: bool
    watch: Watch
    _contexts: list[BrowserContext] = field(default_factory=list)

    def person(self, role: str = "", *, width: int = 1280, language: str = "es") -> Page:
        """The tab of somebody new: a visitor, or an official who has just signed in."""
        context = self.browser.new_context(
            java_script_enabled=self.scripts,
            viewport={"width": width, "height": HEIGHT},
            base_url=self.instance.address,
            locale="es-EC",
        )
        context.add_cookies([{"name": "minga_idioma", "value": language, "url": self.instance.address}])
        self._contexts.append(self.watch.over(context))
        page = context.new_page()
        if role:
            sign_in(page, self.instance, role)
        return page

    def end(self) -> None:
        """Close all tabs; nothing may have gone wrong in any of them."""
        for context in self._contexts:
            context.close()
        complaints = self.watch.taken()
        if complaints:
            raise AssertionError("\n".join(complaints))


def press(page: Page, words: str) -> None:
    """Press the button that says so."""
    page.get_by_role("button", name=words, exact=True).first.click()


def follow(page: Page, words: str, *, within: str = "main") -> None:
    """Follow the first link that says so."""
    page.locator(within).get_by_role("link", name=words).first.click()


def heading(page: Page) -> Locator:
    """The page's one h1."""
    return page.locator("h1")


def told(page: Page, words: str) -> None:
    """A banner says that it was done."""
    expect(page.locator(".govuk-notification-banner")).to_contain_text(words)


def refused(page: Page, words: str) -> None:
    """The summary at the top says what is wrong."""
    expect(page.locator(".govuk-error-summary")).to_contain_text(words)


def type_date(page: Page, question: str, day: int, month: int, year: int) -> None:
    """Fill in the three inputs of a date."""
    group = page.get_by_role("group", name=question)
    for part, value in (("dia", day), ("mes", month), ("anio", year)):
        group.locator(f"input[name$=_{part}]").fill(str(value))


def tab_to(page: Page, target: Locator) -> None:
    """Go to something with the Tab key alone."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not reach {target}")


def attach(page: Page, question: str, name: str, content: bytes, kind: str) -> None:
    """Choose a file in a form."""
    page.get_by_label(question).set_input_files({"name": name, "mimeType": kind, "buffer": content})


def download(page: Page, words: str, folder: Path) -> bytes:
    """Follow a link that leads to a file, and return its bytes."""
    with page.expect_download(timeout=PATIENCE) as coming:
        follow(page, words)
    path = folder / "document"
    coming.value.save_as(path)
    return path.read_bytes()


def exactly(words: str) -> re.Pattern[str]:
    """These words and no others."""
    return re.compile(f"^\\s*{re.escape(words)}\\s*$")
