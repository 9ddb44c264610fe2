import contextlib
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minga.foundation.database import BadAddress, Endpoint, django_database

WORDS = st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]), min_size=1, max_size=30)


def test_every_part_of_an_address_reaches_django():
    found = django_database(
        "postgresql://minga_app:s%40cr%2Feto@db.example:6432/minga?sslmode=verify-full&connect_timeout=5"
    )
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "minga",
        "USER": "minga_app",
        "PASSWORD": "s@cr/eto",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "verify-full", "connect_timeout": "5"},
    }


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("postgresql://u@/minga?host=/run/postgresql", "/run/postgresql"),
        ("postgresql://u@%2Frun%2Fpostgresql/minga", "/run/postgresql"),
        ("postgresql://u@[2001:db8::7]:5432/minga", "2001:db8::7"),
        ("postgresql://u@one:5432,two:5433/minga", "one,two"),
        ("postgres:///minga", ""),
    ],
)
def test_sockets_ip6_addresses_and_several_servers_are_understood(url, host):
    assert django_database(url)["HOST"] == host


def test_the_address_of_an_embedded_server_reads_back(tmp_path):
    found = django_database(Endpoint(tmp_path).dsn("minga_app", "año nuevo"))
    assert (found["USER"], found["NAME"], found["HOST"]) == ("minga_app", "año nuevo", str(tmp_path))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "empezar por postgresql"),
        ("mysql://u:hush-hush@h/minga", "empezar por postgresql"),
        ("host=h password=hush-hush dbname=minga", "empezar por postgresql"),
        ("postgresql://u:hush-hush@h", "nombre de la base"),
        ("postgresql://u:hush-hush@h/", "nombre de la base"),
        ("postgresql://u:hush-hush%zz@h/minga", "no se puede leer"),
        ("postgresql://u:hush-hush%00@h/minga", "no se puede leer"),
        ("postgresql://u:hush-hush@h/minga?unknown=1", "no se puede leer"),
        ("postgresql://u:hush-hush@h:70000/minga", "puerto"),
        ("postgresql://u:p@hush-hush@h:x/minga", "puerto"),
        ("postgresql://u:hush-hush@h/minga?sslmode=maybe", "sslmode"),
        ("postgresql://u:hush-hush\ud800@h/minga", "no se puede leer"),
    ],
)
def test_a_bad_address_is_explained_without_its_password(url, reason):
    with pytest.raises(BadAddress, match=reason) as caught:
        django_database(url, "MINGA_DATABASE_OWNER_URL")
    assert "MINGA_DATABASE_OWNER_URL" in str(caught.value)
    error: BaseException | None = caught.value
    while error is not None:
        assert "hush" not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


@given(user=WORDS, password=WORDS, name=WORDS)
def test_any_word_survives_percent_encoding(user, password, name):
    parts = [quote(part, safe="") for part in (user, password, name)]
    found = django_database("postgresql://{}:{}@h/{}".format(*parts))
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == (user, password, name)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_in_another_way(text):
    with contextlib.suppress(BadAddress):
        assert django_database("postgresql://" + text)["NAME"]
