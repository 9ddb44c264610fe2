"""The page of background work: administrators see what failed and why, and decide what becomes of it."""

from datetime import UTC, datetime

import pytest

from minga.foundation.jobs.models import Trouble
from minga.foundation.jobs.tests.queue import put, put_worker, status_of
from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Role
from minga.kernel.clock import frozen, now
from minga.site.administration.jobs import ago, every

pytestmark = pytest.mark.django_db

PAGE = "/escritorio/trabajos/"


@pytest.fixture
def administrator(person_with):
    return person_with(Role.ADMINISTRATOR)


def acts():
    return list(LedgerFact.objects.filter(name__startswith="site.job.").order_by("position"))


def test_a_failed_job_is_told_in_words_with_its_cause(administrator):
    number = put("outbox.deliver", args='{"message": "00000000-0000-4000-8000-000000000000", "to": "a b"}')
    Trouble.objects.create(
        job=number, error="minga.X", words="SMTPDataError 550", place="foundation/outbox/x.py:3", at=now()
    )
    text = administrator.get(PAGE).content.decode()
    for words in ("Envía un correo", "SMTPDataError 550", "00000000-0000-4000-8000", "no se muestra"):
        assert words in text
    assert f"/escritorio/trabajos/{number}/retomar/" in text
    assert "&lt;span" not in text


def test_nothing_failed_and_nobody_at_work_are_both_said(administrator):
    text = administrator.get(PAGE).content.decode()
    assert "Ningún trabajo ha fallado" in text
    assert "Nadie está haciendo los trabajos" in text
    put_worker()
    put(status="doing")
    text = administrator.get(PAGE).content.decode()
    assert "Nadie está haciendo los trabajos" not in text
    assert "1 trabajo quedó a medias" in text


@pytest.mark.parametrize(
    ("role", "status"), [(Role.STEWARD, 200), (Role.AUDITOR, 200), (Role.EDITOR, 403), (Role.HEAD, 403)]
)
def test_stewards_and_auditors_only_read(person_with, role, status):
    number = put()
    client = person_with(role)
    answer = client.get(PAGE)
    assert answer.status_code == status
    assert "Retomar" not in answer.content.decode()
    for act in (f"{number}/retomar/", f"{number}/descartar/"):
        assert client.post(PAGE + act).status_code == 403
    assert client.post(PAGE + "retomar/", {"tarea": "bench.task"}).status_code == 403
    assert status_of(number) == "failed"
    assert not acts()


def test_a_job_is_taken_up_once_however_often_the_button_is_pressed(administrator):
    number = put()
    first = administrator.post(f"{PAGE}{number}/retomar/", follow=True).content.decode()
    second = administrator.post(f"{PAGE}{number}/retomar/", follow=True).content.decode()
    assert "se hará otra vez" in first
    assert "ya no está fallido" in second
    (fact,) = acts()
    assert (fact.name, fact.subject) == ("site.job.retried", "urn:minga:task:bench.task")
    assert fact.payload == {"jobs": [f"urn:minga:job:{number}"]}
    assert status_of(number) == "todo"


def test_all_jobs_of_one_kind_are_taken_up_with_one_fact(administrator):
    mine, other = [put("a.b"), put("a.b")], put("c.d")
    assert "Retomar los" not in administrator.get(PAGE).content.decode()
    shown = administrator.get(PAGE, {"tarea": "a.b"}).content.decode()
    assert "Retomar los 2" in shown
    assert "c.d</code>" not in shown
    told = administrator.post(PAGE + "retomar/", {"tarea": "a.b"}, follow=True).content.decode()
    assert "2 trabajos se harán otra vez" in told
    assert [status_of(each) for each in (*mine, other)] == ["todo", "todo", "failed"]
    assert len(acts()) == 1
    again = administrator.post(PAGE + "retomar/", {"tarea": "a.b"}, follow=True).content.decode()
    assert "No queda ninguno" in again


def test_discarding_asks_first_and_leaves_a_fact(administrator):
    number = put()
    assert "¿Descartar" in administrator.get(f"{PAGE}{number}/descartar/").content.decode()
    assert status_of(number) == "failed"
    administrator.post(f"{PAGE}{number}/descartar/")
    again = administrator.post(f"{PAGE}{number}/descartar/", follow=True).content.decode()
    assert "ya no está fallido" in again
    assert status_of(number) is None
    assert [fact.name for fact in acts()] == ["site.job.discarded"]
    assert administrator.get(f"{PAGE}{number}/descartar/").status_code == 404


def test_failed_jobs_wait_in_the_administrators_workplace(person_with):
    put()
    assert "1 trabajo falló" in person_with(Role.ADMINISTRATOR).get("/escritorio/").content.decode()
    assert "1 trabajo falló" not in person_with(Role.AUDITOR).get("/escritorio/").content.decode()


def test_times_are_told_in_words():
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with frozen(moment):
        assert ago(None) == ""
        assert ago(moment.replace(hour=11)).replace("\xa0", " ") == "hace 1 hora"
        assert ago(moment) == "hace unos segundos"


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("* * * * *", "cada minuto"),
        ("*/10 * * * *", "cada 10 minutos"),
        ("5 * * * *", "cada hora"),
        ("30 3 * * *", "cada día a las 22:30"),
        ("30 3 * * 1", "cada domingo a las 22:30"),
        ("30 3 1 * *", "el 1 de cada mes a las 22:30"),
        ("1-5 2,3 * * *", "1-5 2,3 * * *"),
    ],
)
def test_how_often_a_job_begins_is_told_by_the_clocks_of_ecuador(cron, words):
    assert every(cron, datetime(2026, 11, 2, 3, 30, tzinfo=UTC)) == words
