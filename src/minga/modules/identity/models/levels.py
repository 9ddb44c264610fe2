"""How strongly a person is known: a seal, which is the lower of who they showed to be and how they signed in.

The two axes follow NIST SP 800-63-4 (identity proofing and authentication), in three steps each.
"""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seal(models.IntegerChoices):
    """A level of assurance under the word that people read; also a step of either axis.

    Of identity: what the person says, what a register confirmed, what somebody at a desk (or a certificate) attested.
    Of authentication: one factor, two, a passkey that asked for the person.
    """

    BASIC = 1, _("Básico")
    VERIFIED = 2, _("Verificado")
    REINFORCED = 3, _("Reforzado")

    @property
    def acr(self) -> str:
        """The seal as an authentication context class reference (OpenID Connect Core, 2)."""
        return f"urn:minga:sello:{_CODES[self]}"


_CODES = {Seal.BASIC: "basico", Seal.VERIFIED: "verificado", Seal.REINFORCED: "reforzado"}
_PASSKEY, _PRESENT, _SEVERAL = frozenset({"hwk", "swk"}), "user", "mfa"


def authentication_level(means: Collection[str]) -> Seal:
    """The step of authentication that these means reach, in the words of RFC 8176 (`pwd`, `otp`, `swk`, `user`...)."""
    if _PRESENT in means and not _PASSKEY.isdisjoint(means):
        return Seal.REINFORCED
    return Seal.VERIFIED if _SEVERAL in means else Seal.BASIC


def seal_of(*, identity: int, means: Collection[str]) -> Seal:
    """The seal of somebody known to this step of identity who signed in by these means."""
    return min(Seal(identity), authentication_level(means))
