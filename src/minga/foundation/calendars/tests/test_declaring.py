import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from minga.foundation.calendars import actions, known, queries
from minga.foundation.calendars.models import CalendarDay
from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import ANONYMOUS, Actor, Post, Role
from minga.kernel.calendars import OverrideKind, Place, Reason
from minga.kernel.clock import frozen
from minga.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from minga.kernel.holidays import moved_rest
from minga.kernel.references import Reference

pytestmark = pytest.mark.django_db

MINTEL = Reference.of("institution", "mintel")
STEWARD = Actor(Reference.of("account", "1"), (Post(Role.STEWARD, MINTEL, "mintel"),))
EDITOR = Actor(Reference.of("account", "2"), (Post(Role.EDITOR, MINTEL, "mintel"),))
QUITO = "1701"
DAY = dt.date(2026, 12, 24)


def declare(**changes):
    fields = {
        "date": DAY,
        "kind": OverrideKind.BRIDGE,
        "name": "Víspera de Navidad",
        "norm": "Decreto Ejecutivo 999",
        "actor": STEWARD,
    }
    return actions.declare_day(**{**fields, **changes})


def test_a_declared_day_changes_the_calendar_and_leaves_a_fact():
    before = queries.calendar_on()
    day_id = declare()
    after = queries.calendar_on()
    assert before.day(DAY).counts
    assert after.day(DAY).reason is Reason.BRIDGE
    assert before.version != after.version
    fact = LedgerFact.objects.get(name="calendars.day.declared")
    assert fact.subject == f"urn:minga:calendar-day:{day_id}"
    assert fact.actor == STEWARD.reference
    assert fact.payload == {"date": "2026-12-24", "kind": "bridge", "canton": None, "moved_from": None}


def test_a_day_of_a_canton_rests_there_only():
    declare(canton=QUITO, kind=OverrideKind.HOLIDAY)
    calendar = queries.calendar_on()
    assert calendar.day(DAY).counts
    assert calendar.day(DAY, Place(QUITO)).reason is Reason.LOCAL


def test_a_withdrawn_day_counts_again_and_stays_on_record():
    day_id = declare()
    actions.withdraw_day(day_id=day_id, actor=STEWARD)
    assert queries.calendar_on().day(DAY).counts
    assert queries.declared_days(year=2026) == ()
    (kept,) = queries.declared_days(year=2026, withdrawn=True)
    assert kept.withdrawn_by == STEWARD.reference
    assert LedgerFact.objects.filter(name="calendars.day.withdrawn").count() == 1


def test_an_amended_day_takes_the_place_of_the_old_one():
    day_id = declare()
    new_id = actions.amend_day(
        day_id=day_id,
        date=DAY,
        kind=OverrideKind.HOLIDAY,
        name="Nochebuena",
        norm="Decreto 1000",
        actor=STEWARD,
    )
    assert [row.id for row in queries.declared_days(year=2026)] == [new_id]
    assert queries.calendar_on().day(DAY).name == "Nochebuena"


def test_the_second_of_two_editors_is_told():
    day_id = declare()
    actions.withdraw_day(day_id=day_id, actor=STEWARD)
    with pytest.raises(Conflict, match="Otra persona"):
        actions.amend_day(
            day_id=day_id, date=DAY, kind=OverrideKind.HOLIDAY, name="N", norm="D", actor=STEWARD
        )
    with pytest.raises(Conflict):
        actions.withdraw_day(day_id=day_id, actor=STEWARD)


def test_an_amendment_that_cannot_be_leaves_the_old_day_in_force():
    day_id = declare()
    with pytest.raises(Invalid):
        actions.amend_day(
            day_id=day_id, date=DAY, kind=OverrideKind.HOLIDAY, name="", norm="D", actor=STEWARD
        )
    assert queries.declared_day(day_id).withdrawn_at is None


def test_a_day_and_place_are_declared_once():
    declare()
    with pytest.raises(Conflict, match="ya tiene una declaración"):
        declare(name="Otra vez")
    declare(canton=QUITO)
    assert len(queries.declared_days(year=2026)) == 2


