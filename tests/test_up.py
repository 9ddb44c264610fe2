"""`minga up`, from an empty folder to pages, as a person on a new machine meets it."""

import signal
import socket
import subprocess
import sys
import urllib.request

import psycopg
import pytest

from tests.instance import Browser

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("instance")]


def database(instance, role):
    """A connection to the instance's database in one of its roles."""
    script = f"from minga.site import settings; print(settings.database_url({role!r}))"
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, env=instance.environment(), capture_output=True, text=True, check=True)
    return psycopg.connect(told.stdout.strip())


def test_an_empty_folder_becomes_a_site_with_the_real_plan_and_register(running):
    browser = Browser(running.base)
    for path, words in (
        ("/", "¿Qué necesita hacer?"),
        ("/plan/", "programa"),
        ("/instituciones/", "Ministerio"),
    ):
        status, text = browser.get(path)
        assert status == 200
        assert words.lower() in text.lower()


def test_it_says_where_it_is_and_who_may_sign_in(running):
    running.wait(lambda: "auditor" in running.told())
    told = running.told()
    assert running.base in told
    for account in running.accounts().values():
        assert account["email"] in told
        assert account["password"] in told


@pytest.mark.parametrize("role", ["editor", "approver", "head", "steward", "auditor"])
def test_each_invented_person_can_work(running, role):
    status, text = running.signed_in(role).get("/escritorio/")
    assert status == 200
    assert "Mi escritorio" in text


def test_a_second_call_says_where_the_first_one_is(running):
    second = running.run("up", "--port", str(running.port))
    assert second.returncode == 0
    assert running.base in second.stdout


def test_a_port_of_another_program_is_named(running, tmp_path):
    answer = running.run("up", "--port", str(running.port), MINGA_HOME=str(tmp_path / "other"))
    assert answer.returncode == 1
    assert "--port" in answer.stderr


def test_what_serves_people_cannot_rewrite_the_ledger(running):
    with database(running, "minga_app") as connection:
        for act in ("UPDATE ledger_fact SET actor = ''", "DELETE FROM ledger_fact", "TRUNCATE ledger_fact"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(act)
            connection.rollback()


def test_the_doctor_finds_nothing_wrong_and_the_ledger_is_proved(running):
    assert running.run("ledger", "seal").returncode == 0
    doctor = running.run("doctor")
    assert doctor.returncode == 0, doctor.stdout
    verified = running.run("ledger", "verify")
    assert verified.returncode == 0, verified.stdout
    assert running.run("plan", "verify").returncode == 0


def test_measurements_are_told_on_their_own_port(running):
    Browser(running.base).get("/plan/")
    with urllib.request.urlopen(f"http://127.0.0.1:{running.metrics}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    assert 'minga_request_seconds_count{method="GET",route="/plan/",status="200"}' in text
    assert "minga_database_up 1.0" in text
    assert "minga_ledger_unsealed" in text


def test_logs_hold_nothing_about_the_reader(running):
    Browser(running.base).get("/buscar/?q=secretodelector")
    log = (running.home / "logs/server.log").read_text()
    assert '"route":"/buscar/"' in log
    assert "secretodelector" not in log
    assert "127.0.0.1" not in log


def test_a_server_that_dies_is_started_again(running):
    command = subprocess.run(
        ["pgrep", "-P", str(running.process.pid), "-f", "cli serve"],
        capture_output=True,
        text=True,
        check=True,
    )
    subprocess.run(["kill", "-9", *command.stdout.split()], check=True)
    running.wait(lambda: "se inicia de nuevo" in running.told())
    running.wait(running.ready)


def test_it_stops_cleanly_and_starts_again_without_preparing_anything(running):
    assert running.stop(signal.SIGINT) == 0
    running.wait(lambda: not running.processes())
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", running.port)) != 0
    running.start()
    assert "Base de datos:" not in running.told()
    running.wait(lambda: running.accounts()["auditor"]["email"] in running.told())
    assert running.process.poll() is None
