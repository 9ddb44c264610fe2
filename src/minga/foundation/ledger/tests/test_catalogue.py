"""The catalogue of facts is a promise to every reader of the ledger: a change of it must be seen."""

import json
from pathlib import Path

from minga.foundation.ledger import catalogue
from minga.kernel import facts

SNAPSHOT = Path(__file__).with_name("facts.snapshot.json")
REHEARSED = "rehearsal."
"""How the facts that only tests declare are named."""


def test_the_catalogue_is_as_it_was_agreed():
    """A fact that was ever written must stay readable: add a version, then `minga facts --write`."""
    schemas = {name: schema for name, schema in catalogue.schemas().items() if not name.startswith(REHEARSED)}
    assert schemas == json.loads(SNAPSHOT.read_text())


def test_every_fact_says_what_it_is():
    kinds = [kind for kind in facts.catalogue() if not kind.name.startswith(REHEARSED)]
    assert [kind.name for kind in kinds if not kind.__doc__ or not kind.title] == []
