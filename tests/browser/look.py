"""What is asked of a page that is open: the questions that a program can answer about how it reads."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.browser.instance import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"
HEAVIEST = 40_000
"""Bytes of CSS and JavaScript on a page, as sent."""
NARROWEST = 320
"""CSS pixels: a window of 1280 at 400 % zoom (WCAG 2.2, 1.4.10)."""

_START = """() => {
  const later = new Promise((begin) => setTimeout(begin, 0));
  window.mingaAxe = later.then(() => axe.run(document, {
    resultTypes: ["violations"], preload: false, selectors: false,
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {"target-size": {enabled: true}},
  })).then((found) => found.violations.map((rule) => ({
    rule: rule.id, help: rule.help, count: rule.nodes.length,
    where: rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 240)),
  })));
  return null;
}"""

_FRAME = """() => ({
  language: document.documentElement.lang,
  title: document.title.trim(),
  headings: [...document.querySelectorAll("h1")].map((one) => one.innerText.trim()),
  mains: document.querySelectorAll("main").length,
})"""

_TOO_WIDE = """() => {
  const root = document.documentElement, room = root.clientWidth;
  if (root.scrollWidth <= room) return [];
  const past = [...document.body.querySelectorAll("*")].filter((one) =>
    one.getBoundingClientRect().right > room + 1 && getComputedStyle(one).position !== "fixed");
  const outer = past.filter((one) => !past.some((other) => other !== one && one.contains(other)));
  return [`${root.scrollWidth} px wide in a window of ${room} px`,
    ...outer.slice(0, 3).map((one) => one.outerHTML.slice(0, 160))];
}"""

_TOO_SMALL = """() => {
  const told = [];
  const small = (one, least) => {
    const box = one.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || !one.checkVisibility({visibilityProperty: true})) return;
    if (one.closest("svg, .govuk-visually-hidden")) return;
    if (box.height < least - 0.5 || box.width < 23.5)
      told.push(`${Math.round(box.width)} x ${Math.round(box.height)} px, at least ${least}: `
        + one.outerHTML.slice(0, 160));
  };
  document.querySelectorAll("button:not(.govuk-password-input__toggle), .govuk-button, input[type=submit]")
    .forEach((one) => small(one, 44));
  document.querySelectorAll("input:not([type=hidden]):not([type=submit]), select, textarea, summary")
    .forEach((one) => small(one, 24));
  return told.slice(0, 6);
}"""


@dataclass(frozen=True)
class Frame:
    """What every page must have."""

    language: str
    title: str
    headings: list[str]
    mains: int

    @classmethod
    def of(cls, page: Page) -> "Frame":
        """Read from an open page, with JavaScript on or off."""
        return cls(**page.evaluate(_FRAME))

    def problems(self, language: str) -> list[str]:
        """What is missing from a page in `language`."""
        told = []
        if self.language != language:
            told.append(f"the page says it is in {self.language!r}")
        if len(self.headings) != 1 or not self.headings[0]:
            told.append(f"instead of one h1 there are {self.headings}")
        if self.mains != 1:
            told.append(f"{self.mains} main landmarks")
        if not self.title.removesuffix("· Minga").strip():
            told.append("no title")
        return told


def start_axe(page: Page) -> None:
    """Let axe begin to read the page; other pages may be opened meanwhile."""
    page.evaluate(_START)


def axe_problems(page: Page) -> list[str]:
    """What axe found, when it has finished."""
    found: list[dict[str, Any]] = page.evaluate("() => window.mingaAxe")
    return [
        f"axe {rule['rule']}: {rule['help']} ({rule['count']})\n      " + "\n      ".join(rule["where"])
        for rule in found
    ]


def width_problems(page: Page) -> list[str]:
    """What makes the page scroll sideways, if anything."""
    return ["too wide: " + "\n      ".join(told)] if (told := page.evaluate(_TOO_WIDE)) else []


def target_problems(page: Page) -> list[str]:
    """Buttons lower than 44 px, and fields smaller than 24 px."""
    return [f"too small: {told}" for told in page.evaluate(_TOO_SMALL)]
