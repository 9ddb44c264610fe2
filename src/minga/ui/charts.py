"""Charts drawn on the server: each answers one question; its geometry is computed here, printed as SVG.

A chart carries its title (the answer in words), a summary sentence and all its numbers for the table twin.
Lengths are in the units of the SVG's view box.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from minga.ui import formats

Number = int | float | Decimal
WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 84, 616, 28, 268
MOST_TICKS = 6
FEW_DAYS = 90
"""A chart of fewer days, several of them in a month, is marked by days and not by months."""
_SMALLEST_SPAN = 1e-6


@dataclass(frozen=True)
class Point:
    """A value on a day; None where nothing is known, which is not zero."""

    when: date
    value: Number | None


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where it is and what it says."""

    at: float
    text: str


@dataclass(frozen=True)
class Mark:
    """A point of a line as it is drawn."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True, kw_only=True)
class LineChart:
    """How a number moved over time and, when there is one, the path it was meant to follow.

    `unit` is "%" for points of a hundred, else the name of what is counted. `id` must be unique on the page.
    `reached` and `expected` say what the two lines are, where they are not those of the plan.
    """

    id: str
    title: str
    summary: str
    points: Sequence[Point]
    target_path: Sequence[Point] = ()
    unit: str = ""
    source: str = ""
    reached: str = ""
    expected: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self._known

    @cached_property
    def marks(self) -> list[Mark]:
        """The known points of the line, in time's order."""
        return [self._mark(point) for point in sorted(self.points, key=_when) if point.value is not None]

    @cached_property
    def target_marks(self) -> list[Mark]:
        """The known points of the target path, in time's order."""
        return [self._mark(point) for point in sorted(self.target_path, key=_when) if point.value is not None]

    @cached_property
    def path(self) -> str:
        """The line as an SVG path; it breaks where a value is missing."""
        drawn, joined = "", False
        for point in sorted(self.points, key=_when):
            if point.value is None:
                joined = False
                continue
            mark = self._mark(point)
            drawn += f"{'L' if joined else 'M'}{mark.x} {mark.y}"
            joined = True
        return drawn

    @cached_property
    def target(self) -> str:
        """The target path as an SVG path."""
        return "".join(
            f"{'L' if place else 'M'}{mark.x} {mark.y}" for place, mark in enumerate(self.target_marks)
        )

    @cached_property
    def horizontal(self) -> list[Tick]:
        """The marks of the time axis: the points when there is one a year, else years, else months, else days."""
        first, last = self._days
        days = sorted({point.when for point in self._known})
        if len({day.year for day in days}) == len(days):
            return [Tick(self._x(day), str(day.year)) for day in _thin(days, MOST_TICKS)]
        years = [date(year, 1, 1) for year in range(first.year, last.year + 2)]
        within = [day for day in years if first <= day <= last]
        if len(within) >= 2:
            return [Tick(self._x(day), str(day.year)) for day in _thin(within, MOST_TICKS)]
        crowded = len({(day.year, day.month) for day in days}) < len(days)
        shape = "%d/%m" if crowded and (last - first).days < FEW_DAYS else "%m/%Y"
        return [Tick(self._x(day), f"{day:{shape}}") for day in _thin(days, MOST_TICKS - 2)]

    @cached_property
    def vertical(self) -> list[Tick]:
        """The marks of the value axis, at round numbers."""
        return [
            Tick(self._y(value), self.text(int(value) if float(value).is_integer() else value))
            for value in self._scale
        ]

    @cached_property
    def rows(self) -> list[tuple[date, str, str]]:
        """The table twin: each day with its value and its target, in words where one is missing."""
        values = {point.when: point.value for point in self.points}
        targets = {point.when: point.value for point in self.target_path}
        days = sorted(values.keys() | targets.keys())
        return [(day, self.text(values.get(day)), self.text(targets.get(day))) for day in days]

    @property
    def last(self) -> Mark | None:
        """The latest known point, which carries its value on the drawing."""
        return self.marks[-1] if self.marks else None

    @property
    def label_at(self) -> float:
        """The height at which the latest value is written: above its point, or below when that is taken."""
        if self.last is None:
            return float(BOTTOM)
        above = [mark.y for mark in self.target_marks[-1:] if 0 <= self.last.y - mark.y < 60]
        crowded = bool(above) or self.last.y < TOP + 32
        return round(self.last.y + (34 if crowded and self.last.y < BOTTOM - 40 else -14), 1)

    def text(self, value: Number | None) -> str:
        """A value as it is written on the chart."""
        return formats.points(value) if self.unit == "%" else formats.number(value)

    @cached_property
    def _known(self) -> list[Point]:
        return [point for point in (*self.points, *self.target_path) if point.value is not None]

    @cached_property
    def _days(self) -> tuple[date, date]:
        days = [point.when for point in self._known] or [date(2018, 1, 1)]
        return min(days), max(days)

    @cached_property
    def _scale(self) -> list[float]:
        values = [float(point.value) for point in self._known if point.value is not None] or [0.0]
        if self.unit == "%" and min(values) >= 0 and max(values) <= 100:
            return [0, 25, 50, 75, 100]
        reached = [float(point.value) for point in self.points if point.value is not None]
        whole = all(value.is_integer() for value in reached)  # the plan's path may lie between
        return round_scale(min(0.0, *values), max(0.0, *values), whole=whole)

    def _mark(self, point: Point) -> Mark:
        return Mark(self._x(point.when), self._y(float(point.value or 0)), point)

    def _x(self, day: date) -> float:
        first, last = self._days
        if first == last:
            return round((LEFT + RIGHT) / 2, 1)
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / (last - first).days, 1)

    def _y(self, value: float) -> float:
        low, high = self._scale[0], self._scale[-1]
        return round(BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low), 1)


