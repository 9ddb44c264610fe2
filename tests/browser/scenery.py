"""What the sample pages show beside the seeded data: made by the rooms' own actions, inside a running instance.

`main` runs in a process of its own, in the instance's environment; it prints JSON, from a name to an id.
"""

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from django.core.files.base import ContentFile

from minga.foundation.calendars.queries import declared_days
from minga.foundation.files.models import StoredFile
from minga.foundation.files.storing import store
from minga.foundation.ledger.models import LedgerFact
from minga.foundation.search.queries import synonym_groups
from minga.kernel.actors import Actor
from minga.kernel.clock import today
from minga.modules.directory import actions as directory_actions
from minga.modules.directory.contracts import institution
from minga.modules.identity.contracts import Account, Post, actor_for
from minga.modules.plan import actions
from minga.modules.plan.models.norm import WithdrawalReason
from minga.site.opinions import give_opinion
from minga.ui.opinion import opinion_url
from tests.browser.papers import pdf, sheet_with_an_error
from tests.browser.scenery_cloud import cloud


def main() -> None:
    """Make the scenery and tell its ids."""
    steward = _actor("steward.mintel@example.org")
    things = {
        **_norms(steward),
        **_officials(),
        "draft_file": str(
            directory_actions.upload_institutions(
                content=sheet_with_an_error("x"), file_name="instituciones.csv", actor=steward
            ).pk
        ),
        "day": str(declared_days(year=today().year)[0].id),
        "synonyms": str(synonym_groups()[0].pk),
        **_opinions(),
        **cloud(_actor),
    }
    print(json.dumps(things))


def _actor(email: str) -> Actor:
    return actor_for(Account.objects.get(email=email))


def _norms(steward: Actor) -> dict[str, str]:
    """One norm in each state, and the fact behind the one that counts."""
    approver, editor = _actor("approver.mdt@example.org"), _actor("editor.mdt@example.org")
    draft = _draft("12.2", "mdt", "Acuerdo Ministerial MDT-2018-0002", editor)
    issued = _draft("12.2", "mdt", "Acuerdo Ministerial MDT-2018-0001", editor)
    actions.issue_norm(issued, version=1, actor=approver)
    withdrawn = _draft("8.1", "mintel", "Acuerdo Ministerial 012-2019", steward)
    actions.issue_norm(withdrawn, version=1, actor=steward)
    actions.withdraw_norm(
        withdrawn, reason=WithdrawalReason.REPEALED, on=date(2020, 6, 1), version=2, actor=steward
    )
    fact = LedgerFact.objects.filter(name="plan.norm.issued").order_by("position").first()
    assert fact is not None
    return {
        "draft": str(draft),
        "issued": str(issued),
        "withdrawn": str(withdrawn),
        "act": str(fact.position),
    }


def _draft(initiative: str, code: str, number: str, actor: Actor) -> UUID:
    text = actions.NormText(
        initiative=initiative,
        title="Norma de demostración para las pruebas del sitio",
        number=number,
        issued_on=date(2019, 4, 15),
        gazette_number="Suplemento 353",
        gazette_on=date(2019, 5, 2),
    )
    document = _document(number, actor)
    norm = actions.draft_norm(
        text, institution=institution(code), document=document, document_name=document.name, actor=actor
    )
    return norm.id


def _document(number: str, actor: Actor) -> StoredFile:
    content = ContentFile(pdf(number), name="norma.pdf")
    return store(content, actor=actor, allowed=["application/pdf"])


def _opinions() -> dict[str, str]:
    """A page with a comment, and one that was only said to help."""
    token, judged = uuid4(), "/instituciones/mintel/"
    give_opinion(address=judged, helped=False, text="Busqué el horario de atención y no está.", token=token)
    give_opinion(address="/instituciones/mdt/", helped=True, text="", token=uuid4())
    return {"opinion": str(token), "judged": parse_qs(urlsplit(opinion_url(judged)).query)["pagina"][0]}


def _officials() -> dict[str, str]:
    post = Post.objects.get(account__email="editor.mdt@example.org")
    return {"post": str(post.pk), "account": str(post.account_id)}
