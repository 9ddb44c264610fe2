"""The doctor finds what is wrong and says what to do."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from minga.foundation.ledger import sealing
from minga.kernel import cards
from minga.kernel.cards import Finding, Severity
from minga.kernel.clock import now
from minga.site import doctor
from minga.site.cli import main
from minga.site.doctor import configuration, database, jobs, ledger, storage

pytestmark = pytest.mark.django_db


def worst(findings):
    order = list(Severity)
    return max((finding.severity for finding in findings), key=order.index)


def test_every_part_is_looked_at_and_rooms_are_asked_too(monkeypatch):
    room = cards.Room(
        name="prueba",
        title="Prueba",
        level=3,
        check_config=lambda: [Finding(Severity.WARNING, "frío", "abrigo")],
    )
    monkeypatch.setattr(cards, "_rooms", [room])
    parts = {part.title: part.findings for part in doctor.examine()}
    assert [finding.remedy for finding in parts["Prueba"]] == ["abrigo"]
    assert "PostgreSQL" in parts["Base de datos"][0].what


def test_a_part_that_cannot_be_looked_at_is_an_error_and_the_others_go_on():
    def down(*arguments):
        raise OperationalError("connection refused\nsecond line")

    with connection.execute_wrapper(down):
        parts = {part.title: part.findings for part in doctor.examine()}
    assert parts["Base de datos"][0].what == "OperationalError: connection refused"
    assert worst(parts["Configuración"]) is not Severity.ERROR


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"MINGA_PUBLIC_URL": "minga"}, "no es una dirección"),
        ({"MINGA_PUBLIC_URL": "http://minga.example.gob.ec"}, "no usa https"),
        ({"MINGA_PUBLIC_URL": "https://otra.example.gob.ec"}, "MINGA_HOSTS"),
        ({"MINGA_PUBLIC_URL": "https://minga.example.gob.ec", "DEBUG": True}, "MINGA_DEBUG"),
        ({"MINGA_PUBLIC_URL": "https://minga.example.gob.ec"}, "security.txt"),
        ({"MINGA_PUBLIC_URL": "https://minga.example.gob.ec"}, "MINGA_BEHIND_PROXY"),
    ],
)
def test_settings_that_are_not_for_the_open_internet_are_named(settings, changes, words):
    settings.ALLOWED_HOSTS = ["minga.example.gob.ec"]
    for name, value in changes.items():
        setattr(settings, name, value)
    assert any(words in finding.what for finding in configuration.examine())


def test_https_behind_a_proxy_that_is_named_is_no_error(settings):
    settings.ALLOWED_HOSTS, settings.MINGA_PUBLIC_URL = (
        ["minga.example.gob.ec"],
        "https://minga.example.gob.ec",
    )
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert not any("MINGA_BEHIND_PROXY" in finding.what for finding in configuration.examine())


def test_secrets_that_others_can_read_are_an_error(settings, tmp_path):
    settings.MINGA_HOME = tmp_path
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/django").touch(0o644)
    assert worst(configuration.examine()) is Severity.ERROR


def test_mail_that_goes_nowhere_is_told_and_a_dead_mail_server_is_an_error(settings):
    assert storage.examine()[-1].severity is Severity.WARNING
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert storage.examine()[-1].severity is Severity.ERROR


def test_a_clock_that_went_back_is_found():
    moment = now()
    calm = database.clock_finding(apart=0.1, theirs=moment, newest=moment)
    back = database.clock_finding(apart=0.1, theirs=moment, newest=moment + timedelta(hours=1))
    apart = database.clock_finding(apart=90, theirs=moment, newest=None)
    assert [found.severity for found in (calm, back, apart)] == [Severity.OK, Severity.ERROR, Severity.ERROR]


def test_the_owners_account_is_told_that_it_could_rewrite():
    assert database.examine()[3].severity is Severity.WARNING


def test_a_damaged_seal_is_an_error(settings, tmp_path):
    settings.MINGA_HOME = tmp_path
    assert worst(ledger.examine()) is Severity.OK
    sealing.anchor_path().write_text(json.dumps({"number": 999_999, "digest": "00"}))
    assert worst(ledger.examine()) is Severity.ERROR


def test_nobody_at_work_is_an_error_and_failed_jobs_are_told():
    assert worst(jobs.examine()) is Severity.ERROR
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, priority, args, attempts)"
            " VALUES ('default', 'x', 'failed', 0, '{}', 8)"
        )
    (finding,) = jobs.examine()
    assert finding.severity is Severity.WARNING
    assert finding.what.startswith("1 ")


def test_the_command_ends_with_an_error_code_and_speaks_to_programs_too(capsys):
    assert main(["doctor"]) == 1
    assert "Nadie hace las tareas" in capsys.readouterr().out
    assert main(["doctor", "--json"]) == 1
    parts = json.loads(capsys.readouterr().out)
    assert {"severity", "what", "remedy"} == set(parts[0]["findings"][0])


def test_the_probe_leaves_nothing_behind(settings):
    before = set(Path(settings.MINGA_HOME).rglob("probe*"))
    storage.examine()
    assert set(Path(settings.MINGA_HOME).rglob("probe*")) == before
