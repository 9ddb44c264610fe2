"""Reads of accounts, posts and sessions."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from minga.foundation.composed import composed_once
from minga.kernel import actors
from minga.kernel.actors import ANONYMOUS, Actor, Role
from minga.kernel.cards import Finding, Label, Panel, Severity, Task
from minga.kernel.clock import now, today
from minga.kernel.errors import NotFound
from minga.kernel.identifiers import check_cedula
from minga.kernel.references import Reference
from minga.kernel.text import N_
from minga.modules.identity.facts import EndReason
from minga.modules.identity.models import (
    ABSOLUTE,
    IDLE_CITIZEN,
    IDLE_OFFICIAL,
    ROLE_NAMES,
    Account,
    AccountStatus,
    ApiToken,
    IdentifierKind,
    Post,
    SessionRecord,
    TokenUse,
    key_hash,
)

ENDING_SOON = timedelta(days=15)
"""How long before its end a post is brought to the attention of those who can renew it."""

_SESSION = ("id", "account_id", "created_at", "last_seen_at", "end_reason")
_MUST = "account__must_choose_password"
_PERSON = ("account__given_names", "account__surnames", "account__status", "account__synthetic", _MUST)
_POSTS = tuple(f"account__posts__{name}" for name in ("role", "starts", "ends", "institution_id"))
_CODE = "account__posts__institution__code"
_LABEL_OFFICIAL = N_("Funcionario de %(institution)s")
_LABEL_PERSON = N_("Una persona")


@dataclass(frozen=True)
class SessionState:
    """What one session means at this moment."""

    id: UUID
    account: UUID
    actor: Actor
    synthetic: bool
    must_choose_password: bool
    """whether the account has no powers yet, because somebody else knows its password"""
    last_seen_at: datetime
    ended: EndReason | None
    """why it was over already"""
    due: EndReason | None
    """why it must end now"""


def session_state(*, session_key: str) -> SessionState | None:
    """The session that a cookie opens, with its person and the posts valid today, in one query."""
    rows = list(
        SessionRecord.objects.filter(key_hash=key_hash(session_key))
        .order_by()
        .values(*_SESSION, *_PERSON, *_POSTS, _CODE)
    )
    if not rows:
        return None
    first = rows[0]
    posts = _posts_on(rows, today())
    return SessionState(
        id=first["id"],
        account=first["account_id"],
        actor=Actor(
            reference=Reference.of("account", first["account_id"]),
            posts=() if first[_MUST] else posts,
            name=f"{first['account__given_names']} {first['account__surnames']}".strip(),
        ),
        synthetic=first["account__synthetic"],
        must_choose_password=first[_MUST],
        last_seen_at=first["last_seen_at"],
        ended=EndReason(first["end_reason"]) if first["end_reason"] else None,
        due=_due(first, official=bool(posts)),
    )


def _posts_on(rows: Iterable[Mapping[str, Any]], day: date) -> tuple[actors.Post, ...]:
    return tuple(
        actors.Post(
            role=Role(row["account__posts__role"]),
            institution=Reference.of("institution", row["account__posts__institution_id"]),
            institution_code=row[_CODE],
        )
        for row in rows
        if row["account__posts__role"]
        and row["account__posts__starts"] <= day
        and (row["account__posts__ends"] is None or row["account__posts__ends"] > day)
    )


def _due(row: Mapping[str, Any], *, official: bool) -> EndReason | None:
    """Why a session must end now; one used "in the future" (the clock went back) must end too."""
    moment = now()
    if row["account__status"] != AccountStatus.ACTIVE:
        return EndReason.SUSPENDED
    if moment - row["created_at"] >= ABSOLUTE:
        return EndReason.ABSOLUTE
    idle = IDLE_OFFICIAL if official else IDLE_CITIZEN
    return EndReason.IDLE if abs(moment - row["last_seen_at"]) >= idle else None


def account_of(actor: Actor) -> Account | None:
    """The account that acts; None for a part of the system, nobody, or an account that is gone."""
    if actor.reference.kind != "account":
        return None
    return Account.objects.filter(pk=actor.reference.id).first()


def account_by_id(*, account: UUID) -> Account:
    """The account with this key; NotFound when there is none."""
    found = Account.objects.filter(pk=account).first()
    if found is None:
        raise NotFound(gettext("Esa cuenta no existe."))
    return found


def post_by_id(*, post: UUID) -> Post:
    """The post with this key, with its person; NotFound when there is none."""
    found = Post.objects.filter(pk=post).select_related("account").first()
    if found is None:
        raise NotFound(gettext("Ese puesto no existe."))
    return found


def actor_for(*, account: Account, on: date | None = None) -> Actor:
    """The person as an actor with the posts valid on a day (today when none is given); a suspended one is nobody."""
    if not account.active:
        return ANONYMOUS
    posts = account.posts.on(on or today()).select_related("institution")
    return Actor(
        reference=account.reference,
        posts=tuple(
            actors.Post(
                role=Role(post.role),
                institution=Reference.of("institution", post.institution_id),
                institution_code=post.institution.code,
            )
            for post in posts
        ),
        name=account.name,
    )


def normal_identifier(text: str) -> tuple[str, str]:
    """What somebody typed to say who they are, as ("email" | "cedula", its normal form).

    Judges nothing: a text that is neither is taken as a cédula that nobody has.
    """
    typed = text.strip()
    if "@" in typed:
        return "email", typed.casefold()
    return "cedula", check_cedula(typed).normalised or typed


def account_called(*, kind: str, value: str) -> Account | None:
    """The account with this e-mail or cédula, in normal form; one query whatever the answer."""
    found = (
        Account.objects.filter(email=value)
        if kind == "email"
        else Account.objects.with_identifier(IdentifierKind.CEDULA, value)
    )
    return found.first()


def verified_account(*, kind: str, value: str, password: str) -> tuple[Account | None, bool]:
    """The account that answers to an identifier, and whether the password is its own.

    Hashes exactly once whether or not there is an account, so the time says nothing.
    """
    account = account_called(kind=kind, value=value)
    if account is None:
        return None, check_password(password, "!")
    return account, account.check_password(password)


def sessions_of(*, account: UUID) -> list[SessionRecord]:
    """The person's sessions that can still be used, the latest first."""
    return list(
        SessionRecord.objects.filter(account=account, ended_at__isnull=True, created_at__gt=now() - ABSOLUTE)
    )


