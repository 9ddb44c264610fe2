"""Issuing, revoking and using an institution's tokens for the API."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import now, today
from minga.kernel.errors import Invalid, NotFound
from minga.kernel.references import Reference
from minga.kernel.text import clean_line
from minga.modules.directory.contracts import InstitutionSummary
from minga.modules.identity.facts import TokenIssued, TokenRevoked
from minga.modules.identity.models import ApiToken, new_token, token_digest
from minga.modules.identity.queries import account_of

LONGEST = timedelta(days=366)
"""No token lasts longer: a leaked one that nobody noticed ends by itself."""
MOST = 20
"""Tokens that one institution may have at once."""
ISSUERS = (Role.HEAD, Role.APPROVER)
KEEPERS = (Role.STEWARD, Role.ADMINISTRATOR)
"""Who may see and revoke every institution's tokens, such as a leaked one."""

_USE = """
    INSERT INTO identity_tokenuse AS kept (token_id, day, requests)
    SELECT id, %(day)s, 1 FROM identity_apitoken
    WHERE digest = %(digest)s AND revoked_at IS NULL AND expires_on > %(day)s
    ON CONFLICT (token_id, day) DO UPDATE SET requests = kept.requests + 1
    RETURNING token_id
"""


class Issued(NamedTuple):
    """A new token and its secret, which nobody will see again."""

    token: ApiToken
    secret: str


def issue_token(*, institution: InstitutionSummary, title: str, expires_on: date, actor: Actor) -> Issued:
    """Make a token for a program of the institution, good until the day before `expires_on`.

    Raises Forbidden unless the actor heads the institution or approves there; Invalid for a title or a day that
    will not do, and when the institution has `MOST` of them.
    """
    actor.require(*ISSUERS, institution=institution.reference)
    called = _checked_title(title)
    _check_day(expires_on)
    secret = new_token()
    with transaction.atomic():
        _check_room(institution)
        token = ApiToken.objects.create(
            institution_id=institution.id,
            title=called,
            digest=token_digest(secret),
            ending=secret[-4:],
            created_at=now(),
            expires_on=expires_on,
        )
        fact = TokenIssued(expires_on=expires_on)
        _record(fact, token, actor, institution)
    return Issued(token, secret)


def revoke_token(*, token: UUID, institution: InstitutionSummary, actor: Actor) -> None:
    """Let the institution's token open nothing from now on; one that is over already stays as it is.

    Raises Forbidden unless the actor may issue tokens there, or keeps all of them; NotFound for another's token.
    """
    require_may_revoke(institution=institution, actor=actor)
    with transaction.atomic():
        found = ApiToken.objects.select_for_update().filter(pk=token, institution_id=institution.id).first()
        if found is None:
            raise NotFound(_("Esa clave no existe."))
        if found.state(today()) != "live":
            return
        found.revoked_at = now()
        found.save(update_fields=["revoked_at"])
        _record(TokenRevoked(), found, actor, institution)


def require_may_revoke(*, institution: InstitutionSummary, actor: Actor) -> None:
    """Raise Forbidden unless the actor may see and revoke the institution's tokens."""
    if not actor.holds(*KEEPERS):
        actor.require(*ISSUERS, institution=institution.reference)


def use_token(secret: str) -> UUID | None:
    """Count one request under the token; None when it opens nothing, and which one otherwise."""
    digest = token_digest(secret)
    if digest is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_USE, {"digest": digest, "day": today()})
        row = cursor.fetchone()
    return row[0] if row else None


def _checked_title(title: str) -> str:
    called = clean_line(title)
    if not 3 <= len(called) <= 80:
        raise Invalid(fields={"title": [_("Escriba de 3 a 80 letras: qué programa usará la clave.")]})
    return called


def _check_day(day: date) -> None:
    if day <= today():
        raise Invalid(fields={"expires_on": [_("Escriba una fecha después de hoy.")]})
    if day > today() + LONGEST:
        raise Invalid(
            fields={"expires_on": [_("Una clave dura un año como máximo. Escriba una fecha anterior.")]}
        )


def _check_room(institution: InstitutionSummary) -> None:
    """Whether there is room for one more; two that ask at once may end with one above."""
    if ApiToken.objects.filter(institution_id=institution.id).live(today()).count() >= MOST:
        raise Invalid(_("La institución ya tiene %(most)s claves. Revoque las que no use.") % {"most": MOST})


def _record(
    fact: TokenIssued | TokenRevoked, token: ApiToken, actor: Actor, where: InstitutionSummary
) -> None:
    account = account_of(actor)
    record(
        fact,
        actor=actor,
        subject=Reference.of("token", token.pk),
        institution=where.reference,
        synthetic=where.synthetic or bool(account and account.synthetic),
    )
