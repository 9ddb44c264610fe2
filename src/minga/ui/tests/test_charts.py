"""Charts stay inside their box, keep every number in the table, and never take missing data for zero."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.template import engines
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from minga.ui.charts import BOTTOM, LEFT, RIGHT, TOP, Bar, Bars, LineChart, Part, Point, Share, round_scale
from minga.ui.tiles import PROVINCES, ProvinceMap

days = st.dates(date(2008, 1, 1), date(2040, 12, 31))
values = st.none() | st.floats(-1e9, 1e9) | st.integers(-(10**9), 10**9) | st.decimals(-1000, 1000, places=2)
series = st.lists(st.builds(Point, days, values), max_size=30, unique_by=lambda point: point.when)


def chart(points, target_path=(), unit=""):
    return LineChart(id="c", title="t", summary="s", points=points, target_path=target_path, unit=unit)


def coordinates(path):
    return [tuple(map(float, pair)) for pair in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


@given(points=series, target=series, unit=st.sampled_from(["%", "normas"]))
def test_every_line_stays_inside_its_box(points, target, unit):
    drawn = chart(points, target, unit)
    for x, y in coordinates(drawn.path) + coordinates(drawn.target):
        assert LEFT - 0.1 <= x <= RIGHT + 0.1
        assert TOP - 0.1 <= y <= BOTTOM + 0.1
    assert all(LEFT - 0.1 <= tick.at <= RIGHT + 0.1 for tick in drawn.horizontal)
    assert all(TOP - 0.1 <= tick.at <= BOTTOM + 0.1 for tick in drawn.vertical)
    assert TOP - 20 <= drawn.label_at <= BOTTOM + 20


@given(points=series, target=series)
def test_the_table_twin_has_every_day_of_the_drawing_once(points, target):
    rows = chart(points, target).rows
    assert [row[0] for row in rows] == sorted({point.when for point in (*points, *target)})
    known = sum(point.value is not None for point in points)
    assert len([row for row in rows if row[1]]) == known


@given(points=series)
def test_a_line_has_one_mark_for_each_known_point_and_breaks_where_data_is_missing(points):
    drawn = chart(points)
    ordered = sorted(points, key=lambda point: point.when)
    runs = sum(
        point.value is not None and (place == 0 or ordered[place - 1].value is None)
        for place, point in enumerate(ordered)
    )
    assert len(drawn.marks) == sum(point.value is not None for point in points)
    assert drawn.path.count("M") == runs
    assert drawn.empty is (not drawn.marks)


def test_whole_numbers_have_no_fractions_on_their_scale():
    drawn = chart([Point(date(2019, 1, 1), 0), Point(date(2020, 1, 1), Decimal(1))], unit="normas")
    assert [tick.text for tick in drawn.vertical] == ["0", "1"]
    halfway = chart(drawn.points, [Point(date(2020, 1, 1), Decimal("0.67"))], unit="normas")
    assert [tick.text for tick in halfway.vertical] == ["0", "1"]
    assert round_scale(0, 100, whole=True) == [0, 25, 50, 75, 100]


@given(low=st.integers(-(10**9), 0), high=st.integers(0, 10**9))
def test_a_whole_scale_holds_all_values(low, high):
    marks = round_scale(low, high, whole=True)
    assert marks[0] <= low <= high <= marks[-1]
    assert all(mark.is_integer() for mark in marks)
    assert len(marks) <= 7


def test_percentages_are_drawn_on_the_whole_scale():
    drawn = chart([Point(date(2020, 1, 1), 50)], unit="%")
    with override("es"):
        assert [tick.text for tick in drawn.vertical] == [
            "0\u00a0%",
            "25\u00a0%",
            "50\u00a0%",
            "75\u00a0%",
            "100\u00a0%",
        ]
    assert drawn.marks[0].y == (TOP + BOTTOM) / 2


def test_one_point_a_year_is_marked_by_its_year_and_many_by_months():
    yearly = chart([Point(date(year, 12, 31), 1) for year in (2018, 2019, 2020)])
    assert [tick.text for tick in yearly.horizontal] == ["2018", "2019", "2020"]
    monthly = chart([Point(date(2020, month, 1), month) for month in (2, 3, 4)])
    assert [tick.text for tick in monthly.horizontal] == ["02/2020", "03/2020", "04/2020"]


def test_many_points_in_a_month_are_marked_by_days():
    daily = chart([Point(date(2020, 3, day), day) for day in range(1, 9)])
    assert [tick.text for tick in daily.horizontal] == ["01/03", "03/03", "05/03", "07/03"]


def test_lines_are_called_what_the_chart_says_they_are():
    named = LineChart(
        id="c",
        title="t",
        summary="s",
        points=[Point(date(2020, 1, 1), 3)],
        target_path=[Point(date(2020, 1, 1), 2)],
        reached="Minutos sin servicio",
        expected="Lo prometido",
    )
    engine: Any = engines["jinja2"]
    macros = engine.env.get_template("ui/components/charts.html").module
    drawn = macros.line(named)
    assert "Minutos sin servicio" in drawn
    assert "Lo prometido" in drawn
    assert "Lo alcanzado" not in drawn


@given(low=st.floats(-1e9, 0), high=st.floats(0, 1e9))
def test_the_scale_is_round_even_and_covers_its_values(low, high):
    marks = round_scale(low, high)
    assert 2 <= len(marks) <= 7
    assert marks[0] <= low + 1e-6 * max(1, abs(low))
    assert marks[-1] >= high - 1e-6 * max(1, high)
    steps = {round((after - before) / (marks[1] - marks[0]), 3) for before, after in pairwise(marks)}
    assert steps == {1.0}


@given(amounts=st.lists(values, max_size=12), unit=st.sampled_from(["%", ""]))
def test_bars_are_between_nothing_and_the_whole_and_in_the_order_given(amounts, unit):
    bars = Bars(
        id="b", title="t", summary="s", bars=[Bar(str(n), v) for n, v in enumerate(amounts)], unit=unit
    )
    assert [bar.label for bar, _, _ in bars.lengths] == [str(n) for n in range(len(amounts))]
    assert all(0 <= length <= 100 for _, length, _ in bars.lengths)
    assert all(bool(text) is (bar.value is not None) for bar, _, text in bars.lengths)


@given(counts=st.lists(st.integers(0, 10**6), max_size=5))
def test_the_parts_fill_the_whole_one_after_another(counts):
    share = Share(id="s", title="t", summary="s", parts=[Part(str(n), c) for n, c in enumerate(counts)])
    assert len(share.segments) == len(counts)
    for before, after in pairwise(share.segments):
        assert abs(before.start + before.length - after.start) < 0.01
    if share.total:
        assert abs(sum(segment.length for segment in share.segments) - 100) < 0.05


def test_the_map_has_the_24_provinces_each_in_its_own_place():
    assert [province.code for province in PROVINCES] == [f"{code:02d}" for code in range(1, 25)]
    assert len({(province.column, province.row) for province in PROVINCES}) == 24
    assert len({province.short for province in PROVINCES}) == 24
    galapagos = next(province for province in PROVINCES if province.name == "Galápagos")
    assert galapagos.column < min(p.column for p in PROVINCES if p is not galapagos)


@given(
    values=st.dictionaries(st.sampled_from([p.code for p in PROVINCES]), values, max_size=24),
    unit=st.sampled_from(["", "%"]),
)
def test_a_province_without_data_is_never_shown_as_zero(values, unit):
    drawn = ProvinceMap(id="m", title="t", summary="s", values=values, unit=unit)
    assert len(drawn.tiles) == len(drawn.rows) == 24
    for tile in drawn.tiles:
        known = values.get(tile.province.code) is not None
        assert bool(tile.text) is known
        assert (tile.tone > 0) is known
        assert 0 <= tile.x <= drawn.width - 56
        assert 0 <= tile.y <= drawn.height - 56
    assert drawn.incomplete is any(tile.tone == 0 for tile in drawn.tiles)
