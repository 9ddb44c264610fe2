"""The cast: institutions of the directory and officials who hold posts in them."""

import pytest
from django.db import transaction

from minga.kernel.actors import Actor, Post, Role
from minga.kernel.references import Reference
from minga.modules.directory import contracts as directory
from minga.modules.directory.module import card as directory_card
from minga.modules.plan.actions import NormText


@pytest.fixture(scope="module")
def _seeded(django_db_setup, django_db_blocker):
    """The real register, loaded once for a module, and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        for seed in sorted(directory_card.seeds, key=lambda seed: seed.order):
            seed.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def official(_seeded, db):
    """A function that makes an official with one role in one institution, by its code."""

    def make(role: Role, institution: str) -> Actor:
        found = directory.institution(institution)
        return Actor(
            reference=Reference.of("account", f"{role}-{institution}"),
            posts=(Post(role, found.reference, found.code),),
            name="Persona inventada",
        )

    return make


@pytest.fixture
def text():
    """What an official writes about a norm of initiative 1.1."""
    from datetime import date

    return NormText(
        initiative="1.1",
        title="Norma técnica de participación electrónica",
        number="Acuerdo Ministerial 001-2026",
        issued_on=date(2026, 3, 2),
        gazette_number="Suplemento 12",
        gazette_on=date(2026, 3, 20),
    )
