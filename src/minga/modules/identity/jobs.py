"""Identity's background work: forgetting."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from minga.foundation.jobs import job
from minga.kernel.clock import now
from minga.kernel.text import N_
from minga.modules.identity.actions.throttles import forget_old
from minga.modules.identity.models import SessionRecord, TokenUse

KEEP_SESSIONS = timedelta(days=90)
"""How long an ended session stays in its person's history."""
KEEP_USES = timedelta(days=400)
"""How long the daily requests of a token are kept: one year can be compared with the year before."""


@job("identity.forget", title=N_("Borra sesiones y contadores antiguos"), every="17 8 * * *")
def forget(timestamp: int) -> int:
    """Remove, each night in Ecuador, what is no longer needed: old sessions, counters and uses; returns how many."""
    moment = now()
    ended, _rows = SessionRecord.objects.filter(created_at__lt=moment - KEEP_SESSIONS).delete()
    expired, _rows = Session.objects.filter(expire_date__lt=moment).delete()
    used, _rows = TokenUse.objects.filter(day__lt=moment.date() - KEEP_USES).delete()
    return ended + expired + used + forget_old()
