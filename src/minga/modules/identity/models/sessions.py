"""Sessions: who is signed in, since when, and when it stops."""

import hashlib
import uuid
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models

from minga.kernel.references import Reference
from minga.modules.identity.facts import EndReason
from minga.modules.identity.models.accounts import Account

ABSOLUTE = timedelta(hours=12)
"""No session lasts longer (NIST SP 800-63B, AAL2)."""
IDLE_OFFICIAL = timedelta(minutes=15)
IDLE_CITIZEN = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)
"""How often the last use of a session is written down."""


def key_hash(session_key: str) -> bytes:
    """What is kept of the cookie: enough to recognise it, not enough to use it."""
    return hashlib.sha256(session_key.encode("utf-8", "surrogatepass")).digest()


class SessionRecord(models.Model):
    """One sign-in on one device. It decides alone whether the person is signed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    key_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    means = ArrayField(models.CharField(max_length=8), default=list, db_default=[])
    """How the person signed in (RFC 8176), for example `pwd`."""
    authenticated_at = models.DateTimeField(null=True)
    """When they last did; empty in sessions from before this was kept."""
    network = models.CharField(max_length=49, blank=True)
    browser = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in EndReason])

    class Meta:
        ordering = ["-last_seen_at", "id"]
        indexes = [
            models.Index(fields=["account"], name="session_open", condition=models.Q(ended_at__isnull=True)),
            models.Index(fields=["created_at"], name="session_by_age"),
        ]
        constraints = [
            models.CheckConstraint(
                name="session_ends_for_a_reason",
                condition=models.Q(ended_at__isnull=True, end_reason="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(end_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> Reference:
        """What the ledger calls the session."""
        return Reference.of("session", self.pk)
