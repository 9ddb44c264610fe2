"""How Django finds the person behind an identifier and a password, and the session behind a cookie."""

from base64 import b85encode
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.http import HttpRequest

from minga.kernel.clock import now
from minga.modules.identity.models import Account, key_hash
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


def _kept(session_key: str) -> str:
    """The SHA-256 of a cookie in the 40 signs that Django's table has for it."""
    return b85encode(key_hash(session_key)).decode()


class SessionStore(db.SessionStore):
    """Django's sessions in the database, without the cookie: whoever reads the table can open no session.

    Only the synchronous half of Django's store: Minga is served through WSGI.
    """

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return super().exists(_kept(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row that `save` writes."""
        row = super().create_model_instance(data)
        row.session_key = _kept(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Remove the session with this key, or this one; nothing happens when there is none."""
        key = session_key or self.session_key
        if key:
            super().delete(_kept(key))

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row = self.model.objects.filter(
            session_key=_kept(self.session_key or ""), expire_date__gt=now()
        ).first()
        if row is None:
            self._session_key = None
        return row
