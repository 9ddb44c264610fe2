"""Every page, in every language, narrow and wide, with JavaScript and without: nobody is kept out.

A public page in Spanish is looked at in four views: narrow and wide, with JavaScript and without. Its special states
and the pages of the workplace are looked at in two that have everything between them: narrow with JavaScript, wide
without. A translation changes words alone, so it is looked at where words are short of room: narrow. A page in one
language is opened once for all its tests, side by side, because axe is what takes long; so they belong to one group,
which one worker takes.
"""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page

from tests.browser import look
from tests.browser.reading import HEIGHT, Readers
from tests.browser.samples import PAGES, Sample

pytestmark = pytest.mark.browser
NARROW, WIDE = 360, 1280
View = tuple[int, bool]
"""A window's width in CSS pixels, and whether JavaScript is on."""
_ALL: tuple[View, ...] = ((NARROW, True), (WIDE, True), (NARROW, False), (WIDE, False))
_TWO: tuple[View, ...] = ((NARROW, True), (WIDE, False))
_WORDS: tuple[View, ...] = ((NARROW, True),)


def views_of(sample: Sample, language: str) -> tuple[View, ...]:
    """In which views a page is looked at."""
    if language != "es":
        return _WORDS
    return _TWO if sample.role or sample.state else _ALL


@dataclass
class Survey:
    """What was found wrong with a page in one language, by view."""

    sample: Sample
    language: str
    found: dict[View, list[str]] = field(default_factory=dict)

    def make(self, readers: Readers) -> None:
        """Open the page in its views and look."""
        readers.become(self.sample.role, self.language)
        readers.watch.taken()
        views = views_of(self.sample, self.language)
        tabs = {width: readers.tab("scripts", width) for width in (NARROW, WIDE) if (width, True) in views}
        for width, tab in tabs.items():
            self.found[(width, True)] = self._open(readers, tab)
            look.start_axe(tab)
        widths = [width for width in (NARROW, WIDE) if (width, False) in views]
        if widths:
            plain = readers.tab("plain", widths[0])
            told = self._open(readers, plain)
            frozen = self._freeze(readers, plain, widths[0])
        for width, tab in tabs.items():
            self.found[(width, True)] += look.axe_problems(tab) + self._measure(tab, width)
        for place, width in enumerate(widths):
            if place:
                frozen.set_viewport_size({"width": width, "height": HEIGHT})
                look.start_axe(frozen)
            self.found[(width, False)] = told + look.axe_problems(frozen) + self._measure(frozen, width)
            told = []

    def _open(self, readers: Readers, tab: Page) -> list[str]:
        """Read the page in a tab, and tell what a reader would miss at once."""
        readers.watch.begin(tab)
        answer = tab.goto(readers.address(self.sample))
        if self.sample.sent:
            with tab.expect_navigation() as sent:
                tab.locator("main form[method=post] button[type=submit]").first.click()
            answer = sent.value
        told = look.Frame.of(tab).problems(self.language)
        if answer is None or answer.status != self.sample.status:
            told.append(f"answered {answer and answer.status} instead of {self.sample.status}")
        weight = readers.watch.weight(tab)
        if weight > look.HEAVIEST:
            told.append(f"{weight} bytes of CSS and JavaScript, at most {look.HEAVIEST}")
        return told + readers.watch.taken()

    def _freeze(self, readers: Readers, plain: Page, width: int) -> Page:
        """The same page as it came without JavaScript, in a tab where axe can run."""
        frozen = readers.tab("frozen", width)
        content, address = plain.content(), plain.url
        frozen.route(address, lambda route: route.fulfill(body=content, content_type="text/html"))
        frozen.goto(address)
        frozen.unroute(address)
        look.start_axe(frozen)
        return frozen

    def _measure(self, tab: Page, width: int) -> list[str]:
        told = look.width_problems(tab) + look.target_problems(tab)
        if width == NARROW:
            tab.set_viewport_size({"width": look.NARROWEST, "height": HEIGHT})
            told += look.width_problems(tab)
        return told


@pytest.fixture(scope="module")
def surveys(readers: Readers) -> dict[tuple[str, str], Survey]:
    """The surveys made so far, by page and language."""
    return {}


def _cases() -> list[object]:
    return [
        pytest.param(
            sample,
            language,
            view,
            id=f"{sample.label}-{language}-{view[0]}-{'js' if view[1] else 'plain'}",
            marks=pytest.mark.xdist_group(f"{sample.label}-{language}"),
        )
        for sample in PAGES
        for language in sample.languages
        for view in views_of(sample, language)
    ]


@pytest.mark.parametrize(("sample", "language", "view"), _cases())
def test_a_page_keeps_nobody_out(
    sample: Sample, language: str, view: View, readers: Readers, surveys: dict[tuple[str, str], Survey]
):
    key = (sample.label, language)
    if key not in surveys:
        survey = Survey(sample, language)
        survey.make(readers)
        surveys[key] = survey
    problems = surveys[key].found[view]
    assert not problems, "\n" + "\n".join(f"  - {problem}" for problem in problems)


def test_planted_faults_are_found(readers: Readers):
    tab = readers.tab("scripts", NARROW)
    tab.route("**/planted/", lambda route: route.fulfill(content_type="text/html", body=_FAULTY))
    tab.goto(f"{readers.instance.address}/planted/")
    look.start_axe(tab)
    assert len(look.Frame.of(tab).problems("es")) == 4
    told = "\n".join(look.axe_problems(tab) + look.width_problems(tab) + look.target_problems(tab))
    assert "axe image-alt" in told
    assert "axe color-contrast" in told
    assert "axe target-size" in told
    assert "too wide: 2008 px" in told
    assert "too small: 30 x 20 px" in told
    assert any("another server" in complaint for complaint in readers.watch.taken())


_FAULTY = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title> · Minga</title></head>
<body><h1>One</h1><h1>Two</h1>
<img src="https://elsewhere.example/x.png" width="2000" height="10">
<p><font color="#bbbbbb">grey on white</font></p>
<a href="/a"><svg width="10" height="10"></svg>a</a><a href="/b"><svg width="10" height="10"></svg>b</a>
<button style="width: 30px; height: 20px; padding: 0">x</button></body></html>"""
