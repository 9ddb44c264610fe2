"""A fixed cast: two institutions and the people who work there."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.test import Client

from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.identifiers import synthetic_cedula
from minga.modules.directory.contracts import InstitutionSummary, institution
from minga.modules.identity.actions.accounts import open_account
from minga.modules.identity.actions.posts import appoint
from minga.modules.identity.models import Account

PASSWORD = "cuatro-llamas-cruzan-el-paramo"
SYSTEM = Actor.system("test")

_numbers = itertools.count(500)


def new_institution(code: str, name: str) -> InstitutionSummary:
    """An institution that exists."""
    model = apps.get_model("directory", "Institution")
    model.objects.create(code=code, name=name, sort_key=code, type="ministerio", function="ejecutiva")
    return institution(code)


def new_person(
    given_names: str = "Inés",
    surnames: str = "Caiza Lema",
    *,
    role: Role | None = None,
    at: InstitutionSummary | None = None,
    starts: date | None = None,
    ends: date | None = None,
    **more: Any,
) -> Account:
    """An invented person; with a role and an institution, an official since a year ago."""
    number = next(_numbers)
    account = open_account(
        given_names=given_names,
        surnames=surnames,
        email=more.get("email", f"persona{number}@example.org"),
        cedula=more.get("cedula", synthetic_cedula(number)),
        password=more.get("password", PASSWORD),
        synthetic=True,
        actor=SYSTEM,
    )
    if role and at:
        since = starts or today() - timedelta(days=365)
        appoint(account=account, institution=at, role=role, starts=since, ends=ends, actor=SYSTEM)
    return account


def signed_in(account: Account, **headers: str) -> Client:
    """A browser in which the person has just signed in through the page."""
    client = Client(headers=headers or None)
    answer = client.post("/ingresar/", {"identifier": account.email or "", "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client
