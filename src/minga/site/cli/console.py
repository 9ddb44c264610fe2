"""What the command line shows: short lines, and how far a long task has come."""

import sys
import time
from gettext import gettext as _

_PAUSE = 0.2


def say(text: str = "") -> None:
    """One line for the person at the terminal, shown at once."""
    print(text, flush=True)


class Progress:
    """How far a long task has come: a line that rewrites itself in a terminal, one line at the end elsewhere."""

    def __init__(self, title: str) -> None:
        self._title, self._began, self._shown = title, time.monotonic(), 0.0
        self._live = sys.stdout.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Tell that `done` of `total` steps are behind us."""
        now = time.monotonic()
        if not self._live or (now - self._shown < _PAUSE and done < total):
            return
        self._shown = now
        share = 100 * done // total if total else 100
        print(f"\r{self._title}: {share} % ({done} / {total})", end="", flush=True)

    def end(self, result: str) -> None:
        """Tell how it ended, and how long it took."""
        seconds = time.monotonic() - self._began
        if self._live:
            print("\r\033[K", end="")
        say(
            _("{title}: {result} ({seconds:.1f} s)").format(title=self._title, result=result, seconds=seconds)
        )
