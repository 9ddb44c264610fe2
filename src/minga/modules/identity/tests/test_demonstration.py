"""Invented people, the command that opens real accounts, and what the doctor says."""

import argparse
import json
import stat
from pathlib import Path

import pytest

from minga.kernel.actors import Role
from minga.kernel.cards import Severity
from minga.kernel.identifiers import check_cedula, is_synthetic
from minga.modules.identity import cli
from minga.modules.identity.actions.demonstration import seed_demonstration
from minga.modules.identity.contracts import actor_for, demonstration_accounts
from minga.modules.identity.models import Account, Identifier
from minga.modules.identity.queries import check_config


@pytest.fixture
def home(settings, tmp_path):
    settings.MINGA_HOME = tmp_path
    return tmp_path


def _command(*words):
    parser = argparse.ArgumentParser()
    cli.add_account_open(parser.add_subparsers())
    arguments = parser.parse_args(["account-open", *words])
    return arguments.run(arguments)


OFFICIAL = ("--given-names", "Rosa", "--surnames", "Vela", "--role", "steward", "--institution", "mintel")


def test_there_is_one_invented_person_for_each_role_who_can_enter(home, mdt, mintel, client):
    seed_demonstration()
    accounts = demonstration_accounts()
    assert {account.role for account in accounts} == set(Role)
    for account in accounts:
        assert account.email.endswith("@example.org")
        entered = client.post("/ingresar/", {"identifier": account.email, "password": account.password})
        assert entered.status_code == 302, account.email
        person = Account.objects.get(email=account.email)
        assert actor_for(person).holds(account.role)
        assert person.synthetic
        assert person.name == account.name


def test_their_cedulas_are_valid_and_invented(home, mdt, mintel):
    seed_demonstration()
    numbers = [identifier.value for identifier in Identifier.objects.all()]
    assert len(set(numbers)) == len(demonstration_accounts())
    assert all(check_cedula(number).ok and is_synthetic(number) for number in numbers)


def test_seeding_again_changes_nothing(home, mdt, mintel):
    seed_demonstration()
    before = demonstration_accounts(), list(Account.objects.order_by("pk").values("pk", "password"))
    assert seed_demonstration().startswith("0 ")
    assert (demonstration_accounts(), list(Account.objects.order_by("pk").values("pk", "password"))) == before


def test_passwords_are_in_no_code_but_in_a_file_of_its_owner(home, mdt, mintel, tmp_path):
    seed_demonstration()
    path = home / "demonstration-accounts.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = {account.password for account in demonstration_accounts()}
    assert len(first) == len(demonstration_accounts())
    path.unlink()
    seed_demonstration()
    renewed = demonstration_accounts()
    assert not first & {account.password for account in renewed}
    assert Account.objects.get(email=renewed[0].email).check_password(renewed[0].password)


def test_a_new_database_gets_the_passwords_of_the_file(home, mdt, mintel):
    seed_demonstration()
    before = demonstration_accounts()
    from minga.modules.identity.models import Post

    Post.objects.all().delete()
    Account.objects.all().delete()
    seed_demonstration()
    assert demonstration_accounts() == before
    assert Account.objects.get(email=before[0].email).check_password(before[0].password)


def test_without_its_institution_a_person_is_left_out(home, mintel):
    seed_demonstration()
    assert {account.institution_code for account in demonstration_accounts()} == {"mintel"}


def test_before_the_seed_there_are_none(home):
    assert demonstration_accounts() == []


def test_the_first_steward_comes_from_the_command_line(mintel, capsys, client):
    assert _command(*OFFICIAL, "--email", "rosa@example.org") == 0
    password = capsys.readouterr().out.split(": ")[1].split()[0]
    entered = client.post("/ingresar/", {"identifier": "rosa@example.org", "password": password})
    assert entered["Location"] == "/escritorio/"


def test_the_command_says_what_is_wrong_and_opens_nothing(mintel, mdt, capsys, monkeypatch):
    assert _command(*OFFICIAL) == 1
    assert "Dé un correo" in capsys.readouterr().err
    assert _command(*OFFICIAL[:-1], "mdt", "--email", "rosa@example.org") == 1
    assert "solo del MINTEL" in capsys.readouterr().err
    monkeypatch.setattr(cli, "getpass", lambda _prompt: "1234567890")
    assert _command(*OFFICIAL, "--cedula") == 1
    assert "Revise la cédula" in capsys.readouterr().err
    assert not Account.objects.exists()


def test_the_doctor_warns_of_invented_people_on_a_real_instance(home, settings, mdt, mintel):
    seed_demonstration()
    settings.MINGA_PUBLIC_URL = "https://minga.example"
    assert [finding.severity for finding in check_config()] == [Severity.OK]
    settings.MINGA_DEMONSTRATION = False
    assert check_config()[0].severity is Severity.ERROR
    assert "cuentas de demostración" in check_config()[0].what


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("http://localhost", True),
        ("https://minga.example", True),
        ("http://minga.example", False),
        ("http://10.0.0.5", False),
    ],
)
def test_the_doctor_wants_https_away_from_this_machine(settings, db, address, fine):
    settings.MINGA_PUBLIC_URL = address
    assert any("https" in finding.what for finding in check_config()) is not fine


def test_the_doctor_notices_that_nobody_can_appoint(db):
    assert any("nadie tiene la rectoría" in finding.what for finding in check_config())


def test_the_password_file_is_plain_json(home, mdt, mintel):
    seed_demonstration()
    rows = json.loads((Path(home) / "demonstration-accounts.json").read_text())
    assert set(rows[0]) == {"email", "password", "name", "role", "institution_code"}
