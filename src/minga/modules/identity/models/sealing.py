"""How personal identifiers are kept: sealed for reading back, digested for finding.

Sealed: one version byte, a nonce of 96 bits and AES-256-GCM (NIST SP 800-38D), bound to the account it belongs
to. Digested: HMAC-SHA-256 (RFC 2104) with another key, because cédulas are few enough to be tried one by one.
"""

import hashlib
import hmac
import os
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_VERSION = b"\x01"
_NONCE = 12


def seal(text: str, *, account: UUID) -> bytes:
    """The text, readable only with the instance's key and only as part of this account."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(_sealing_key()).encrypt(nonce, text.encode(), account.bytes)


def unseal(sealed: bytes, *, account: UUID) -> str:
    """The text that `seal` put away; cryptography's InvalidTag when it was altered or belongs to another account.

    Raises ValueError for a version that this code does not know.
    """
    if sealed[:1] != _VERSION:
        raise ValueError("sealed in an unknown way")
    nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    return AESGCM(_sealing_key()).decrypt(nonce, body, account.bytes).decode()


def digest(purpose: str, *parts: str) -> bytes:
    """A keyed digest (32 bytes) that finds equal texts of one purpose and tells nothing without the key."""
    message = "\x1f".join((purpose, *parts)).encode("utf-8", "surrogatepass")
    return hmac.new(_digest_key(), message, hashlib.sha256).digest()


def _sealing_key() -> bytes:
    return bytes(settings.MINGA_PERSONAL_DATA_KEY[:32])


def _digest_key() -> bytes:
    return bytes(settings.MINGA_PERSONAL_DATA_KEY[32:64])
