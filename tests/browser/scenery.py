"""What the sample pages show beside the seeded data: made by the rooms' own actions, inside a running instance.

`main` runs in a process of its own, in the instance's environment; it prints JSON, from a name to an id.
"""

import json
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from django.core.files.base import ContentFile

from minga.foundation.calendars.queries import declared_days
from minga.foundation.files.models import StoredFile
from minga.foundation.files.storing import store
from minga.foundation.jobs.models import Trouble
from minga.foundation.jobs.tests.queue import put
from minga.foundation.ledger.models import LedgerFact
from minga.foundation.search.queries import synonym_groups
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import now, today
from minga.modules.directory import actions as directory_actions
from minga.modules.directory.contracts import institution
from minga.modules.identity.actions.tokens import issue_token, revoke_token
from minga.modules.identity.contracts import Account, Post, actor_for
from minga.modules.identity.tests.cast import new_person
from minga.modules.plan import actions
from minga.modules.plan.models import Evidence, Report, Roadmap, StateReport
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
        **_progress(),
        "failed_job": str(_failed_jobs()),
        **_tokens(),
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


def _tokens() -> dict[str, str]:
    """A token that works and one that was revoked, for the same institution."""
    head = _actor("head.mdt@example.org")
    where, until = institution("mdt"), today() + timedelta(days=90)
    kept = issue_token(institution=where, title="Portal de datos", expires_on=until, actor=head).token
    gone = issue_token(institution=where, title="Tablero anterior", expires_on=until, actor=head).token
    revoke_token(token=gone.pk, institution=where, actor=head)
    return {"token": str(kept.pk)}


def _opinions() -> dict[str, str]:
    """A page with a comment, and one that was only said to help."""
    token, judged = uuid4(), "/instituciones/mintel/"
    give_opinion(address=judged, helped=False, text="Busqué el horario de atención y no está.", token=token)
    give_opinion(address="/instituciones/mdt/", helped=True, text="", token=uuid4())
    return {"opinion": str(token), "judged": parse_qs(urlsplit(opinion_url(judged)).query)["pagina"][0]}


def _progress() -> dict[str, str]:
    """Roadmaps and reports of the demonstration, by the state they are in."""
    in_force = Roadmap.objects.get(initiative="1.1", state="approved")
    draft = Roadmap.objects.get(state="draft")
    reports = {report.state: report for report in Report.objects.order_by("-period")}
    return {
        "roadmap": str(in_force.id),
        "roadmap_draft": str(draft.id),
        "roadmap_filed": str(Roadmap.objects.get(state="submitted").id),
        "milestone": str(draft.milestones.all()[0].key),
        "report": str(reports["accepted"].id),
        "report_draft": str(reports["draft"].id),
        "report_filed": str(reports["submitted"].id),
        "report_observed": str(reports["observed"].id),
        "evidence": str(Evidence.objects.filter(claim__report=reports["accepted"])[0].id),
        "evidence_draft": str(Evidence.objects.filter(claim__report=reports["draft"])[0].id),
        "period": reports["draft"].period,
        "state": StateReport.objects.values_list("period", flat=True)[0],
    }


def _failed_jobs() -> int:
    """A letter that was refused, and work of another kind that failed several times; the letter's number."""
    letter = put("outbox.deliver", args=json.dumps({"message": str(uuid4())}))
    again = [put("search.vocabulary", args='{"timestamp": 1790000000}') for _ in range(5)]
    moment = now()
    Trouble.objects.create(
        job=letter,
        error="minga.foundation.outbox.delivering.Undeliverable",
        words="SMTPRecipientsRefused 550",
        place="foundation/outbox/delivering.py:49",
        at=moment,
    )
    for job in again:
        Trouble.objects.create(
            job=job, error="django.db.utils.OperationalError", words="", place="", at=moment
        )
    return letter


def _officials() -> dict[str, str]:
    """A post to end by hand, and one that ends by itself soon."""
    post = Post.objects.get(account__email="editor.mdt@example.org")
    new_person(
        "Saúl", "Chimbo Andi", role=Role.EDITOR, at=institution("mdt"), ends=today() + timedelta(days=1)
    )
    return {"post": str(post.pk), "account": str(post.account_id)}
