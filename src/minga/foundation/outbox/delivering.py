"""Handing messages to the mail server, and knowing when to give up."""

import smtplib
from uuid import UUID

from django.core.mail import get_connection
from django.db import transaction

from minga.foundation.jobs import ATTEMPTS, Failure, Hopeless
from minga.foundation.outbox.letters import letter
from minga.foundation.outbox.models import Message, State
from minga.kernel.clock import now

_REFUSED_FOR_GOOD = 500


class NotDelivered(Failure):
    """The mail server could not be reached, or took nothing for now; its words are left out: they name people."""


class Undeliverable(Hopeless):
    """The mail server refused the address or the text for good."""


def deliver(message_id: UUID) -> bool:
    """Send one message, unless it was; say whether it was sent now.

    The row is held meanwhile, so two callers never send the same. What happened is kept even where this raises:
    NotDelivered, to be tried again, or Undeliverable.
    """
    with transaction.atomic():
        message = (
            Message.objects.select_for_update()
            .filter(pk=message_id, erased_at=None)
            .exclude(state=State.SENT)
            .first()
        )
        if message is None:
            return False
        trouble = _hand_over(message)
        message.save(update_fields=["state", "attempts", "trouble", "attempted_at"])
    if trouble is not None:
        raise trouble from None
    return True


def _hand_over(message: Message) -> Exception | None:
    message.attempts += 1
    message.attempted_at = now()
    try:
        connection = get_connection()
        connection.send_messages([letter(message, connection)])
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        message.trouble = _what(error)
        hopeless = _refused_for_good(error)
        if hopeless or message.attempts > ATTEMPTS:
            message.state = State.FAILED
        return (Undeliverable if hopeless else NotDelivered)(message.trouble)
    message.state, message.trouble = State.SENT, ""
    return None


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _words in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _refused_for_good(error: Exception) -> bool:
    """Whether the fault lies with address or text; one with our account or sender an administrator can put right."""
    if isinstance(error, UnicodeError):
        return True
    blamed = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    return blamed and all(code >= _REFUSED_FOR_GOOD for code in _codes(error))


def _what(error: Exception) -> str:
    return " ".join([type(error).__name__, *(str(code) for code in _codes(error))])
