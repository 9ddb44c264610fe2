"""The catalogue of facts is a promise to every reader of the ledger: a change of it must be seen."""

from pathlib import Path

from minga.foundation.ledger import catalogue
from minga.kernel import facts

SNAPSHOT = Path(__file__).with_name("facts.snapshot.json")


def test_the_catalogue_is_as_it_was_agreed():
    """A fact that was ever written must stay readable: add a version, then `minga facts --write`."""
    assert catalogue.text() == SNAPSHOT.read_text()


def test_every_fact_says_what_it_is():
    assert [kind.name for kind in facts.catalogue() if not kind.__doc__] == []
