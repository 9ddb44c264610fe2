"""Identity's background work: forgetting."""

from datetime import timedelta

from django.contrib.sessions.models import Session

from minga.foundation.jobs import job
from minga.kernel.clock import now
from minga.kernel.text import N_
from minga.modules.identity.actions.throttles import forget_old
from minga.modules.identity.models import SessionRecord

KEEP_SESSIONS = timedelta(days=90)
"""How long an ended session stays in its person's history."""


@job("identity.forget", title=N_("Borra sesiones y contadores antiguos"), every="17 8 * * *")
def forget(timestamp: int) -> int:
    """Remove, each night in Ecuador, what is no longer needed: old sessions and counters; returns how many."""
    moment = now()
    ended, _rows = SessionRecord.objects.filter(created_at__lt=moment - KEEP_SESSIONS).delete()
    expired, _rows = Session.objects.filter(expire_date__lt=moment).delete()
    return ended + expired + forget_old()
