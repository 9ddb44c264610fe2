"""Keeping no address and no words longer than sending them takes."""

from datetime import timedelta

from django.db.models import Case, F, Q, Value, When

from minga.foundation.outbox.models import Message, State
from minga.kernel.clock import now

WORDS_OF_SENT = timedelta(days=7)
WORDS_OF_OTHERS = timedelta(days=30)
"""as long as an administrator may still have it sent"""
KEYS = timedelta(days=365)


def forget() -> int:
    """Erase address and words of what was sent a week ago, or written a month ago; returns how many.

    What waited for a month is given up. Keys a year old go altogether.
    """
    moment = now()
    Message.objects.filter(created_at__lt=moment - KEYS).delete()
    due = Q(state=State.SENT, attempted_at__lt=moment - WORDS_OF_SENT)
    due |= Q(created_at__lt=moment - WORDS_OF_OTHERS)
    return Message.objects.filter(due, erased_at=None).update(
        to="",
        subject="",
        body="",
        erased_at=moment,
        state=Case(When(state=State.WAITING, then=Value(State.FAILED)), default=F("state")),
    )
