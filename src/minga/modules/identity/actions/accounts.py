"""Opening, suspending and reinstating accounts."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.errors import Forbidden, Invalid
from minga.kernel.identifiers import check_cedula
from minga.kernel.text import clean_line
from minga.modules.identity.actions.sessions import close_all
from minga.modules.identity.facts import AccountOpened, AccountReinstated, AccountSuspended, EndReason
from minga.modules.identity.models import Account, AccountStatus, Identifier, IdentifierKind
from minga.modules.identity.queries import account_of

_KEEPERS = (Role.STEWARD, Role.ADMINISTRATOR)


def open_account(
    *,
    given_names: str,
    surnames: str = "",
    email: str = "",
    cedula: str = "",
    password: str | None = None,
    synthetic: bool = False,
    actor: Actor,
) -> Account:
    """Open an account for a person; without a password nobody can sign in with it yet.

    Whoever opens it knows its password, so the person must choose another one at the first sign-in; invented
    people of a demonstration need not. Stewards, administrators and heads may. Raises Invalid naming the field:
    `email` or `cedula` already in use, or a cédula that cannot be one.
    """
    actor.require(*_KEEPERS, Role.HEAD)
    number = _checked_cedula(cedula)
    account = Account(
        given_names=clean_line(given_names),
        surnames=clean_line(surnames),
        email=email or None,
        synthetic=synthetic,
        must_choose_password=bool(password) and not synthetic,
    )
    account.set_password(password)
    with transaction.atomic():
        _save(account, {"email": [_("Ya hay una cuenta con ese correo.")]})
        if number:
            identifier = Identifier.sealing(account=account, kind=IdentifierKind.CEDULA, value=number)
            _save(identifier, {"cedula": [_("Ya hay una cuenta con esa cédula.")]})
        record(AccountOpened(), actor=actor, subject=account.reference, synthetic=synthetic)
    return account


def suspend_account(*, account: Account, actor: Actor) -> None:
    """Let an account be used no more, and close its sessions at once."""
    with transaction.atomic():
        _change_status(account, actor, AccountStatus.SUSPENDED, AccountSuspended())
        close_all(account=account, reason=EndReason.SUSPENDED, actor=actor)


def reinstate_account(*, account: Account, actor: Actor) -> None:
    """Let a suspended account be used again."""
    _change_status(account, actor, AccountStatus.ACTIVE, AccountReinstated())


def choose_language(*, language: str, allowed: Collection[str], actor: Actor) -> None:
    """Remember the language in which the person reads; Invalid for one that Minga does not speak."""
    account = account_of(actor)
    if account is None:
        raise Forbidden()
    if language not in allowed:
        raise Invalid(fields={"language": [_("Elija un idioma de la lista.")]})
    account.language = language
    account.save(update_fields=["language", "changed_at"])


def _change_status(
    account: Account, actor: Actor, status: AccountStatus, fact: AccountSuspended | AccountReinstated
) -> None:
    actor.require(*_KEEPERS)
    if actor.reference == account.reference:
        raise Forbidden(_("Nadie puede suspender ni reactivar su propia cuenta."))
    with transaction.atomic():
        changed = Account.objects.filter(pk=account.pk).exclude(status=status).update(status=status)
        if changed:
            record(fact, actor=actor, subject=account.reference, synthetic=account.synthetic)
    account.status = status


def _checked_cedula(text: str) -> str:
    if not text.strip():
        return ""
    verdict = check_cedula(text)
    if not verdict.ok:
        raise Invalid(
            fields={"cedula": [_("Revise la cédula: son diez dígitos y el último no corresponde.")]}
        )
    return verdict.normalised


def _save(thing: Account | Identifier, taken: dict[str, list[str]]) -> None:
    try:
        with transaction.atomic():
            thing.save(force_insert=True)
    except IntegrityError as error:
        raise Invalid(fields=taken) from error
