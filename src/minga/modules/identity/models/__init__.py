"""The tables of identity, one aggregate a file."""

from minga.modules.identity.models.accounts import (
    Account,
    AccountStatus,
    CaselessEmailField,
    Identifier,
    IdentifierKind,
)
from minga.modules.identity.models.devices import Device
from minga.modules.identity.models.levels import Seal, authentication_level, seal_of
from minga.modules.identity.models.posts import ROLE_HINTS, ROLE_NAMES, Post
from minga.modules.identity.models.sealing import digest
from minga.modules.identity.models.sessions import (
    ABSOLUTE,
    IDLE_CITIZEN,
    IDLE_OFFICIAL,
    SEEN_EVERY,
    SessionRecord,
    key_hash,
)
from minga.modules.identity.models.throttles import Throttle
from minga.modules.identity.models.tokens import ApiToken, TokenUse, new_token, token_digest

__all__ = [
    "ABSOLUTE",
    "IDLE_CITIZEN",
    "IDLE_OFFICIAL",
    "ROLE_HINTS",
    "ROLE_NAMES",
    "SEEN_EVERY",
    "Account",
    "AccountStatus",
    "ApiToken",
    "CaselessEmailField",
    "Device",
    "Identifier",
    "IdentifierKind",
    "Post",
    "Seal",
    "SessionRecord",
    "Throttle",
    "TokenUse",
    "authentication_level",
    "digest",
    "key_hash",
    "new_token",
    "seal_of",
    "token_digest",
]
