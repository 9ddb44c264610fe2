"""Pictures of every sample page, for people to look at: `python -m tests.browser.pictures FOLDER [WORD...]`.

Each page in Spanish at 360, 768 and 1280 pixels; with words, only the pages whose name holds one of them. A word
of two letters that is a language (`en`, `qu`) chooses that language instead.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.browser import chrome
from tests.browser.instance import Instance
from tests.browser.reading import Readers
from tests.browser.sample import LANGUAGES, Sample
from tests.browser.samples import PAGES

WIDTHS = (360, 768, 1280)


def take(readers: Readers, sample: Sample, language: str, folder: Path) -> None:
    """Take the sample's pictures."""
    readers.become(sample.role, language)
    tab = readers.tab("scripts", WIDTHS[0])
    tab.goto(readers.address(sample))
    if sample.sent:
        with tab.expect_navigation():
            tab.locator("main form[method=post] button[type=submit]").first.click()
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        name = f"{sample.label.replace(':', '.')}-{language}-{width}.png"
        tab.screenshot(path=folder / name, full_page=True)


def main(arguments: Sequence[str]) -> int:
    """Take the pictures that the command line asks for."""
    if not arguments:
        print(__doc__)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    languages = [word for word in arguments[1:] if word in LANGUAGES] or ["es"]
    words = [word for word in arguments[1:] if word not in LANGUAGES]
    chosen = [page for page in PAGES if not words or any(word in page.label for word in words)]
    with Instance() as instance, chrome.opened() as browser:
        readers = Readers(browser, instance, chrome.Watch(instance.address))
        for language in languages:
            for sample in chosen:
                take(readers, sample, language, folder)
                print(sample.label, language, flush=True)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minga.site.settings")
    sys.exit(main(sys.argv[1:]))
