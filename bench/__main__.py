"""`python -m bench`: run the measurements and print the table; exit code 1 when a promise is missed."""

import argparse
import sys
from collections.abc import Iterator

from bench import house, ledger, pages, probes, startup, throughput
from bench.table import Row, show

TOPICS = ("startup", "throughput", "pages", "search", "ledger", "probes")


def main() -> int:
    """Run the chosen topics."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure Minga's promised figures.")
    parser.add_argument("--quick", action="store_true", help="smaller sizes: a minute instead of several")
    parser.add_argument("topics", nargs="*", metavar="topic", help=f"some of: {', '.join(TOPICS)}")
    arguments = parser.parse_args()
    unknown = set(arguments.topics) - set(TOPICS)
    if unknown:
        parser.error(f"unknown topics: {', '.join(sorted(unknown))}")
    return 0 if show(_rows(arguments.quick, arguments.topics or TOPICS)) else 1


def _rows(quick: bool, topics: list[str] | tuple[str, ...]) -> Iterator[Row]:
    if "startup" in topics:
        yield from startup.measure()
    if not set(topics) - {"startup"}:
        return
    with house.instance() as home:
        if "throughput" in topics:
            yield from throughput.measure(home, 1.5 if quick else 3)
        if "pages" in topics:
            yield from pages.measure(10 if quick else 25)
        if "search" in topics:
            yield from _search(quick)
        if "ledger" in topics:
            sizes = (10_000, 50_000, 100_000) if quick else (100_000, 1_000_000, 2_000_000)
            yield from ledger.measure(sealed=sizes[0], proved=sizes[1], read=sizes[2])
        if "probes" in topics:
            yield from probes.measure(1_000 if quick else 5_000)


def _search(quick: bool) -> Iterator[Row]:
    from bench import search

    yield from search.measure(quick)


if __name__ == "__main__":
    sys.exit(main())