def posts_of(*, account: UUID, on: date) -> list[Post]:
    """The person's posts on a day, with their institutions."""
    return list(Post.objects.filter(account=account).on(on).select_related("institution"))


def officials_of(*, institution: UUID, on: date) -> list[Post]:
    """Who holds which post in an institution on a day or later, with the accounts."""
    return list(
        Post.objects.filter(institution=institution)
        .not_over(on)
        .select_related("account", "institution")
        .order_by("account__surnames", "account__given_names", "role", "starts")
    )


@dataclass(frozen=True)
class Mailbox:
    """Where to write to an official, and in which language; nobody reads the address on the way."""

    account: Reference
    address: str
    language: str


def mailboxes(*, institution: UUID, roles: Collection[Role], on: date) -> list[Mailbox]:
    """Those who hold one of these roles in an institution on a day and have an e-mail address, each once."""
    rows = (
        Account.objects.filter(
            status=AccountStatus.ACTIVE,
            email__isnull=False,
            pk__in=Post.objects.on(on).filter(institution=institution, role__in=roles).values("account"),
        )
        .order_by("pk")
        .only("email", "language")
    )
    return [Mailbox(row.reference, row.email or "", row.language or "es") for row in rows]


@dataclass(frozen=True)
class TokenRow:
    """A token as its institution sees it: its state today, its last day of use, and its requests of 30 days."""

    token: ApiToken
    state: str
    used_on: date | None
    requests: int


def tokens_of(*, institution: UUID) -> list[TokenRow]:
    """The institution's tokens, those that still open something first, then the newest."""
    day = today()
    recent = Q(day__gt=day - timedelta(days=30))
    uses = TokenUse.objects.filter(token__institution=institution).order_by().values_list("token")
    used = {
        token: rest for token, *rest in uses.annotate(last=Max("day"), made=Sum("requests", filter=recent))
    }
    rows = []
    for token in ApiToken.objects.filter(institution=institution):
        used_on, requests = used.get(token.pk, (None, None))
        rows.append(TokenRow(token, token.state(day), used_on, requests or 0))
    return sorted(rows, key=lambda row: row.state != "live")


def expiring_tokens(actor: Actor) -> Iterator[Task]:
    """For those who issue tokens: each of their institutions' tokens that expires within a fortnight."""
    issuing = actor.institutions(Role.HEAD, Role.APPROVER)
    if not issuing:
        return
    soon = ApiToken.objects.live(today()).filter(expires_on__lte=today() + timedelta(days=14))
    for token in (
        soon.filter(institution__in=issuing).select_related("institution").order_by("expires_on", "id")
    ):
        yield Task(
            kind=gettext("Claves de la API por vencer"),
            title=token.title,
            url=f"{reverse('identity:tokens')}?institucion={token.institution.code}",
            detail=token.institution.name,
            due=token.expires_on - timedelta(days=1),
        )


