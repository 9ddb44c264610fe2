"""Messages on their way out. Written by `sending`, `delivering` and `forgetting`."""

import uuid

from django.db import models
from django.db.models.functions import Now


class State(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting"
    SENT = "sent"
    """the mail server took it"""
    FAILED = "failed"
    """given up: refused for good, or after the last attempt"""


class Message(models.Model):
    """One e-mail to one address.

    `key` says what it is about, once: a second message with the same key is not written, so a reminder goes out
    once. `kind` is `<room>.<what>`. Address and words are erased some days after it was sent; the key stays for a
    year, and holds nothing personal.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=64)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=80, default="")
    """why the last attempt failed: an error's class and the server's code, never its words"""
    created_at = models.DateTimeField(db_default=Now())
    attempted_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox_message"
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(
                fields=["state", "created_at"],
                name="outbox_open",
                condition=~models.Q(state="sent"),
            ),
            models.Index(
                fields=["created_at"], name="outbox_unerased", condition=models.Q(erased_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def room(self) -> str:
        """The room that wrote it."""
        return self.kind.partition(".")[0]
