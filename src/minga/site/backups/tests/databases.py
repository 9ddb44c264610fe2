"""Databases made for one test, and Django at work in them. Django is imported late, for conftest's sake."""

import contextlib
import uuid

import psycopg
from psycopg.conninfo import make_conninfo


@contextlib.contextmanager
def working_in(name):
    """Let Django work in this database."""
    from django.db import connection

    connection.close()
    chosen = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = chosen


@contextlib.contextmanager
def new_database():
    """An empty database, by its name and its owner's address; gone afterwards, with all that came of it."""
    from minga.foundation.database.spare import Spare
    from minga.site import settings

    name = f"minga_backups_{uuid.uuid4().hex[:8]}"
    server = settings.database_url("minga_owner")
    Spare(server, name).create()
    try:
        yield name, make_conninfo(server, dbname=name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            named = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]
            )
            for (each,) in named.fetchall():
                connection.execute(f'DROP DATABASE "{each}" WITH (FORCE)')
