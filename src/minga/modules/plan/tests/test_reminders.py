"""Reminders: before the last day, after it, once a day, to those who can do something about it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.outbox.models import Message
from minga.kernel.actors import Actor, Role
from minga.kernel.calendars import Calendar
from minga.kernel.clock import GUAYAQUIL, frozen
from minga.modules.directory import contracts as directory
from minga.modules.identity.contracts import Account, appoint
from minga.modules.identity.tests.cast import new_person
from minga.modules.plan import actions
from minga.modules.plan.actions.reminding import worth_a_letter

pytestmark = pytest.mark.django_db


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=GUAYAQUIL)


@pytest.fixture
def people(official):
    """An editor of the ministry of labour and MINTEL's steward, who read e-mail."""
    for role, code in ((Role.EDITOR, "mdt"), (Role.STEWARD, "mintel")):
        new_person(
            role=role,
            at=directory.institution(code),
            email=f"{role}@example.org",
            starts=date(2026, 1, 1),
        )


def test_a_letter_goes_to_the_institution_before_and_after_the_last_day(people, roadmap):
    with frozen(_at(date(2026, 5, 4))):
        roadmap()
    sent = []
    for number in range(40):
        day = date(2026, 7, 1) + timedelta(days=number)
        with frozen(_at(day)):
            if actions.remind():
                sent.append(day)
    # the report of the second quarter is due on 14 July
    assert sent[:4] == [date(2026, 7, 7), date(2026, 7, 13), date(2026, 7, 15), date(2026, 7, 21)]
    letter = Message.objects.filter(to="editor@example.org").order_by("created_at").first()
    assert letter is not None
    assert "Segundo trimestre de 2026".lower() in letter.body.lower()
    assert "/escritorio/plan/" in letter.body


def test_the_same_day_twice_writes_one_letter(people, roadmap):
    with frozen(_at(date(2026, 5, 4))):
        roadmap()
    with frozen(_at(date(2026, 7, 15))):
        assert actions.remind() == 1
        assert actions.remind() == 0


def test_what_waits_for_a_review_reminds_mintel(people, roadmap):
    with frozen(_at(date(2026, 5, 4))):
        roadmap(until="submitted")
    with frozen(_at(date(2026, 5, 22))):
        actions.remind()
    assert [message.to for message in Message.objects.all()] == ["steward@example.org"]


def test_nothing_goes_out_on_a_day_that_is_not_worked(people, roadmap):
    with frozen(_at(date(2026, 5, 4))):
        roadmap()
    sunday, next_worked = date(2026, 7, 12), date(2026, 7, 13)
    with frozen(_at(sunday)):
        assert actions.remind() == 0
    with frozen(_at(next_worked)):
        assert actions.remind() == 1


def test_somebody_with_two_posts_gets_the_letters_of_both(people, roadmap):
    both = Account.objects.get(email="editor@example.org")
    appoint(
        account=both,
        institution=directory.institution("mintel"),
        role=Role.STEWARD,
        starts=date(2026, 1, 1),
        actor=Actor.system("test"),
    )
    with frozen(_at(date(2026, 6, 23))):
        roadmap("1.2", until="submitted")
    with frozen(_at(date(2026, 5, 4))):
        roadmap()
    with frozen(_at(date(2026, 7, 13))):
        actions.remind()
    assert Message.objects.filter(to="editor@example.org").count() == 2


@given(due=st.dates(date(2020, 1, 1), date(2030, 1, 1)), distance=st.integers(-60, 60))
def test_letters_are_few_and_the_first_day_of_being_late_always_has_one(due, distance):
    calendar = Calendar(())
    late = calendar.add_working_days(due, 1).due
    assert worth_a_letter(due_on=due, calendar=calendar, on=late)
    on = due + timedelta(days=distance)
    month = [on + timedelta(days=number) for number in range(28)]
    worked = [day for day in month if calendar.day(day).counts]
    assert sum(worth_a_letter(due_on=due, calendar=calendar, on=day) for day in worked) <= 9
