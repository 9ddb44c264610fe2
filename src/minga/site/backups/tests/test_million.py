"""A backup of a million facts: whole, proved, and brought back."""

import pytest
from django.db import connection

from minga.foundation.ledger.models import LedgerFact
from minga.foundation.ledger.sealing import seal
from minga.site import upgrades
from minga.site.backups.contents import check
from minga.site.backups.restoring import restore
from minga.site.backups.taking import take
from minga.site.backups.tests.databases import new_database, working_in

MILLION = 1_000_000
_FACTS = """
    INSERT INTO ledger_fact (name, version, occurred_at, subject, actor, synthetic, payload)
    SELECT 'rehearsal.thing.closed', 1, timestamptz '2018-01-01' + n * interval '1 minute',
        'urn:minga:thing:' || n, 'urn:minga:system:test', false, '{}' FROM generate_series(1, %s) n
"""


@pytest.mark.slow
def test_a_million_facts_come_back_with_every_seal(tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), new_database() as (name, _address), working_in(name):
        upgrades.migrate()
        with connection.cursor() as cursor:
            cursor.execute(_FACTS, [MILLION])
        seal()
        taken = take(tmp_path / "million", passphrase=None)
        assert taken.faults == ()
        with new_database() as (empty, address), working_in(empty):
            verdict = restore(check(taken.path), address).verdict
            assert (verdict.facts, verdict.seals, verdict.unsealed) == (MILLION, 100, 0)
            assert verdict.sound
            assert LedgerFact.objects.filter(pk=MILLION).exists()
