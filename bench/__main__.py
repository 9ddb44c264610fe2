"""`python -m bench`: run the measurements and print the table; exit code 1 when a promise is missed."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import api, backup, house, indicators, ledger, pages, probes, startup, throughput
from bench.table import Row, show

Measure = Callable[[Path, bool], Iterator[Row]]


def _startup(_home: Path, _quick: bool) -> Iterator[Row]:
    return startup.measure()


def _throughput(home: Path, quick: bool) -> Iterator[Row]:
    return throughput.measure(home, 1.5 if quick else 3)


def _pages(_home: Path, quick: bool) -> Iterator[Row]:
    return pages.measure(10 if quick else 25)


def _api(_home: Path, quick: bool) -> Iterator[Row]:
    return api.measure(10 if quick else 25)


def _search(_home: Path, quick: bool) -> Iterator[Row]:
    from bench import search

    return search.measure(quick)


def _indicators(_home: Path, quick: bool) -> Iterator[Row]:
    yield from indicators.measure(read=100_000 if quick else 2_000_000)
    house.empty_the_ledger()


def _ledger(_home: Path, quick: bool) -> Iterator[Row]:
    sizes = (10_000, 50_000, 100_000) if quick else (100_000, 1_000_000, 2_000_000)
    yield from ledger.measure(sealed=sizes[0], proved=sizes[1], read=sizes[2])
    house.empty_the_ledger()


def _probes(_home: Path, quick: bool) -> Iterator[Row]:
    return probes.measure(1_000 if quick else 5_000)


def _backup(home: Path, quick: bool) -> Iterator[Row]:
    return backup.measure(home, facts=100_000 if quick else 1_000_000, megabytes=64 if quick else 256)


TOPICS: dict[str, Measure] = {
    "startup": _startup,
    "throughput": _throughput,
    "pages": _pages,
    "api": _api,
    "search": _search,
    "indicators": _indicators,
    "ledger": _ledger,
    "probes": _probes,
    "backup": _backup,
}
"""All but the first share one instance, in this order."""


def main() -> int:
    """Run the chosen topics."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure Minga's promised figures.")
    parser.add_argument("--quick", action="store_true", help="smaller sizes: a minute instead of several")
    parser.add_argument("topics", nargs="*", metavar="topic", help=f"some of: {', '.join(TOPICS)}")
    arguments = parser.parse_args()
    unknown = set(arguments.topics) - set(TOPICS)
    if unknown:
        parser.error(f"unknown topics: {', '.join(sorted(unknown))}")
    return 0 if show(_rows(arguments.quick, arguments.topics or list(TOPICS))) else 1


def _rows(quick: bool, topics: list[str]) -> Iterator[Row]:
    if "startup" in topics:
        yield from _startup(Path(), quick)
    rest = [name for name in TOPICS if name in topics and name != "startup"]
    if not rest:
        return
    with house.instance() as home:
        for name in rest:
            yield from TOPICS[name](home, quick)


if __name__ == "__main__":
    sys.exit(main())
