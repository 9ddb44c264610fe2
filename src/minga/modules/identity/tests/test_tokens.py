"""An institution's tokens: who issues them, what they open, how they end, and that nobody sees them twice."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.actors import Role
from minga.kernel.clock import frozen, now, today
from minga.kernel.errors import Forbidden, Invalid, NotFound
from minga.modules.identity.actions import tokens
from minga.modules.identity.contracts import actor_for
from minga.modules.identity.jobs import forget
from minga.modules.identity.models import ApiToken, TokenUse, new_token, token_digest
from minga.modules.identity.queries import expiring_tokens, tokens_of

pytestmark = pytest.mark.django_db
LIST = "/escritorio/claves/"


@pytest.fixture
def head(person, mdt):
    return actor_for(person(role=Role.HEAD, at=mdt))


@pytest.fixture
def issued(head, mdt):
    """A function that issues a token for so many days."""

    def issue(days=30, title="Portal de datos"):
        until = today() + timedelta(days=days)
        return tokens.issue_token(institution=mdt, title=title, expires_on=until, actor=head)

    return issue


def ask(secret):
    return Client().get("/api/v1/plan", headers={"authorization": f"Bearer {secret}"})


def typed(day):
    return {"expires_on_dia": day.day, "expires_on_mes": day.month, "expires_on_anio": day.year}


def test_a_token_carries_its_mark_and_a_checksum_and_only_its_digest_is_kept(issued):
    made = issued()
    assert made.secret.startswith("minga_")
    assert len(made.secret) == 44
    kept = ApiToken.objects.get()
    assert bytes(kept.digest) == token_digest(made.secret)
    assert made.secret not in str(vars(kept))


@given(place=st.integers(6, 43), sign=st.sampled_from("0aZ_-é"))
def test_a_mistyped_token_is_known_as_such_without_asking_the_database(place, sign):
    token = new_token()
    if token[place] != sign:
        assert token_digest(token[:place] + sign + token[place + 1 :]) is None


def test_a_token_raises_the_limit_and_counts_its_requests(issued, mdt):
    made = issued()
    answers = [ask(made.secret), ask(made.secret)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].headers["RateLimit-Policy"].startswith('"token";q=3000')
    assert answers[0].headers["Cache-Control"] == "private, max-age=60"
    (row,) = tokens_of(institution=mdt.id)
    assert (row.state, row.used_on, row.requests) == ("live", today(), 2)


def test_one_institutions_limit_is_not_anothers(issued, settings):
    settings.MINGA_API_TOKEN_LIMIT = 1
    one, other = issued(), issued()
    with frozen(now()):
        assert [ask(each.secret).status_code for each in (one, one, other)] == [200, 429, 200]


@pytest.mark.parametrize(
    "given", ["Bearer nada", "Bearer ", "Basic bWluZ2E6", "minga_x", "Bearer minga_" + "0" * 38]
)
def test_a_wrong_token_is_refused_in_words_and_counted_under_its_network(given):
    answer = Client().get("/api/v1/plan", headers={"authorization": given})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["type"].endswith("#problema-invalid-token")
    assert answer.headers["RateLimit"].startswith('"anonymous"')


def test_it_opens_nothing_from_the_day_it_expires_on_nor_once_revoked(issued, head, mdt):
    expiring, revoked = issued(days=2), issued()
    with frozen(now() + timedelta(days=1)):
        assert ask(expiring.secret).status_code == 200
    with frozen(now() + timedelta(days=2)):
        assert ask(expiring.secret).status_code == 401
    tokens.revoke_token(token=revoked.token.pk, institution=mdt, actor=head)
    assert ask(revoked.secret).status_code == 401


def test_both_acts_leave_a_fact_without_names(issued, head, mdt):
    made = issued()
    for _ in range(2):
        tokens.revoke_token(token=made.token.pk, institution=mdt, actor=head)
    facts = LedgerFact.objects.filter(subject=made.token.reference).order_by("position")
    assert [fact.name for fact in facts] == ["identity.token.issued", "identity.token.revoked"]
    assert facts[0].payload == {"expires_on": made.token.expires_on.isoformat()}
    assert all(fact.synthetic and fact.institution == mdt.reference for fact in facts)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.STEWARD])
def test_only_heads_and_approvers_of_the_institution_issue(person, mdt, mintel, role):
    where = mintel if role is Role.STEWARD else mdt
    actor = actor_for(person(role=role, at=where))
    with pytest.raises(Forbidden):
        tokens.issue_token(institution=mdt, title="Portal", expires_on=today() + timedelta(2), actor=actor)
    elsewhere = actor_for(person(role=Role.HEAD, at=mintel))
    with pytest.raises(Forbidden):
        tokens.issue_token(
            institution=mdt, title="Portal", expires_on=today() + timedelta(2), actor=elsewhere
        )


def test_a_steward_revokes_anybodys_token_and_others_only_their_own(issued, person, mdt, mintel):
    made = issued()
    stranger = actor_for(person(role=Role.HEAD, at=mintel))
    with pytest.raises(Forbidden):
        tokens.revoke_token(token=made.token.pk, institution=mdt, actor=stranger)
    with pytest.raises(NotFound):
        tokens.revoke_token(token=made.token.pk, institution=mintel, actor=stranger)
    steward = actor_for(person(role=Role.STEWARD, at=mintel))
    tokens.revoke_token(token=made.token.pk, institution=mdt, actor=steward)
    assert ask(made.secret).status_code == 401


@pytest.mark.parametrize(
    ("days", "title"), [(0, "Portal"), (-1, "Portal"), (367, "Portal"), (30, "x"), (30, " ")]
)
def test_a_day_or_a_name_that_will_not_do_is_refused_at_its_field(issued, days, title):
    with pytest.raises(Invalid) as refused:
        issued(days, title)
    assert set(refused.value.fields) == {"title" if days == 30 else "expires_on"}


def test_an_institution_has_twenty_at_once_at_most(issued, head, mdt):
    made = [issued() for _ in range(tokens.MOST)]
    with pytest.raises(Invalid):
        issued()
    tokens.revoke_token(token=made[0].token.pk, institution=mdt, actor=head)
    issued()


def test_a_token_that_expires_within_a_fortnight_is_a_task_until_its_last_day(issued, head, person, mintel):
    soon, _later = issued(days=14, title="Tablero"), issued(days=15)
    (task,) = expiring_tokens(head)
    assert task.title == "Tablero"
    assert task.due == soon.token.expires_on - timedelta(days=1)
    assert list(expiring_tokens(actor_for(person(role=Role.HEAD, at=mintel)))) == []


def test_old_uses_are_forgotten_at_night(issued):
    token = issued().token
    for days in (1, 500):
        TokenUse.objects.create(token=token, day=today() - timedelta(days=days), requests=1)
    forget(0)
    assert TokenUse.objects.count() == 1


def test_a_head_issues_a_token_that_is_shown_once_and_revokes_it(person, mdt, enter):
    client = enter(person(role=Role.HEAD, at=mdt))
    assert "La institución no tiene claves" in client.get(LIST).content.decode()
    data = {"title": "Portal de datos", **typed(today() + timedelta(days=90))}
    shown = client.post(f"{LIST}nueva/", data)
    secret = shown.content.decode().partition("<code>")[2].partition("</code>")[0]
    assert ask(secret).status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]
    page = client.get(LIST).content.decode()
    assert "Portal de datos" in page
    assert secret not in page
    token = ApiToken.objects.get()
    gone = client.post(f"{LIST}{token.pk}/revocar/", follow=True).content.decode()
    assert "La clave quedó revocada" in gone
    assert "Revocada" in gone
    assert ask(secret).status_code == 401


def test_what_is_wrong_is_said_at_its_field_and_the_text_is_kept(person, mdt, enter):
    client = enter(person(role=Role.APPROVER, at=mdt))
    answer = client.post(f"{LIST}nueva/", {"title": "Portal", **typed(today() + timedelta(days=800))})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Una clave dura un año como máximo" in page
    assert 'value="Portal"' in page


def test_stewards_look_at_any_institution_and_editors_at_none(person, mdt, mintel, enter):
    steward = enter(person(role=Role.STEWARD, at=mintel))
    page = steward.get(f"{LIST}?institucion=mdt").content.decode()
    assert "Ministerio del Trabajo" in page
    assert "Emitir una clave" not in page
    assert steward.get(f"{LIST}nueva/?institucion=mdt").status_code == 403
    assert enter(person(role=Role.EDITOR, at=mdt)).get(LIST).status_code == 403
    other = enter(person(role=Role.HEAD, at=mintel))
    assert other.get(f"{LIST}?institucion=mdt").status_code == 403


def test_a_token_is_never_written_down(issued, capfd):
    made = issued()
    ask(made.secret)
    Client(raise_request_exception=False).get(
        "/api/v1/nada", headers={"authorization": f"Bearer {made.secret}"}
    )
    written = capfd.readouterr()
    assert made.secret not in written.out + written.err
