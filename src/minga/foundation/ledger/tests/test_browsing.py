"""An auditor finds facts newest first, whichever way they ask, and page after page loses none."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from minga.foundation.ledger import browsing, sealing
from minga.foundation.ledger.browsing import SIZE, Question
from minga.foundation.ledger.recording import record
from minga.foundation.ledger.tests.rehearsal import CLERK, Closed, Enrolled, thing
from minga.foundation.ledger.verification import verify_seals
from minga.kernel.actors import Actor
from minga.kernel.clock import now
from minga.kernel.errors import NotFound
from minga.kernel.facts import Code
from minga.kernel.references import Reference

pytestmark = pytest.mark.django_db

OTHER = Actor.system("other")
PLACE = Reference.of("institution", "a")


def write(number=1, *, actor=CLERK, institution=None, fact=None):
    return record(fact or Closed(), actor=actor, subject=thing(number), institution=institution)


def positions(question, **where):
    return [row.position for row in browsing.facts(question, **where).facts]


def test_each_question_finds_its_facts_and_no_others():
    plain = write(1)
    by_other = write(2, actor=OTHER)
    there = write(3, institution=PLACE)
    enrolled = write(4, fact=Enrolled(register=Code("all"), periods=()))
    ours = {"subject": [plain], "actor": [by_other], "institution": [there], "kind": [enrolled]}
    asked: dict[str, Any] = {
        "subject": thing(1),
        "actor": OTHER.reference,
        "institution": PLACE,
        "kind": "rehearsal.register.declared",
    }
    for name, found in ours.items():
        assert positions(Question(**{name: asked[name]})) == found
    assert positions(Question(subject=thing(2), actor=CLERK.reference)) == []
    assert positions(Question())[:4] == [enrolled, there, by_other, plain]


def test_page_after_page_shows_every_fact_once_and_back_again():
    mine = [write(number, actor=OTHER) for number in range(2 * SIZE + 7)][::-1]
    question = Question(actor=OTHER.reference)
    first = browsing.facts(question)
    second = browsing.facts(question, before=first.older)
    third = browsing.facts(question, before=second.older)
    assert [row.position for each in (first, second, third) for row in each.facts] == mine
    assert (first.newer, third.older) == (None, None)
    again = browsing.facts(question, after=third.newer)
    assert again.facts == second.facts
    top = browsing.facts(question, after=again.newer)
    assert (top.facts, top.newer) == (first.facts, None)


def test_a_time_is_when_a_fact_was_recorded():
    before = now() - timedelta(minutes=1)
    position = write()
    after = now() + timedelta(minutes=1)
    assert positions(Question(since=before, until=after, subject=thing(1))) == [position]
    assert positions(Question(until=before, subject=thing(1))) == []
    assert positions(Question(since=after)) == []


def test_where_a_clock_went_back_no_fact_of_the_day_is_lost(monkeypatch):
    numbers = [write(number, actor=OTHER) for number in range(5)]
    start = now()
    minutes = dict(zip(numbers, (1, 4, 2, 4, 0), strict=True))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_fact DISABLE TRIGGER ledger_fact_append_only")
        for number, apart in minutes.items():
            moment = start + timedelta(minutes=apart)
            cursor.execute("UPDATE ledger_fact SET recorded_at = %s WHERE position = %s", [moment, number])
        cursor.execute("ALTER TABLE ledger_fact ENABLE TRIGGER ledger_fact_append_only")
    monkeypatch.setattr(browsing, "SIZE", 1)
    monkeypatch.setattr(browsing, "_BATCH", 2)
    question = Question(actor=OTHER.reference, since=start + timedelta(minutes=1))
    wanted = [numbers[3], numbers[1], numbers[2], numbers[0]]
    page, seen = browsing.facts(question), []
    while page.older:
        seen.append(page.facts[0].position)
        page = browsing.facts(question, before=page.older)
    assert [*seen, page.facts[0].position] == wanted
    assert positions(question, after=wanted[2]) == [wanted[1]]
    assert [row.position for row in browsing.everything(question, upto=max(numbers))] == wanted


def test_everything_is_read_in_batches_and_stops_where_it_was_asked(monkeypatch, django_assert_num_queries):
    mine = [write(number, actor=OTHER) for number in range(7)]
    monkeypatch.setattr(browsing, "_BATCH", 3)
    with django_assert_num_queries(3):
        found = browsing.everything(Question(actor=OTHER.reference), upto=mine[5])
        assert [row.position for row in found] == mine[5::-1]


def test_a_fact_that_is_not_there_is_not_found():
    position = write()
    assert browsing.newest() == position
    assert browsing.fact_at(position).subject == thing(1)
    with pytest.raises(NotFound):
        browsing.fact_at(position + 1)


def test_the_seals_of_some_facts_are_proved_alone():
    first = write(1)
    sealing.seal()
    second = write(2)
    sealing.seal()
    unsealed = write(3)
    newest, oldest = browsing.seals_of([first, second, unsealed])
    assert newest.first <= second <= newest.last
    assert oldest.first <= first <= oldest.last
    assert browsing.seals_of([unsealed]) == browsing.seals_of([]) == []
    assert verify_seals([newest.number]).sound
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_fact DISABLE TRIGGER ledger_fact_append_only")
        cursor.execute(
            "UPDATE ledger_fact SET actor = 'urn:minga:system:nobody' WHERE position = %s", [first]
        )
        cursor.execute("ALTER TABLE ledger_fact ENABLE TRIGGER ledger_fact_append_only")
    assert verify_seals([newest.number]).sound
    (fault,) = verify_seals([oldest.number]).faults
    assert "they differ" in fault


@pytest.mark.parametrize(
    "question",
    [
        Question(actor=CLERK.reference),
        Question(subject=thing(1)),
        Question(institution=PLACE),
        Question(kind=Closed.name),
        Question(),
    ],
    ids=["actor", "subject", "institution", "kind", "all"],
)
def test_each_question_is_answered_in_the_order_of_an_index(question):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = browsing._fitting(question).order_by("-position")[:SIZE].explain()
    assert "Index Scan Backward" in plan
    assert "Sort" not in plan
