"""A backup of very many facts: whole, proved, and brought back. `make bench ARGS=backup` does it with a million."""

import pytest
from django.db import connection

from minga.foundation.ledger.models import LedgerFact
from minga.foundation.ledger.sealing import seal
from minga.site import upgrades
from minga.site.backups.contents import check
from minga.site.backups.restoring import restore
from minga.site.backups.taking import take
from minga.site.backups.tests.databases import new_database, working_in

MANY = 100_000
_FACTS = """
    INSERT INTO ledger_fact (name, version, occurred_at, subject, actor, synthetic, payload)
    SELECT 'rehearsal.thing.closed', 1, timestamptz '2018-01-01' + n * interval '1 minute',
        'urn:minga:thing:' || n, 'urn:minga:system:test', false, '{}' FROM generate_series(1, %s) n
"""


@pytest.mark.slow
def test_many_facts_come_back_with_every_seal(tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), new_database() as (name, _address), working_in(name):
        upgrades.migrate()
        with connection.cursor() as cursor:
            cursor.execute(_FACTS, [MANY])
        seal()
        taken = take(tmp_path / "many", passphrase=None)
        assert taken.faults == ()
        with new_database() as (empty, address), working_in(empty):
            verdict = restore(check(taken.path), address).verdict
            assert (verdict.facts, verdict.seals, verdict.unsealed) == (MANY, 10, 0)
            assert verdict.sound
            assert LedgerFact.objects.filter(pk=MANY).exists()
