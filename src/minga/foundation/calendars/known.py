"""The declared days that Minga brings along, from the two tables in `data/`."""

import csv
import datetime as dt
from collections.abc import Iterator
from importlib.resources import files

from minga.kernel.calendars import Override, OverrideKind
from minga.kernel.holidays import moved_rest

LOCAL_YEARS = range(2017, 2031)
"""The years for which local holidays are laid out by the law's moves; stewards declare the later ones."""


def days() -> tuple[Override, ...]:
    """Every known day: decrees as published, local holidays moved by law."""
    return (*_decreed(), *_local())


def _rows(table: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath("data", table).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _decreed() -> Iterator[Override]:
    for row in _rows("decreed_days.csv"):
        day = dt.date.fromisoformat(row["date"])
        yield Override(day, OverrideKind(row["kind"]), row["name"], row["norm"])


def _local() -> Iterator[Override]:
    for row in _rows("local_holidays.csv"):
        for year in LOCAL_YEARS:
            official = dt.date(year, int(row["month"]), int(row["day"]))
            rest = moved_rest(official)
            kind, source = (
                (OverrideKind.HOLIDAY, None) if rest == official else (OverrideKind.MOVED, official)
            )
            yield Override(rest, kind, row["name"], row["norm"], row["canton"], source)
