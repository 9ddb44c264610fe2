"""Appointing officials and ending their posts."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minga.foundation.ledger.reading import record_reads
from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import Forbidden, Invalid
from minga.modules.directory.contracts import InstitutionSummary
from minga.modules.identity.facts import PostEnded, PostStarted
from minga.modules.identity.models import Account, Post
from minga.modules.identity.queries import account_of, officials_of

STEWARDING = "mintel"
"""Code of the only institution with stewards: it steers e-government for the whole State."""
_GIVEN_BY_STEWARDS = frozenset({Role.STEWARD, Role.AUDITOR, Role.ADMINISTRATOR})


def require_may_appoint(*, actor: Actor, institution: InstitutionSummary, role: Role | None = None) -> None:
    """Raise Forbidden unless the actor is the institution's head or a steward.

    Only a steward gives or takes the roles that reach beyond one institution.
    """
    if role in _GIVEN_BY_STEWARDS:
        actor.require(Role.STEWARD)
    elif not actor.holds(Role.STEWARD):
        actor.require(Role.HEAD, institution=institution.reference)


def offered_roles(*, actor: Actor, institution: InstitutionSummary) -> tuple[Role, ...]:
    """The roles that this actor may give in that institution, in the order of the form."""
    return tuple(
        role
        for role in Role
        if (role is not Role.STEWARD or institution.code == STEWARDING)
        and (
            actor.holds(Role.STEWARD)
            or (role not in _GIVEN_BY_STEWARDS and actor.holds(Role.HEAD, institution=institution.reference))
        )
    )


def consult_officials(*, institution: InstitutionSummary, actor: Actor) -> list[Post]:
    """Who holds which post in an institution, now or soon; the ledger notes for each that they were read.

    Raises Forbidden unless the actor is the institution's head, a steward or an administrator.
    """
    if not actor.holds(Role.STEWARD, Role.ADMINISTRATOR):
        actor.require(Role.HEAD, institution=institution.reference)
    with transaction.atomic():
        posts = officials_of(institution=institution.id, on=today())
        record_reads(
            {post.account.reference: post.account.synthetic for post in posts},
            purpose="managing-posts",
            fields=("names", "posts", "status"),
            actor=actor,
            institution=institution.reference,
        )
        return posts


def appoint(
    *,
    account: Account,
    institution: InstitutionSummary,
    role: Role,
    starts: date,
    ends: date | None = None,
    actor: Actor,
) -> Post:
    """Give a person a role in an institution in [starts, ends).

    Raises Forbidden (see `require_may_appoint`; nobody appoints themselves), Invalid when the dates are wrong,
    the person already has the post in those days, or the role does not exist in that institution.
    """
    require_may_appoint(actor=actor, institution=institution, role=role)
    if actor.reference == account.reference:
        raise Forbidden(_("Nadie puede nombrarse a sí mismo. Pídalo a otra autoridad."))
    _check(role, institution, starts, ends)
    post = Post(
        account=account,
        institution_id=institution.id,
        role=role,
        starts=starts,
        ends=ends,
        appointed_by=account_of(actor),
    )
    with transaction.atomic():
        _save(post)
        fact = PostStarted(post=post.reference, role=role, starts=starts, ends=ends)
        record(
            fact,
            actor=actor,
            subject=account.reference,
            institution=institution.reference,
            synthetic=account.synthetic,
        )
    return post


def end_post(*, post: Post, institution: InstitutionSummary, ends: date | None = None, actor: Actor) -> None:
    """Let a post end on a day (today when none is given): from that day it gives no power.

    A post that has not begun yet, or begins that same day, is withdrawn. Raises Forbidden, and Invalid for a day
    that has passed or a post that is over by then: this never makes a post longer.
    """
    require_may_appoint(actor=actor, institution=institution, role=Role(post.role))
    day = ends or today()
    if day < today():
        raise Invalid(fields={"ends": [_("Escriba una fecha desde hoy en adelante.")]})
    with transaction.atomic():
        current = Post.objects.select_for_update().select_related("account").get(pk=post.pk)
        if current.ends is not None and (current.ends <= today() or current.ends < day):
            raise Invalid(_("Ese puesto ya terminó."))
        if current.starts >= day:
            current.delete()
        else:
            current.ends = day
            _save(current)
        fact = PostEnded(post=post.reference, role=Role(post.role), ends=day)
        record(
            fact,
            actor=actor,
            subject=current.account.reference,
            institution=institution.reference,
            synthetic=current.account.synthetic,
        )


def _check(role: Role, institution: InstitutionSummary, starts: date, ends: date | None) -> None:
    if ends is not None and ends <= starts:
        raise Invalid(fields={"ends": [_("El puesto debe terminar después de empezar.")]})
    if role is Role.STEWARD and institution.code != STEWARDING:
        raise Invalid(fields={"role": [_("La rectoría del gobierno electrónico es solo del MINTEL.")]})


def _save(post: Post) -> None:
    """Save; the database refuses a post that overlaps itself."""
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError as error:
        raise Invalid(_("Esa persona ya tiene ese puesto en esas fechas.")) from error