@dataclass(frozen=True)
class Bar:
    """One thing among those compared; None where nothing is known."""

    label: str
    value: Number | None
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Things compared by one number, as bars that share a scale from zero.

    `full` is the value of a whole bar: 100 for points of a hundred, else the largest value.
    """

    id: str
    title: str
    summary: str
    bars: Sequence[Bar]
    unit: str = ""
    source: str = ""

    @property
    def full(self) -> float:
        """The value that fills a bar."""
        largest = max((float(bar.value) for bar in self.bars if bar.value is not None), default=0.0)
        return max(100.0, largest) if self.unit == "%" else largest or 1.0

    @property
    def lengths(self) -> list[tuple[Bar, float, str]]:
        """Each bar, its length from 0 to 100 and its value in words."""
        return [(bar, self._length(bar), self.text(bar.value)) for bar in self.bars]

    def text(self, value: Number | None) -> str:
        """A value as it is written beside its bar."""
        return formats.points(value) if self.unit == "%" else formats.number(value)

    def _length(self, bar: Bar) -> float:
        return round(min(100.0, max(0.0, 100 * float(bar.value or 0) / self.full)), 2)


@dataclass(frozen=True)
class Part:
    """One part of a whole, with how many belong to it."""

    label: str
    count: int
    href: str = ""


@dataclass(frozen=True)
class Segment:
    """A part as it is drawn: where it starts and how long it is, of 100."""

    part: Part
    start: float
    length: float
    share: str
    tone: int


@dataclass(frozen=True, kw_only=True)
class Share:
    """How a whole divides into its parts (at most five), as one bar."""

    id: str
    title: str
    summary: str
    parts: Sequence[Part]
    unit: str = ""
    source: str = ""
    tones: Sequence[int] = field(default=(1, 2, 3, 4, 5))

    @property
    def total(self) -> int:
        """How many there are in all parts."""
        return sum(part.count for part in self.parts)

    @property
    def segments(self) -> list[Segment]:
        """The parts one after another; an empty whole has segments of no length."""
        drawn, start, whole = [], 0.0, self.total or 1
        for part, tone in zip(self.parts, self.tones, strict=False):
            length = 100 * part.count / whole
            share = formats.percent(part.count / whole)
            drawn.append(Segment(part, round(start, 3), round(length, 3), share, tone))
            start += length
        return drawn


def round_scale(low: float, high: float, steps: int = 4, *, whole: bool = False) -> list[float]:
    """At most `steps` + 2 round numbers, evenly apart, from one not above `low` to one not below `high`.

    `whole` leaves out fractions: nobody issues half a norm.
    """
    span = high - low if high - low > _SMALLEST_SPAN else 1.0
    magnitude = 10.0 ** math.floor(math.log10(span / steps))
    if whole:
        magnitude = max(1.0, magnitude)
    sizes = [size * magnitude for size in (1, 2, 2.5, 5, 10)]
    step = next(size for size in sizes if size * steps >= span * 0.999 and (not whole or size.is_integer()))
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(place * step, 10) for place in range(first, max(last, first + 1) + 1)]


def _when(point: Point) -> date:
    return point.when


def _thin(days: Iterable[date], most: int) -> list[date]:
    kept = list(days)
    stride = max(1, math.ceil(len(kept) / most))
    return kept[::stride]
