"""Tokens of institutions for the API: shown once, kept as digests, and how often each was used.

A token carries a mark of its own and a checksum (as GitHub's do), so that scanners find leaked ones, and a mistyped
one is known as such without asking the database.
"""

import hashlib
import re
import secrets
import string
import uuid
import zlib
from datetime import date

from django.db import models
from django.db.models import F, Q

from minga.kernel.references import Reference

_ALPHABET = string.digits + string.ascii_letters
_RANDOM, _CHECK = 32, 6
_SHAPE = re.compile(rf"minga_([0-9A-Za-z]{{{_RANDOM}}})([0-9A-Za-z]{{{_CHECK}}})")


def new_token() -> str:
    """A token with 190 random bits."""
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))
    return f"minga_{secret}{_checksum(secret)}"


def token_digest(token: str) -> bytes | None:
    """What is kept of a token, enough to recognise it; None for a text that is none of ours."""
    match = _SHAPE.fullmatch(token)
    if match is None or match[2] != _checksum(match[1]):
        return None
    return hashlib.sha256(token.encode()).digest()


def _checksum(secret: str) -> str:
    """CRC-32 of the random part, in base 62."""
    number, digits = zlib.crc32(secret.encode()), ""
    while number:
        number, rest = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[rest] + digits
    return digits.rjust(_CHECK, "0")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Filters on tokens."""

    def live(self, day: date) -> "ApiTokenQuerySet":
        """Tokens that open something on that day."""
        return self.filter(revoked_at__isnull=True, expires_on__gt=day)


class ApiToken(models.Model):
    """A program of an institution may ask the API under this token until the day it expires on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    institution = models.ForeignKey("directory.Institution", models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32, unique=True)
    ending = models.CharField(max_length=4)
    """Its last signs, to tell one from another."""
    created_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["institution", "-created_at"], name="token_of_institution")]
        constraints = [
            models.CheckConstraint(
                name="token_revoked_after_issue",
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("created_at")),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> Reference:
        """What the ledger calls the token."""
        return Reference.of("token", self.pk)

    def state(self, day: date) -> str:
        """`live`, `expired` or `revoked`."""
        if self.revoked_at:
            return "revoked"
        return "live" if day < self.expires_on else "expired"


class TokenUse(models.Model):
    """How many requests a token made on a day."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="uses")
    day = models.DateField()
    requests = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "day"], name="token_use_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.requests}"
