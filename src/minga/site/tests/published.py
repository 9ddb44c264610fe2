"""What the API's tests read: the real register and plan, one norm that counts, and published values."""

from datetime import date

from django.core.files.base import ContentFile
from tests.browser.papers import pdf

from minga.foundation.files.storing import store
from minga.kernel import cards
from minga.kernel.actors import Actor
from minga.modules.directory.contracts import institution
from minga.modules.plan import actions

SYSTEM = Actor.system("test")


def load():
    """Seed the country, register a norm for indicator 15, publish; return what paths are about, by parameter."""
    for seed in sorted(cards.each(lambda room: room.seeds), key=lambda seed: seed.order):
        if seed.order in {10, 11, 12, 13, 60}:
            seed.load()
    norm = _norm()
    actions.publish()
    return norm


def _norm():
    text = actions.NormText(
        initiative="12.2",
        title="Guía de prueba",
        number="Acuerdo 1-2019",
        issued_on=date(2019, 4, 15),
        gazette_number="353",
        gazette_on=date(2019, 5, 2),
    )
    document = store(ContentFile(pdf("norma"), name="guia.pdf"), actor=SYSTEM, allowed=["application/pdf"])
    norm = actions.draft_norm(
        text, institution=institution("mdt"), document=document, document_name="guia.pdf", actor=SYSTEM
    )
    actions.issue_norm(norm.id, version=1, actor=SYSTEM)
    return norm.id
