"""An empty ledger that counts from one for each test, whatever tests before it recorded or left behind."""

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def _empty_ledger(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("_django_db_helper")
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE ledger_fact, ledger_seal; ALTER SEQUENCE ledger_position RESTART")
