"""Which passwords are good enough, and changing one's own."""

import functools
import re
import secrets
from importlib.resources import files

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor
from minga.kernel.clock import today
from minga.kernel.errors import Forbidden, Invalid
from minga.kernel.text import fold
from minga.modules.identity.actions import throttles
from minga.modules.identity.actions.sessions import close_other_sessions
from minga.modules.identity.facts import EndReason, PasswordChanged
from minga.modules.identity.hashers import turn
from minga.modules.identity.models import Account, Device, SessionRecord, key_hash
from minga.modules.identity.queries import account_of, posts_of

SHORTEST_OFFICIAL = 12
SHORTEST_CITIZEN = 8
LONGEST = 256
_LEFT_OVER = 4
"""Letters that must remain when known words are taken out."""
_DIFFERENT = 5
_SWAPS = tuple(str.maketrans("013457@$!", letters) for letters in ("oleastasi", "oieastasi"))
"""Digits that stand for letters; a 1 is an l or an i."""
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@functools.cache
def common_words() -> tuple[str, ...]:
    """Words and keyboard runs that passwords are usually made of, the longest first."""
    text = files("minga.modules.identity").joinpath("data/common_passwords.txt").read_text("utf-8")
    words = {fold(line) for line in text.splitlines() if line and not line.startswith("#")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def problem_with(password: str, *, account: Account, official: bool) -> str | None:
    """What is wrong with a password that somebody wants to use, in words; None when nothing is.

    No rules about kinds of characters: length, and that it is not made of words that anybody would try.
    """
    shortest = SHORTEST_OFFICIAL if official else SHORTEST_CITIZEN
    if len(password) < shortest:
        return _("Escriba al menos %(count)s caracteres. Varias palabras seguidas sirven.") % {
            "count": shortest
        }
    if len(password) > LONGEST:
        return _("Escriba %(count)s caracteres como máximo.") % {"count": LONGEST}
    if len(set(password)) < _DIFFERENT or not _survives(password, _context(account)):
        return _("Esa contraseña es fácil de adivinar. Use varias palabras que no tengan que ver con usted.")
    return None


def generated_password() -> str:
    """A password made by chance: 20 characters that are hard to confuse (about 99 bits)."""
    parts = ("".join(secrets.choice(_ALPHABET) for _place in range(5)) for _part in range(4))
    return "-".join(parts)


def change_password(*, request: HttpRequest, old: str, new: str, actor: Actor) -> int:
    """Choose a new password; closes all other sessions and returns how many.

    Raises Invalid naming the field `old` or `new`, Unavailable when too many passwords are being checked.
    """
    account = account_of(actor)
    if account is None:
        raise Forbidden()
    with turn():
        _check_old(request, account, old)
    official = bool(posts_of(account=account.pk, on=today()))
    problem = problem_with(new, account=account, official=official)
    if account.must_choose_password and new == old:
        problem = _("Escriba una contraseña distinta de la que recibió.")
    if problem:
        raise Invalid(fields={"new": [problem]})
    with turn(), transaction.atomic():
        account.set_password(new)
        account.must_choose_password = False
        account.save(update_fields=["password", "must_choose_password", "changed_at"])
        closed = close_other_sessions(
            session_key=request.session.session_key or "", actor=actor, reason=EndReason.CREDENTIAL_CHANGED
        )
        _renew_session(request, account)
        record(PasswordChanged(), actor=actor, subject=account.reference, synthetic=account.synthetic)
    return closed


def _check_old(request: HttpRequest, account: Account, old: str) -> None:
    """The same limits as at sign-in: an open session must not serve to guess the password."""
    address = Device.from_meta(request.META).address
    attempt = throttles.charge(kind="password", value=str(account.pk), address=address)
    if attempt.wait:
        raise Invalid(
            fields={"old": [_("Hubo demasiados intentos. Espere unos minutos e inténtelo otra vez.")]}
        )
    if not account.check_password(old):
        raise Invalid(fields={"old": [_("Esa no es su contraseña actual.")]})
    throttles.forgive(attempt)


def _renew_session(request: HttpRequest, account: Account) -> None:
    """Give the present session a new id."""
    before = key_hash(request.session.session_key or "")
    update_session_auth_hash(request, account)
    after = key_hash(request.session.session_key or "")
    SessionRecord.objects.filter(account=account, key_hash=before).update(key_hash=after)


def _context(account: Account) -> tuple[str, ...]:
    """Words that whoever knows the person or their work would try."""
    words = f"{account.name} {(account.email or '').replace('@', ' ').replace('.', ' ')}".split()
    return tuple(fold(word) for word in words if len(word) >= _LEFT_OVER)


def _survives(password: str, context: tuple[str, ...]) -> bool:
    """Whether something is left without known words, read both as typed and with digits as letters."""
    words = sorted((*common_words(), *context), key=len, reverse=True)
    typed = fold(password)
    readings = (typed, *(typed.translate(swap) for swap in _SWAPS))
    return all(_letters_left(reading, words) >= _LEFT_OVER for reading in readings)


def _letters_left(text: str, words: list[str]) -> int:
    for word in words:
        text = text.replace(word, " ")
    return len(re.sub(r"[\W\d_]", "", text))
