"""Signs people in without the room that does it in the house, and empties what pages keep in memory."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from minga.modules.directory.module import card
from minga.modules.directory.tests import cast

IDENTITY = "minga.modules.identity.middleware.actor"


@pytest.fixture(autouse=True)
def _known_people(settings: pytest.FixtureRequest) -> Iterator[None]:
    """The cast signs in through a middleware of its own, and every page is made anew."""
    chain = settings.MIDDLEWARE  # type: ignore[attr-defined]
    stands_in = f"{cast.__name__}.actor_middleware"
    kept = [stands_in if name == IDENTITY else name for name in chain if not name.endswith("public_cache")]
    settings.MIDDLEWARE = kept  # type: ignore[attr-defined]
    cast.sign_out()
    yield
    cast.sign_out()


@pytest.fixture(scope="module")
def country(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The seed's register, loaded once for a module whose tests all want it, and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        for seed in card.seeds:
            seed.load()
        yield
        transaction.set_rollback(True)
