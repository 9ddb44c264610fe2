"""Publishing the state of the plan, once for each quarter, on screen and on paper."""

from datetime import date

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from minga.foundation.calendars.queries import calendar_on
from minga.foundation.files.storing import store
from minga.foundation.ledger.recording import record
from minga.foundation.ledger.sealing import frontier
from minga.kernel import digests
from minga.kernel.actors import Actor
from minga.kernel.clock import now, today
from minga.kernel.facts import Code, Sha256
from minga.modules.plan import queries
from minga.modules.plan.actions.publishing import publish
from minga.modules.plan.facts import StatePublished
from minga.modules.plan.models import StateDocument, StateReport
from minga.modules.plan.models.periods import Quarter

_LOCK = 0x53746174
LANGUAGES = ("es", "en")
_SYSTEM = Actor.system("plan")


def publish_state() -> StateReport | None:
    """Publish the report of the last quarter whose reports are all due by now, unless it is there already.

    What it says is what was known at that moment; it is kept with its digest and never changes. None when there is
    nothing to publish: it is there, or nobody had to report on that quarter.
    """
    quarter = due_quarter(today())
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if StateReport.objects.filter(period=quarter.code).exists():
            return None
        return _publish(quarter)


def load_state() -> str:
    """Publish what a new instance can already say, and tell whether it was new."""
    publish()
    made = publish_state()
    return made.period if made else _("al día")


def due_quarter(on: date) -> Quarter:
    """The newest quarter whose reports were due before this day."""
    calendar, quarter = calendar_on(), Quarter.of(on).previous
    return quarter if quarter.due(calendar) < on else quarter.previous


def _publish(quarter: Quarter) -> StateReport | None:
    position = frontier()  # what is recorded while the rest is read may be in it, what came before is
    content = queries.composed_state(quarter)
    if not content["totals"]["asked"]:
        return None
    report = StateReport.objects.create(
        period=quarter.code,
        day=today(),
        position=position,
        content=content,
        content_hash=digests.of_json(content),
        made_at=now(),
    )
    for language in LANGUAGES:
        with override(language):
            name = _("estado-del-plan-%(period)s.pdf") % {"period": quarter.code}
            paper = ContentFile(queries.state_pdf(report), name=name)
        kept = store(paper, actor=_SYSTEM, allowed=["application/pdf"])
        StateDocument.objects.create(report=report, language=language, file=kept)
    record(
        StatePublished(period=Code(quarter.code), digest=Sha256(report.content_hash)),
        actor=_SYSTEM,
        subject=report.reference,
        synthetic=content["synthetic"],
    )
    return report
