"""Building the index again from the rooms' cards."""

from collections.abc import Iterator

import pytest

from minga.foundation.search import Document, rebuild, search
from minga.foundation.search.models import SearchDocument, SynonymGroup
from minga.foundation.search.tests.samples import document, fill
from minga.kernel import cards

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Iterator[None]:
    """A house with one room that offers two documents."""
    before = cards.rooms()
    source = cards.SearchSource(kind="tramite", title="Trámites", documents=offered)
    cards.load([cards.Room(name="rehearsal", title="Ensayo", level=0, search=(source,))])
    yield
    cards.load(before)


def offered() -> Iterator[Document]:
    yield document(1, "Título vigente")
    yield document(2, "Otro título vigente")


def test_what_rooms_list_is_there_and_what_they_do_not_list_goes(house):
    fill(
        document(2, "Título viejo"),
        document(3, "Ya no está"),
        document(4, "De una sala que hubo", kind="antiguo"),
    )
    heard = []
    assert rebuild(lambda title, done: heard.append((title, done))) == 2
    assert heard == [("Trámites", 2)]
    assert set(SearchDocument.objects.values_list("title", flat=True)) == {
        "Título vigente",
        "Otro título vigente",
    }


def test_typos_are_mended_right_after(house):
    rebuild()
    assert search("vigemte").corrected == "vigente"


def test_synonyms_are_read_again_with_the_stems_of_the_running_postgresql(house):
    SynonymGroup.objects.create(asked=["actual"], means=["vigente"], stems=["otra"], expansion="'otra'")
    rebuild()
    assert search("actual").total == 2
