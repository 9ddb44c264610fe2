"""What the database knows of a person."""

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from minga.foundation.ledger.models import LedgerFact
from minga.kernel.errors import Invalid
from minga.kernel.identifiers import synthetic_cedula
from minga.modules.identity.models import Account, Identifier
from minga.modules.identity.models.sealing import digest, seal, unseal
from minga.modules.identity.queries import account_called

CEDULA = synthetic_cedula(77)


def _everything_stored():
    tables = [model._meta.db_table for model in apps.get_app_config("identity").get_models()]
    with connection.cursor() as cursor:
        for table in [*tables, "ledger_fact"]:
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
            yield from (row[0] for row in cursor.fetchall())


def test_a_cedula_comes_back_as_it_was(person):
    account = person(cedula=CEDULA)
    assert Identifier.objects.get(account=account).value == CEDULA


def test_the_database_holds_no_cedula_in_clear(person):
    person(cedula=CEDULA)
    stored = "\n".join(_everything_stored())
    assert CEDULA not in stored
    assert CEDULA.encode().hex() not in stored


def test_the_ledger_holds_neither_name_nor_email(person):
    person("Hortensia", "Pilataxi", email="hortensia@example.org")
    rows = str(list(LedgerFact.objects.values_list("payload", "subject", "actor"))).lower()
    assert LedgerFact.objects.filter(name="identity.account.opened").exists()
    assert "hortensia" not in rows
    assert "pilataxi" not in rows


def test_the_same_cedula_is_sealed_differently_each_time_and_found_all_the_same(person):
    account = person(cedula=CEDULA)
    assert seal(CEDULA, account=account.pk) != seal(CEDULA, account=account.pk)
    assert account_called(kind="cedula", value=CEDULA) == account
    assert account_called(kind="cedula", value=synthetic_cedula(78)) is None


def test_a_sealed_cedula_cannot_be_moved_to_another_account(person):
    one, other = person(cedula=CEDULA), person()
    stolen = bytes(Identifier.objects.get(account=one).sealed)
    with pytest.raises(InvalidTag):
        unseal(stolen, account=other.pk)


def test_an_altered_or_unknown_seal_is_refused(person):
    account = person(cedula=CEDULA)
    sealed = bytes(Identifier.objects.get(account=account).sealed)
    with pytest.raises(InvalidTag):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), account=account.pk)
    with pytest.raises(ValueError, match="unknown"):
        unseal(b"\x09" + sealed[1:], account=account.pk)


def test_without_the_instance_key_the_digest_tells_nothing(settings):
    here = digest("identifier", "cedula", CEDULA)
    settings.MINGA_PERSONAL_DATA_KEY = bytes(64)
    assert digest("identifier", "cedula", CEDULA) != here


def test_one_cedula_belongs_to_one_account(person):
    person(cedula=CEDULA)
    with pytest.raises(Invalid) as refused:
        person(cedula=CEDULA)
    assert "cedula" in refused.value.fields
    assert Account.objects.count() == 1


@pytest.mark.parametrize("wrong", ["123", "1234567890", "abcdefghij", "30500000770"])
def test_what_is_no_cedula_is_refused(person, wrong):
    with pytest.raises(Invalid) as refused:
        person(cedula=wrong)
    assert "cedula" in refused.value.fields


def test_an_email_is_the_same_in_capitals(person):
    account = person(email="Ana.Torres@Example.ORG")
    account.refresh_from_db()
    assert account.email == "ana.torres@example.org"
    assert Account.objects.filter(email="ANA.TORRES@example.org").get() == account
    with pytest.raises(Invalid) as refused:
        person(email="ana.torres@EXAMPLE.org")
    assert "email" in refused.value.fields


def test_several_people_may_have_no_email(person):
    assert person(email="").email is None
    assert person(email="").email is None


@pytest.mark.django_db
def test_an_account_without_a_name_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(given_names="")


def test_an_account_prints_as_its_reference_only(person):
    account = person("Hortensia", email="hortensia@example.org")
    assert str(account) == f"urn:minga:account:{account.pk}"
    assert "ortensia" not in repr(account)
