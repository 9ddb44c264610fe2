"""Questions composed once answer as Django's own would, each time with the values of that time."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import Count, Q, QuerySet

from minga.foundation.calendars.models import CalendarDay
from minga.foundation.composed import composed_once
from minga.foundation.search.models import SynonymChange
from minga.kernel.clock import now

pytestmark = pytest.mark.django_db
CHRISTMAS = dt.date(2026, 12, 25)
_Values = QuerySet[Any, tuple[Any, ...]]


@pytest.fixture(autouse=True)
def _days() -> None:
    for canton, kind, day in (("", "holiday", 24), ("1701", "holiday", 25), ("1701", "bridge", 31)):
        CalendarDay.objects.create(
            date=CHRISTMAS.replace(day=day),
            kind=kind,
            canton=canton,
            name="Prueba",
            norm="Decreto 1",
            declared_at=now(),
            declared_by="urn:minga:account:1",
        )


def _until(canton: str, day: dt.date) -> _Values:
    either = Q(canton=canton) | Q(canton="")
    return CalendarDay.objects.filter(either, date__lte=day).values_list("date", "kind", "declared_at", "id")


@pytest.mark.parametrize(
    ("canton", "day", "fit"), [("1701", 25, 2), ("1701", 31, 3), ("0901", 31, 1), ("1701", 1, 0)]
)
def test_the_answer_is_that_of_the_same_queryset(canton: str, day: int, fit: int) -> None:
    ask = composed_once(_until)
    ask("", CHRISTMAS)
    answered = ask(canton, CHRISTMAS.replace(day=day))
    assert answered == list(_until(canton, CHRISTMAS.replace(day=day)))
    assert answered == ask(day=CHRISTMAS.replace(day=day), canton=canton)
    assert len(answered) == fit


def test_what_django_decodes_comes_decoded() -> None:
    SynonymChange.objects.create(group=1, version=1, actor="urn:minga:account:1", after={"means": ["cédula"]})

    @composed_once
    def after(group: int) -> _Values:
        return SynonymChange.objects.filter(group=group).values_list("version", "after")

    assert after(1) == [(1, {"means": ["cédula"]})]


def test_groups_are_counted() -> None:
    @composed_once
    def kinds(canton: str) -> _Values:
        return (
            CalendarDay.objects.filter(canton=canton)
            .order_by("kind")
            .values_list("kind")
            .annotate(days=Count("id"))
        )

    assert kinds("1701") == [("bridge", 1), ("holiday", 1)]


def test_its_sql_is_composed_once() -> None:
    built: list[int] = []

    @composed_once
    def kind(canton: str) -> _Values:
        built.append(1)
        return CalendarDay.objects.filter(canton=canton).order_by("date").values_list("kind")

    assert [kind(""), kind("1701"), kind("9999")] == [[("holiday",)], [("holiday",), ("bridge",)], []]
    assert len(built) == 1


def test_values_never_become_sql() -> None:
    ask = composed_once(_until)
    assert ask("x' OR canton <> '", CHRISTMAS) == ask("", CHRISTMAS)


@pytest.mark.parametrize("given", [None, ["1701"], ("1701",), {"1701"}])
def test_what_would_need_another_question_is_refused(given: Any) -> None:
    with pytest.raises(TypeError):
        composed_once(_until)(given, CHRISTMAS)


def test_all_values_are_needed() -> None:
    ask: Any = composed_once(_until)
    for values, named in [((), {}), (("",), {}), (("", CHRISTMAS), {"year": 2026})]:
        with pytest.raises(TypeError):
            ask(*values, **named)


def test_a_value_is_no_limit() -> None:
    @composed_once
    def few(canton: str, many: int) -> _Values:
        return CalendarDay.objects.filter(canton=canton).values_list("date")[:many]

    with pytest.raises(TypeError):
        few("", 1)
