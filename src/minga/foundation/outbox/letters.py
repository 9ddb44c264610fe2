"""A message as the mail that goes out: plain text, UTF-8, lines short enough for every reader."""

import textwrap
from email.charset import QP, Charset
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from minga.foundation.outbox.models import Message

WIDTH = 72
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP  # seven bits on the way: no relay has to know 8BITMIME


def letter(message: Message, connection: BaseEmailBackend) -> EmailMessage:
    """The mail that tells a message (RFC 5322), marked as written by a machine so that nobody answers by machine.

    Its Message-ID is made of the message's own key: sent twice, by accident, a reader's program shows it once.
    """
    mail = EmailMessage(
        subject=message.subject,
        body=wrapped(message.body),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        connection=connection,
        headers={
            "Message-ID": f"<{message.pk}@{urlsplit(settings.MINGA_PUBLIC_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    mail.encoding = _UTF8
    return mail


def wrapped(body: str) -> str:
    """The text in lines of 72 characters at most; words, and so addresses of pages, stay whole."""
    return "\n".join(_folded(line) for line in body.split("\n"))


def _folded(line: str) -> str:
    return textwrap.fill(
        line,
        WIDTH,
        break_long_words=False,
        break_on_hyphens=False,
        subsequent_indent="  " if line.startswith("- ") else "",
    )
