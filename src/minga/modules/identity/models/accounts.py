"""A person's account, and the official numbers that identify the person."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from minga.kernel.references import Reference
from minga.modules.identity.models.levels import Seal
from minga.modules.identity.models.sealing import digest, seal, unseal


class AccountStatus(models.TextChoices):
    """Whether an account can be used."""

    ACTIVE = "active", _("Activa")
    SUSPENDED = "suspended", _("Suspendida")


class CaselessEmailField(models.EmailField):  # type: ignore[type-arg]
    """An e-mail address kept and compared without regard to case, whatever wrote it."""

    def get_prep_value(self, value: Any) -> Any:
        """The address as stored; an empty one is no address."""
        prepared = super().get_prep_value(value)
        return prepared.strip().casefold() or None if isinstance(prepared, str) else prepared


class AccountManager(BaseUserManager["Account"]):
    """Finds and makes accounts; powers come from posts, so there are no superusers."""

    def with_identifier(self, kind: str, value: str) -> "models.QuerySet[Account]":
        """The account of the person with this number, if any."""
        return self.filter(identifiers__digest=Identifier.digest_of(kind, value))


class Account(AbstractBaseUser):
    """One person. The key says nothing about them; e-mail and numbers are optional and can change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = CaselessEmailField(unique=True, null=True, blank=True)
    given_names = models.CharField(max_length=120)
    surnames = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=AccountStatus.choices, default=AccountStatus.ACTIVE)
    language = models.CharField(max_length=2, blank=True)
    """What the person chose; empty when they never did."""
    synthetic = models.BooleanField(default=False)
    identity_level = models.PositiveSmallIntegerField(
        choices=Seal.choices, default=Seal.BASIC, db_default=Seal.BASIC
    )
    """How well it is known who the person is."""
    must_choose_password = models.BooleanField(default=False)
    """Whether somebody else knows the present password, so that nothing can be done with it but change it."""
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_named", condition=~models.Q(given_names="")),
        ]

    def __str__(self) -> str:
        """The reference alone: what may end in a log."""
        return self.reference

    @property
    def reference(self) -> Reference:
        """What the ledger knows of the person."""
        return Reference.of("account", self.pk)

    @property
    def name(self) -> str:
        """The person's full name, for their own pages and those of their institution."""
        return f"{self.given_names} {self.surnames}".strip()

    @property
    def active(self) -> bool:
        """Whether the account can be used."""
        return self.status == AccountStatus.ACTIVE


class IdentifierKind(models.TextChoices):
    """Kinds of official numbers."""

    CEDULA = "cedula", _("Cédula")


class Identifier(models.Model):
    """An official number of a person: unreadable in the database, found by its keyed digest, in one account only."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=12, choices=IdentifierKind.choices)
    digest = models.BinaryField(max_length=32, unique=True)
    sealed = models.BinaryField(max_length=128)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="identifier_one_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.account_id}"

    @classmethod
    def sealing(cls, *, account: Account, kind: str, value: str) -> "Identifier":
        """The number of an account, sealed and ready to be saved."""
        return cls(
            account=account,
            kind=kind,
            digest=cls.digest_of(kind, value),
            sealed=seal(value, account=account.pk),
        )

    @staticmethod
    def digest_of(kind: str, value: str) -> bytes:
        """What finds a number without reading any."""
        return digest("identifier", kind, value)

    @property
    def value(self) -> str:
        """The number itself, decrypted."""
        return unseal(bytes(self.sealed), account=self.account_id)
