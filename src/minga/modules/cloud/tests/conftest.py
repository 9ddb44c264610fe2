"""The real register, the room's own first data, and officials who can sign in."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from minga.kernel.actors import Role
from minga.modules.cloud.module import card
from minga.modules.directory import contracts as directory
from minga.modules.directory.module import card as directory_card
from minga.modules.identity.models import Account, Post


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The directory and the room as a new instance has them: loaded once for a module, and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        seeds = [*directory_card.seeds, *(seed for seed in card.seeds if not seed.demonstration)]
        for seed in sorted(seeds, key=lambda seed: seed.order):
            seed.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def client_of(house, db):
    """A function that signs an invented official in, with one role in one institution."""

    def make(role: Role, institution: str) -> Client:
        email = f"{role}.{institution}@example.org"
        account, new = Account.objects.get_or_create(
            email=email, defaults={"given_names": "Prueba", "surnames": "Inventada", "synthetic": True}
        )
        if new:
            Post.objects.create(
                account=account,
                institution_id=directory.institution(institution).id,
                role=role,
                starts=date(2020, 1, 1),
            )
        client = Client()
        client.force_login(account)
        return client

    return make
