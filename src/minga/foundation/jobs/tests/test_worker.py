"""A real worker does real jobs: what fails leaves a note that names nobody."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from procrastinate.contrib.django import app

from minga.foundation.jobs import Failure, Hopeless, job, titles
from minga.foundation.jobs.models import Trouble
from minga.foundation.jobs.tests.queue import status_of

pytestmark = pytest.mark.django_db(transaction=True)

_done: list[int] = []


class Refused(Hopeless):
    pass


@job("trial.works", title="Prueba")
def works(number):
    _done.append(number)


@job("trial.hopeless", title="Prueba sin remedio")
def hopeless():
    raise Refused("SMTPDataError 550")


@job("trial.careless", title="Prueba descuidada")
def careless():
    raise ValueError("ines.caiza@example.org was refused")


@job("trial.later", title="Prueba para después")
def later():
    raise Failure("not now")


@pytest.fixture
def work(monkeypatch):
    """A function that lets a worker do what waits, and ends; its threads leave no connection behind."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)

    def work_off():
        connector: Any = app.connector
        with app.replace_connector(connector.get_worker_connector()) as working:
            working.run_worker(
                wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="successful"
            )

    def run():
        with ThreadPoolExecutor(max_workers=1) as thread:  # the tests' own may hold a browser's event loop
            thread.submit(work_off).result()

    return run


def test_a_job_is_done_and_leaves_nothing(work):
    number = works.defer(number=7)
    work()
    assert _done == [7]
    assert status_of(number) is None
    assert not Trouble.objects.exists()
    assert titles["trial.works"] == "Prueba"


def test_a_hopeless_job_fails_at_once_and_its_words_are_kept(work):
    number = hopeless.defer()
    work()
    trouble = Trouble.objects.get(pk=number)
    assert status_of(number) == "failed"
    assert trouble.error.endswith("test_worker.Refused")
    assert trouble.words == "SMTPDataError 550"
    assert trouble.place.startswith("foundation/jobs/tests/test_worker.py:")


def test_the_words_of_any_other_error_are_not_kept(work):
    number = careless.defer()
    work()
    trouble = Trouble.objects.get(pk=number)
    assert (trouble.error, trouble.words) == ("ValueError", "")
    assert status_of(number) == "todo"


def test_a_job_that_fails_again_has_one_note(work):
    number = later.defer()
    work()
    assert Trouble.objects.get(pk=number).words == "not now"