def test_the_calendar_of_a_past_moment_can_be_had_again():
    monday = dt.datetime(2026, 6, 1, 15, tzinfo=dt.UTC)
    with frozen(monday):
        day_id = declare()
        known_then = queries.calendar_on().version
    with frozen(monday + dt.timedelta(days=2)):
        actions.withdraw_day(day_id=day_id, actor=STEWARD)
    assert queries.calendar_on(monday + dt.timedelta(days=1)).version == known_then
    assert queries.calendar_on(monday - dt.timedelta(days=1)).version == queries.calendar_on().version
    assert queries.calendar_on().version != known_then


def test_the_calendar_costs_one_query_while_nothing_changes(django_assert_num_queries):
    declare()
    queries.calendar_on()
    with django_assert_num_queries(1):
        queries.calendar_on()


@pytest.mark.parametrize("actor", [EDITOR, ANONYMOUS])
def test_only_stewards_touch_the_calendar(actor):
    day_id = declare()
    with pytest.raises(Forbidden):
        declare(date=DAY - dt.timedelta(days=1), actor=actor)
    with pytest.raises(Forbidden):
        actions.withdraw_day(day_id=day_id, actor=actor)
    with pytest.raises(Forbidden):
        actions.amend_day(day_id=day_id, date=DAY, kind=OverrideKind.HOLIDAY, name="N", norm="D", actor=actor)
    with pytest.raises(Forbidden):
        actions.declare_known_days(actor=actor)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "Feriado\u202e"}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"norm": ""}, "norm"),
        ({"canton": "9999"}, "canton"),
        ({"canton": "17"}, "canton"),
        ({"date": dt.date(1999, 1, 1)}, "date"),
        ({"date": dt.date.max}, "date"),
        ({"kind": OverrideKind.MOVED}, "moved_from"),
        ({"moved_from": DAY + dt.timedelta(days=1)}, "moved_from"),
        ({"kind": OverrideKind.RECOVERY_WORKDAY}, "date"),
    ],
)
def test_a_wrong_declaration_says_which_field_to_mend(changes, field):
    with pytest.raises(Invalid) as refused:
        declare(**changes)
    assert list(refused.value.fields) == [field]
    assert not CalendarDay.objects.exists()


def test_a_recovery_saturday_is_worked():
    saturday = dt.date(2026, 12, 19)
    declare(date=saturday, kind=OverrideKind.RECOVERY_WORKDAY, name="Recuperación")
    assert queries.calendar_on().day(saturday).reason is Reason.RECOVERY


def test_a_day_that_does_not_exist_is_not_found():
    with pytest.raises(NotFound):
        queries.declared_day(0)
    with pytest.raises(NotFound):
        actions.withdraw_day(day_id=0, actor=STEWARD)


def test_the_database_itself_refuses_a_move_without_its_origin():
    row = {"date": DAY, "name": "N", "norm": "D", "declared_at": dt.datetime.now(dt.UTC), "declared_by": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(kind="moved", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(kind="feria", **row)


def test_the_known_days_are_declared_once_and_withdrawals_are_respected():
    seed = Actor.system("seed")
    assert actions.declare_known_days(actor=seed) == len(known.days())
    quito = queries.declared_days(year=2025, canton=QUITO)[0]
    assert (quito.date, quito.moved_from) == (dt.date(2025, 12, 5), dt.date(2025, 12, 6))
    actions.withdraw_day(day_id=quito.id, actor=STEWARD)
    assert actions.declare_known_days(actor=seed) == 0
    assert queries.declared_days(year=2025, canton=QUITO) == ()


def test_the_known_days_hold_the_decrees_of_each_year():
    actions.declare_known_days(actor=Actor.system("seed"))
    calendar = queries.calendar_on()
    assert not calendar.day(dt.date(2018, 4, 30)).counts
    assert not calendar.day(dt.date(2018, 5, 1)).counts
    assert calendar.day(dt.date(2025, 10, 9)).reason is Reason.DECREED
    assert calendar.day(dt.date(2024, 10, 31)).reason is Reason.BRIDGE
    assert calendar.day(dt.date(2023, 12, 6), Place(QUITO)).reason is Reason.MOVED_AWAY
    assert calendar.day(dt.date(2023, 12, 8), Place(QUITO)).reason is Reason.LOCAL


def test_every_known_local_holiday_follows_the_law_of_moves():
    local = [row for row in known.days() if row.canton]
    assert len(local) == 13 * len(known.LOCAL_YEARS)
    for row in local:
        assert row.date == moved_rest(row.moved_from or row.date)
        assert row.date.weekday() < 5