def labels(references: Sequence[Reference]) -> dict[Reference, Label]:
    """What the public reads in place of each account: the institution it serves, never a name."""
    rows = (
        Post.objects.filter(account__in=[reference.id for reference in references], starts__lte=today())
        .order_by("starts", "id")
        .values_list("account_id", "institution__name")
    )
    served = {str(account): name for account, name in rows}
    return {reference: Label(_label(served.get(reference.id))) for reference in references}


def _label(institution: str | None) -> str:
    return gettext(_LABEL_OFFICIAL) % {"institution": institution} if institution else gettext(_LABEL_PERSON)


def institution_panel(institution: Reference, day: date) -> Panel | None:
    """How many people hold each role in an institution on a day; None when nobody does."""
    rows = _people_by_role(UUID(institution.id), day)
    counted = [(str(ROLE_NAMES[Role(role)]), str(people), "") for role, people in rows]
    return Panel(title=N_("Personas con un puesto en Minga"), rows=counted) if counted else None


@composed_once
def _people_by_role(institution: UUID, day: date) -> QuerySet[Post, tuple[str, int]]:
    held = Post.objects.filter(institution_id=institution).on(day).values_list("role")
    return held.annotate(people=Count("account", distinct=True)).order_by("role")


def tasks(actor: Actor) -> Iterator[Task]:
    """That posts end within fifteen days: of their own people for heads, of heads for stewards. Nobody is named."""
    yield from expiring_tokens(actor)
    headed = actor.institutions(Role.HEAD)
    looked_after = Q(institution__in=headed)
    if actor.holds(Role.STEWARD):
        looked_after |= Q(role=Role.HEAD)
    elif not headed:
        return
    next_one = Post.objects.filter(
        account=OuterRef("account"), institution=OuterRef("institution"), role=OuterRef("role")
    ).filter(starts=OuterRef("ends"))
    ending = (
        Post.objects.on(today())
        .filter(looked_after, ~Exists(next_one), ends__lte=today() + ENDING_SOON)
        .filter(account__status=AccountStatus.ACTIVE)
        .order_by()
        .values("institution_id", "institution__code", "institution__name")
        .annotate(posts=Count("id"), first=Min("ends"))
    )
    for row in ending:
        words = ngettext("%(num)s puesto termina pronto", "%(num)s puestos terminan pronto", row["posts"])
        code = urlencode({"institucion": row["institution__code"]})
        yield Task(
            kind=gettext("Puestos que terminan"),
            title=words % {"num": row["posts"]},
            url=f"{reverse('identity:officials')}?{code}",
            detail=row["institution__name"],
            due=row["first"] - timedelta(days=1),
            institution=Reference.of("institution", row["institution_id"]),
        )


def check_config() -> list[Finding]:
    """What `minga doctor` should know of accounts and of how sign-in is exposed."""
    findings = []
    invented = Account.objects.filter(synthetic=True, status=AccountStatus.ACTIVE).count()
    if invented and not settings.MINGA_DEMONSTRATION:
        findings.append(
            Finding(
                Severity.ERROR,
                gettext("%(count)s cuentas de demostración pueden ingresar y esto no es una demostración.")
                % {"count": invented},
                gettext("Suspéndalas, o ponga MINGA_DEMONSTRATION=1."),
            )
        )
    address = urlsplit(settings.MINGA_PUBLIC_URL)
    if address.scheme != "https" and not _is_loopback(address.hostname or ""):
        findings.append(
            Finding(
                Severity.ERROR,
                gettext("Las contraseñas viajarían sin cifrar: la dirección pública no es https."),
                gettext("Ponga en MINGA_PUBLIC_URL la dirección https que usan las personas."),
            )
        )
    if not Post.objects.on(today()).filter(role=Role.STEWARD, account__status=AccountStatus.ACTIVE).exists():
        findings.append(
            Finding(
                Severity.WARNING,
                gettext("Hoy nadie tiene la rectoría: nadie puede nombrar a los primeros funcionarios."),
                gettext("Abra la primera cuenta: minga account-open --help."),
            )
        )
    return findings or [Finding(Severity.OK, gettext("Las cuentas y el ingreso están en orden."))]


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
