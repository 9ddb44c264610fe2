"""How Django finds the person behind an identifier and a password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from minga.modules.identity.models import Account
from minga.modules.identity.queries import normal_identifier, verified_account


class CredentialBackend(BaseBackend):
    """An e-mail or a cédula, and a password. Powers are not asked here: they come from posts."""

    def authenticate(
        self, request: HttpRequest | None, identifier: str = "", password: str = "", **_other: Any
    ) -> Account | None:
        """The active account that the credentials open; None otherwise, in the same time."""
        kind, value = normal_identifier(identifier)
        account, right = verified_account(kind=kind, value=value, password=password)
        return account if account and right and account.active else None

    def get_user(self, user_id: Any) -> Account | None:
        """The account with this key, if it can be used."""
        account = Account.objects.filter(pk=user_id).first()
        return account if account and account.active else None
