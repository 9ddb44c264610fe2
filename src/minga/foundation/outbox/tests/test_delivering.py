"""A message that cannot go now waits; one that never can is given up; either way nobody loses count."""

import contextlib
import os
import socket
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from procrastinate.jobs import Job

from minga.foundation.jobs import ATTEMPTS
from minga.foundation.outbox import checks, jobs
from minga.foundation.outbox.delivering import NotDelivered, Undeliverable, deliver
from minga.foundation.outbox.forgetting import forget
from minga.foundation.outbox.models import Message, State
from minga.foundation.outbox.sending import send
from minga.kernel.cards import Severity
from minga.kernel.clock import frozen, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def message():
    send(
        to="ines.caiza@example.org",
        subject="Aviso",
        body="Buenos días.",
        kind="plan.reminder",
        key="plan.r:1",
    )
    return Message.objects.get()


def unused_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_message_goes_out_once_however_often_its_job_runs(office, message):
    assert jobs.deliver(message=str(message.pk))
    assert not jobs.deliver(message=str(message.pk))
    message.refresh_from_db()
    assert (message.state, message.attempts, message.trouble) == (State.SENT, 1, "")
    assert len(office.raw) == 1


def test_a_server_that_is_away_means_another_attempt(use_server, message):
    use_server(unused_port())
    with pytest.raises(NotDelivered):
        deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.WAITING, 1)
    assert message.trouble == "ConnectionRefusedError"


def test_an_address_refused_for_good_is_given_up_at_once_without_its_name(office, message):
    office.recipient = b"550 5.1.1 <ines.caiza@example.org> unknown"
    with pytest.raises(Undeliverable) as met:
        deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.trouble) == (State.FAILED, "SMTPRecipientsRefused 550")
    assert "ines" not in str(met.value)
    assert met.value.__cause__ is None


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ({"recipient": b"451 later"}, "SMTPRecipientsRefused 451"),
        ({"text": b"452 full"}, "SMTPDataError 452"),
        ({"account": b"535 who are you"}, "SMTPAuthenticationError 535"),
    ],
)
def test_what_may_pass_is_tried_again(office, use_server, message, answers, trouble):
    use_server(office.port, EMAIL_HOST_USER="minga", EMAIL_HOST_PASSWORD="secreto")
    for name, answer in answers.items():
        setattr(office, name, answer)
    with pytest.raises(NotDelivered):
        deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.trouble) == (State.WAITING, trouble)


def test_nothing_is_said_to_a_server_that_does_not_encrypt_as_it_should(office, use_server, message):
    use_server(office.port, EMAIL_USE_TLS=True, EMAIL_HOST_USER="minga", EMAIL_HOST_PASSWORD="secreto")
    with pytest.raises(NotDelivered):
        deliver(message.pk)
    assert not office.accounts
    assert not office.recipients


def test_after_the_last_attempt_it_is_given_up_together_with_its_job(use_server, message):
    use_server(unused_port())
    strategy = jobs.deliver.retry_strategy
    for attempt in range(ATTEMPTS + 1):
        with pytest.raises(NotDelivered) as met:
            deliver(message.pk)
        job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="x", attempts=attempt)
        again = strategy.get_retry_decision(exception=met.value, job=job)
        message.refresh_from_db()
        assert (message.state == State.FAILED) == (again is None)
    assert message.state == State.FAILED


def test_a_job_that_is_hopeless_is_not_tried_again():
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="x", attempts=0)
    assert jobs.deliver.retry_strategy.get_retry_decision(exception=Undeliverable("x"), job=job) is None


def test_one_that_was_given_up_goes_out_when_somebody_asks_for_it_again(office, message):
    office.recipient = b"550 unknown"
    with contextlib.suppress(Undeliverable):
        deliver(message.pk)
    office.recipient = b"250 ok"
    assert deliver(message.pk)
    message.refresh_from_db()
    assert message.state == State.SENT


def test_a_message_that_is_gone_is_passed_over(office):
    assert not deliver(uuid4())


def test_without_a_server_letters_lie_in_the_folder(settings, tmp_path, message):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    deliver(message.pk)
    (file,) = (tmp_path / "mail").iterdir()
    letter = message_from_bytes(file.read_bytes().rstrip(b"-\n"), policy=policy.default)
    assert letter["To"] == "ines.caiza@example.org"


def test_address_and_words_go_a_week_after_sending_but_the_event_is_not_told_twice(office, message):
    deliver(message.pk)
    with frozen(now() + timedelta(days=6)):
        assert forget() == 0
    with frozen(now() + timedelta(days=8)):
        assert forget() == 1
        assert forget() == 0
    message.refresh_from_db()
    assert (message.to, message.subject, message.body) == ("", "", "")
    assert not send(to="x@example.org", subject="a", body="a", kind="plan.reminder", key="plan.r:1")


def test_letters_in_the_mail_folder_are_removed_as_the_words_are(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    old, new, other = tmp_path / "old.log", tmp_path / "new.log", tmp_path / "notes.txt"
    for path in (old, new, other):
        path.touch()
    for path in (old, other):
        os.utime(path, ((now() - timedelta(days=8)).timestamp(),) * 2)
    forget()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.log", "notes.txt"]


def test_an_address_that_no_mail_server_can_be_told_is_given_up(office, message):
    Message.objects.update(to=f"ines@{'ñ' * 80}.example.org")
    with pytest.raises(Undeliverable):
        deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.FAILED, 1)


def test_what_waits_for_a_month_is_given_up_and_forgotten(office, message):
    with frozen(now() + timedelta(days=31)):
        assert jobs.forget(timestamp=0) == 1
        assert not deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.to) == (State.FAILED, "")
    assert not office.raw


def test_a_year_later_even_the_key_is_gone(message):
    with frozen(now() + timedelta(days=366)):
        forget()
    assert not Message.objects.exists()


def test_the_doctor_tells_whether_mail_leaves(office, use_server):
    assert [found.severity for found in checks.check_config()] == [Severity.OK]
    use_server(office.port, EMAIL_HOST_USER="minga", EMAIL_HOST_PASSWORD="secreto")
    office.account = b"535 who are you"
    (finding,) = checks.check_config()
    assert finding.severity is Severity.ERROR
    assert "cuenta" in finding.what
    use_server(unused_port())
    (finding,) = checks.check_config()
    assert "no responde" in finding.what


def test_the_doctor_counts_what_was_given_up_and_what_waits_too_long(office, message):
    with frozen(now() + timedelta(hours=2)):
        assert "más de una hora" in checks.check_config()[-1].what
    Message.objects.update(state=State.FAILED)
    found = checks.check_config()[-1]
    assert found.severity is Severity.WARNING
    assert found.what.startswith("1 ")
