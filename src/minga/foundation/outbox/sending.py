"""Writing a message, to be sent when and only when the caller's transaction commits."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction

from minga.foundation.jobs import enqueue
from minga.foundation.outbox.models import Message
from minga.kernel.errors import Invalid
from minga.kernel.text import N_, clean_line, clean_text

DELIVER = "outbox.deliver"
_KIND = re.compile(r"[a-z]+\.[a-z_]+")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,199}")
_LONGEST_ADDRESS = 254


def send(*, to: str, subject: str, body: str, kind: str, key: str, language: str = "es") -> bool:
    """Write one plain-text message to an address in the caller's transaction; say whether it is new.

    `kind` is `<room>.<what>`; `key` names the one event it tells (such as `plan.reminder:12.2:2026-11-30`) without
    anything personal: a key that was used within a year writes nothing and gives False. Subject and body are in
    `language` already; the body's paragraphs are single lines. Raises Invalid for an address that is none, for an
    empty text or one with hidden characters; ValueError for a kind or key of another shape;
    TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("send() belongs inside the action's transaction")
    if not _KIND.fullmatch(kind) or not _KEY.fullmatch(key):
        raise ValueError(f"not a kind and a key of a message: {kind!r}, {key!r}")
    words = {
        "to": _address(to),
        "subject": _present("subject", clean_line(subject))[: Message._meta.get_field("subject").max_length],
        "body": _present("body", clean_text(body)),
    }
    message, new = Message.objects.get_or_create(
        key=key, defaults={**words, "kind": kind, "language": language}
    )
    if new:
        enqueue(DELIVER, message=str(message.pk))
    return new


def _address(text: str) -> str:
    found = text.strip()
    try:
        validate_email(found)
    except ValidationError:
        found = ""
    if not 0 < len(found) <= _LONGEST_ADDRESS:
        message = N_("Escriba un correo electrónico como nombre@ejemplo.com.")
        raise Invalid(message, {"to": [message]})
    return found


def _present(field: str, text: str) -> str:
    if not text:
        message = N_("Escriba el texto del mensaje.")
        raise Invalid(message, {field: [message]})
    return text
