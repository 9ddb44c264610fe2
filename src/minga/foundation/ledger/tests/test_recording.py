"""What the ledger accepts, and what it refuses."""

import time
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from minga.foundation.ledger.models import LedgerFact
from minga.foundation.ledger.recording import record
from minga.foundation.ledger.tests.rehearsal import CLERK, Closed, Opened, thing
from minga.kernel import facts
from minga.kernel.references import Reference


@pytest.mark.django_db
def test_a_fact_is_kept_with_who_what_and_when():
    position = record(Opened(since=date(2026, 3, 1)), actor=CLERK, subject=thing(1), institution=thing(9))
    row = LedgerFact.objects.get(position=position)
    assert (row.name, row.version, row.subject, row.institution) == (
        "rehearsal.thing.opened",
        1,
        thing(1),
        thing(9),
    )
    assert row.actor == "urn:minga:system:rehearsal"
    assert Opened.from_payload(row.payload) == Opened(since=date(2026, 3, 1))
    assert abs(row.recorded_at.timestamp() - time.time()) < 60


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        record(Closed(), actor=CLERK, subject=thing(1))


@pytest.mark.django_db(transaction=True)
def test_a_fact_of_an_act_that_fails_never_happened():
    with pytest.raises(RuntimeError), transaction.atomic():
        record(Closed(), actor=CLERK, subject=thing(1))
        raise RuntimeError
    assert not LedgerFact.objects.filter(subject=thing(1)).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_fact SET subject = 'urn:minga:thing:x'",
        "DELETE FROM ledger_fact",
        "TRUNCATE ledger_fact",
        "UPDATE ledger_seal SET facts = 0",
        "DELETE FROM ledger_seal",
    ],
)
def test_the_ledger_refuses_to_be_rewritten_even_by_its_owner(statement):
    record(Closed(), actor=CLERK, subject=thing(1))
    with pytest.raises(ProgrammingError, match="the ledger only grows"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE ledger_fact ENABLE TRIGGER ledger_fact_never_emptied")
            cursor.execute(statement)


@pytest.mark.django_db
def test_the_database_stamps_position_and_moment_itself():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_fact (position, recorded_at, name, version, occurred_at, subject, actor,"
            " synthetic, payload) VALUES (1, '1999-01-01', 'a.b.c', 1, now(), 'x', 'y', false, '{}')"
            " RETURNING recorded_at"
        )
        assert cursor.fetchone()[0].year >= 2026


def test_free_text_does_not_fit_into_a_fact():
    with pytest.raises(TypeError, match="only references"):

        @dataclass(frozen=True, kw_only=True)
        class Gossip(facts.Fact, name="rehearsal.gossip.told"):
            words: str


def test_a_personal_field_does_not_fit_into_a_fact():
    with pytest.raises(TypeError, match="nothing personal"):

        @dataclass(frozen=True, kw_only=True)
        class Census(facts.Fact, name="rehearsal.person.counted"):
            cedula: facts.Code


def test_a_fact_is_named_room_thing_happened():
    with pytest.raises(TypeError, match=r"room\.thing\.happened"):

        @dataclass(frozen=True, kw_only=True)
        class Odd(facts.Fact, name="Odd"):
            pass


@pytest.mark.parametrize(
    "text", ["", "María", "urn:minga:person:", "urn:minga:p:a b", "urn:other:a:b", "urn:minga:p:\n"]
)
def test_a_reference_is_a_name_of_ours_and_nothing_else(text):
    with pytest.raises(ValueError, match="not a Minga reference"):
        Reference(text)
