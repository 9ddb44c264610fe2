"""A message is written with the change it tells of, and goes out once, in a form every reader understands."""

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from minga.foundation.outbox.delivering import deliver
from minga.foundation.outbox.letters import WIDTH, wrapped
from minga.foundation.outbox.models import Message, State
from minga.foundation.outbox.sending import send
from minga.kernel.errors import Invalid

pytestmark = pytest.mark.django_db

LETTER = {
    "to": "ines.caiza@example.org",
    "subject": "Mañana vence el informe de la iniciativa 12.2",
    "body": "Buenos días.\n\nEl informe de avance vence mañana, 30 de noviembre.\n\nhttps://minga.example/plan/",
    "kind": "plan.reminder",
    "key": "plan.reminder:12.2:2026-11-30",
}


def written(**changes):
    send(**{**LETTER, **changes})
    return Message.objects.latest("created_at")


def jobs():
    return list(ProcrastinateJob.objects.filter(task_name="outbox.deliver"))


def test_a_message_waits_with_a_job_that_knows_only_its_number():
    message = written()
    assert message.state == State.WAITING
    assert message.room == "plan"
    assert [job.args for job in jobs()] == [{"message": str(message.pk)}]


def test_a_change_that_is_undone_sends_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(**LETTER)
        raise ZeroDivisionError
    assert not Message.objects.exists()
    assert not jobs()


@pytest.mark.django_db(transaction=True)
def test_a_message_outside_a_transaction_is_refused():
    assert not connection.in_atomic_block
    with pytest.raises(transaction.TransactionManagementError):
        send(**LETTER)


def test_the_same_event_is_told_once(mailoutbox):
    assert send(**LETTER)
    assert not send(**{**LETTER, "subject": "Otra vez"})
    deliver(Message.objects.get().pk)
    assert [mail.subject for mail in mailoutbox] == [LETTER["subject"]]
    assert len(jobs()) == 1


@pytest.mark.parametrize(
    "to", ["", "nadie", "a@b", "a@example.org\nBcc: x@example.org", "x" * 250 + "@a.org"]
)
def test_what_is_no_address_is_refused_at_its_field(to):
    with pytest.raises(Invalid) as refused:
        send(**{**LETTER, "to": to})
    assert "to" in refused.value.fields


@pytest.mark.parametrize(
    "changes", [{"kind": "reminder"}, {"kind": "Plan.x"}, {"key": "de Inés Caiza"}, {"key": ""}]
)
def test_kinds_and_keys_have_one_shape_so_that_no_name_slips_in(changes):
    with pytest.raises(ValueError, match="kind and a key"):
        send(**{**LETTER, **changes})


@pytest.mark.parametrize("changes", [{"subject": " "}, {"body": "\n"}, {"body": "a\x00b"}])
def test_an_empty_text_or_a_hidden_character_is_refused(changes):
    with pytest.raises(Invalid):
        send(**{**LETTER, **changes})


def test_a_line_end_in_the_subject_adds_no_header(office):
    message = written(subject="Aviso\r\nBcc: otra@example.org")
    deliver(message.pk)
    (letter,) = office.letters
    assert letter["Subject"] == "Aviso Bcc: otra@example.org"
    assert letter["Bcc"] is None
    assert office.recipients == [LETTER["to"]]


def test_the_letter_arrives_as_written_in_short_lines_of_seven_bits(office, settings):
    settings.DEFAULT_FROM_EMAIL = "Minga, avisos <minga@example.org>".replace(",", "")
    settings.MINGA_PUBLIC_URL = "https://minga.example.gob.ec"
    long = "Año, ñandú y también " * 12
    message = written(body=f"Buenos días.\n\n{long}\n\nhttps://minga.example/{'a' * 90}")
    deliver(message.pk)
    (letter,) = office.letters
    assert letter["Subject"] == LETTER["subject"]
    assert letter["From"].addresses[0].display_name == "Minga avisos"
    assert letter["Message-ID"] == f"<{message.pk}@minga.example.gob.ec>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "es"
    assert letter.get_content_type() == "text/plain"
    text = letter.get_content()
    assert " ".join(text.split()) == " ".join(message.body.split())
    assert f"https://minga.example/{'a' * 90}" in text
    assert office.raw[0].isascii()
    assert max(len(line) for line in office.raw[0].splitlines()) < 100


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), max_size=400)
)
def test_wrapping_changes_no_word(body):
    folded = wrapped(body)
    assert folded.split() == body.split()
    assert all(len(line) <= WIDTH or len(line.split()) == 1 for line in folded.splitlines())
