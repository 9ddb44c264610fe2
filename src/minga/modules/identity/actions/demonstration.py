"""Invented people for a demonstration: one for each role, with passwords that only this instance knows."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import NotFound
from minga.kernel.identifiers import synthetic_cedula
from minga.modules.directory.contracts import institution
from minga.modules.identity.actions.accounts import open_account
from minga.modules.identity.actions.passwords import generated_password
from minga.modules.identity.actions.posts import appoint
from minga.modules.identity.models import Account

_SEED = Actor.system("seed")
_PEOPLE = (
    ("Rosaura", "Quilumba Andrango", Role.EDITOR, "mdt"),
    ("Marcelo", "Viteri Saltos", Role.APPROVER, "mdt"),
    ("Nelly", "Guamán Cárdenas", Role.HEAD, "mdt"),
    ("Efraín", "Tigasi Lojano", Role.HEAD, "mintel"),
    ("Yolanda", "Cevallos Pincay", Role.STEWARD, "mintel"),
    ("Bolívar", "Nantipa Ruales", Role.AUDITOR, "mintel"),
    ("Amparo", "Zhunio Mero", Role.ADMINISTRATOR, "mintel"),
    ("Segundo", "Chimbo Lara", Role.APPROVER, "cnt"),
)
"""(given names, surnames, role, institution): nobody real."""


@dataclass(frozen=True)
class DemoAccount:
    """An invented person that anybody may use on a demonstration."""

    email: str
    password: str
    name: str
    role: Role
    institution_code: str


def demonstration_accounts() -> list[DemoAccount]:
    """The demonstration accounts of this instance; none before the seed, or where there is no demonstration."""
    return [DemoAccount(**(row | {"role": Role(row["role"])})) for row in _read()]


def seed_demonstration() -> str:
    """Make the demonstration accounts that are missing, and their password file; safe to run again.

    A password chosen later by hand stays as it is. An institution that the directory lacks is left out.
    """
    known = {row["email"]: row for row in _read()}
    made: list[DemoAccount] = []
    present: list[DemoAccount] = []
    with transaction.atomic():
        for number, (given, surnames, role, code) in enumerate(_PEOPLE):
            email = f"{role.value}.{code}@example.org"
            password = known[email]["password"] if email in known else generated_password()
            entry = DemoAccount(email, password, f"{given} {surnames}", role, code)
            new = _ensure(entry, given, surnames, synthetic_cedula(number), renew=email not in known)
            if new is None:
                continue
            present.append(entry)
            if new:
                made.append(entry)
        _write(present)
    return f"{len(made)} cuentas nuevas, {len(present) - len(made)} que ya estaban"


def _ensure(entry: DemoAccount, given: str, surnames: str, cedula: str, *, renew: bool) -> bool | None:
    """Whether the account was made now; None when its institution does not exist."""
    try:
        employer = institution(entry.institution_code)
    except NotFound:
        return None
    account = Account.objects.filter(email=entry.email).first()
    if account is not None:
        if renew:
            account.set_password(entry.password)
            account.save(update_fields=["password", "changed_at"])
        return False
    account = open_account(
        given_names=given,
        surnames=surnames,
        email=entry.email,
        cedula=cedula,
        password=entry.password,
        synthetic=True,
        actor=_SEED,
    )
    appoint(account=account, institution=employer, role=entry.role, starts=today(), actor=_SEED)
    return True


def _path() -> Path:
    return Path(settings.MINGA_HOME) / "demonstration-accounts.json"


def _read() -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = json.loads(_path().read_text("utf-8"))
    except FileNotFoundError:
        return []
    return rows


def _write(entries: list[DemoAccount]) -> None:
    """Write the file whole and readable by its owner only, or not at all."""
    draft = _path().with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(entry) for entry in entries], file, ensure_ascii=False, indent=1)
        file.write("\n")
    draft.replace(_path())
