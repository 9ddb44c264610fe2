"""The monthly survey: who answers, until when, and what becomes public."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from minga.kernel.actors import Role
from minga.kernel.clock import frozen
from minga.kernel.errors import Conflict, Forbidden, Invalid
from minga.modules.cloud.actions.ratings import Grades, rate_service
from minga.modules.cloud.models import Adoption, Rating
from minga.modules.cloud.queries import ratings, services
from minga.modules.cloud.tests import cast
from minga.modules.cloud.tests.cast import CLOUD, confirmed, facts
from minga.modules.cloud.views.tasks import tasks
from minga.modules.directory import contracts as directory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
NOON = datetime(2026, 6, 15, 17, tzinfo=UTC)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
FINE = Grades(overall=4, support=3, reliability=5)


@pytest.fixture(autouse=True)
def _in_june():
    with frozen(NOON):
        yield


def rate(institution="mdt", month=MAY, grades=FINE, comment="", actor=None):
    return rate_service(
        services.service(CLOUD),
        grades,
        month=month,
        institution=directory.institution(institution),
        comment=comment,
        actor=actor or cast.official(Role.EDITOR, institution),
    )


def test_an_institution_rates_what_it_used_in_the_month_before():
    confirmed()
    rate()
    fact = facts("cloud.service.rated")[0]
    assert fact.payload == {"month": "2026-05-01", "overall": 4, "support": 3, "reliability": 5}
    assert fact.institution == directory.institution("mdt").reference


def test_until_the_month_closes_the_answer_can_change_and_only_the_latest_holds():
    confirmed()
    rate()
    rate(grades=Grades(overall=1, support=1, reliability=1))
    assert Rating.objects.get().overall == 1


@pytest.mark.parametrize("month", [date(2026, 4, 1), JUNE])
def test_closed_months_and_months_that_have_not_passed_take_no_answer(month):
    confirmed()
    with pytest.raises(Conflict):
        rate(month=month)


def test_who_had_no_confirmed_use_in_the_month_has_nothing_to_rate():
    with pytest.raises(Invalid):
        rate()
    confirmed(starts_on=date(2026, 6, 2))
    with pytest.raises(Invalid):
        rate()


def test_a_use_that_ended_during_the_month_is_still_rated():
    adoption = confirmed()
    Adoption.objects.filter(id=adoption.id).update(state="ended", ended_on=date(2026, 5, 2))
    assert rate().month == MAY
    Adoption.objects.filter(id=adoption.id).update(ended_on=MAY)
    assert not ratings.used_in(MAY).exists()


def test_nobody_rates_for_another_institution():
    confirmed()
    with pytest.raises(Forbidden):
        rate(actor=cast.official(Role.EDITOR, "msp"))


def test_an_average_is_published_only_with_five_answers_and_once_the_month_is_closed():
    codes = ("mdt", "msp", "mag", "sri", "mies")
    for place, code in enumerate(codes, start=1):
        confirmed(code, contract=f"C-{place}")
        rate(code, grades=Grades(overall=place, support=5, reliability=1))
        assert list(ratings.averages(since=date(2026, 1, 1))) == []
        with frozen(datetime(2026, 7, 2, tzinfo=UTC)):
            (average,) = ratings.averages(since=date(2026, 1, 1))
            assert average.answers == place
            assert (average.overall is None) == (place < 5)
    assert [str(grade) for grade in (average.overall, average.support, average.reliability)] == [
        "3.0",
        "5.0",
        "1.0",
    ]


def test_the_workplace_reminds_until_it_is_answered():
    confirmed()
    editor = cast.official(Role.EDITOR, "mdt")
    (reminder,) = [task for task in tasks(editor) if "calificar" in task.kind]
    assert reminder.due == date(2026, 6, 30)
    rate()
    assert not [task for task in tasks(editor) if "calificar" in task.kind]


def test_the_page_asks_each_question_again_at_its_field_and_keeps_what_was_typed(client_of):
    confirmed()
    person = client_of(Role.EDITOR, "mdt")
    address = reverse("cloud:rate", args=[CLOUD, "mdt"])
    refused = person.post(address, {"overall": "4", "comment": "Se corta por la noche."})
    assert refused.status_code == 422
    assert "Se corta por la noche." in refused.content.decode()
    done = person.post(
        address, {"overall": "4", "support": "4", "reliability": "2", "comment": "Se corta."}, follow=True
    )
    assert "Gracias: se guardó su respuesta" in done.content.decode()
    assert Rating.objects.get().comment == "Se corta."


@given(st.dates(date(2018, 1, 1), date(2060, 12, 31)))
def test_on_every_day_exactly_the_month_before_is_open(day):
    month, last = ratings.month_to_rate(day), ratings.last_day_to_rate(day)
    assert month.day == 1
    assert month < day.replace(day=1) <= day <= last
    assert (day.replace(day=1) - month).days <= 31
    assert last.month == day.month
