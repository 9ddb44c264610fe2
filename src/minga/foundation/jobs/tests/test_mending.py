"""Failed jobs are done again or given up, and what a dead worker left is taken up by itself."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from minga.foundation.jobs import ATTEMPTS, jobs, mending, state
from minga.foundation.jobs.models import Trouble
from minga.foundation.jobs.tests.queue import put, put_worker, status_of
from minga.kernel.clock import now

pytestmark = pytest.mark.django_db


def note(number, words=""):
    Trouble.objects.create(job=number, error="ValueError", words=words, place="x.py:1", at=now())


def test_a_failed_job_waits_again_and_only_once():
    number = put(attempts=ATTEMPTS)
    mending.retry(mending.failed(job=number))
    assert status_of(number) == "todo"
    assert ProcrastinateJob.objects.get(pk=number).attempts == 0
    assert mending.failed(job=number) == []


def test_a_discarded_job_is_gone_with_the_note_about_it():
    number, other = put(), put()
    note(number)
    mending.discard(mending.failed(job=number))
    assert status_of(number) is None
    assert not Trouble.objects.exists()
    assert status_of(other) == "failed"


def test_only_failed_jobs_of_the_task_asked_for_are_held():
    mine = [put("a.b") for _ in range(3)]
    put("c.d")
    put("a.b", status="todo")
    assert mending.failed(task="a.b") == mine
    assert mending.failed(task="a.b", most=2) == mine[:2]


@pytest.mark.parametrize(
    ("silent_for", "status"), [("5 seconds", "doing"), ("2 minutes", "todo"), (None, "todo")]
)
def test_the_job_of_a_worker_that_is_gone_is_done_again(silent_for, status):
    worker = put_worker(silent_for=silent_for) if silent_for else None
    number = put(status="doing", attempts=0, worker=worker)
    jobs.put_back(timestamp=0)
    assert status_of(number) == status


def test_a_job_that_ends_its_workers_every_time_is_given_up():
    number = put(status="doing", attempts=ATTEMPTS)
    assert mending.put_back() == (0, 1)
    assert status_of(number) == "failed"


def test_notes_about_jobs_that_are_done_are_removed():
    number = put()
    note(number)
    note(999_999_999)
    assert jobs.forget(timestamp=0) == 1
    assert Trouble.objects.get().job == number


def test_queues_tell_what_waits_and_since_when():
    put(status="todo", queue="mail")
    put(status="doing", queue="mail")
    put(queue="mail")
    (queue,) = state.queues()
    assert (queue.name, queue.waiting, queue.later, queue.doing, queue.failed) == ("mail", 1, 0, 1, 1)
    assert queue.oldest is not None
    assert (now() - queue.oldest).total_seconds() < 60


def test_workers_tell_whether_they_live_and_what_they_have_in_hand():
    dead, alive = put_worker(silent_for="5 minutes"), put_worker()
    put(status="doing", worker=alive)
    assert [(each.id, each.alive, each.doing) for each in state.workers()] == [
        (alive, True, 1),
        (dead, False, 0),
    ]
    put(status="doing", worker=dead)
    assert state.unfinished() == 1


def test_periodic_jobs_tell_when_they_will_begin_next():
    found = {each.task: each for each in state.periodic()}
    seal = found["ledger.seal"]
    assert 0 < (seal.next - now()).total_seconds() <= 60
    assert found["jobs.put_back"].cron == "* * * * *"


def test_what_could_be_somebodys_words_or_number_is_not_shown():
    arguments = {
        "message": "00000000-0000-4000-8000-000000000000",
        "position": 41,
        "again": True,
        "day": "2026-03-02",
        "about": "urn:minga:initiative:1.1",
        "fact": "Quishpe",
        "to": "ines@example.org",
        "name": "Inés Caiza",
        "who": "1710034065",
        "company": 1790012345001,
        "many": ["a"],
        "timestamp": 1_700_000_000,
    }
    assert dict(state.shown(arguments)) == {
        "message": "00000000-0000-4000-8000-000000000000",
        "position": "41",
        "again": "true",
        "day": "2026-03-02",
        "about": "urn:minga:initiative:1.1",
        "fact": None,
        "to": None,
        "name": None,
        "who": None,
        "company": None,
        "many": None,
    }
