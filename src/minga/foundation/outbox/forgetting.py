"""Keeping no address and no words longer than sending them takes."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Case, F, Q, Value, When

from minga.foundation.outbox.models import Message, State
from minga.kernel.clock import now

WORDS_OF_SENT = timedelta(days=7)
WORDS_OF_OTHERS = timedelta(days=30)
"""as long as an administrator may still have it sent"""
KEYS = timedelta(days=365)


def forget() -> int:
    """Erase address and words of what was sent a week ago, or written a month ago; returns how many.

    What waited for a month is given up. Letters in the mail folder go as those that were sent. Keys a year old go
    altogether.
    """
    moment = now()
    _forget_letters(moment - WORDS_OF_SENT)
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


def _forget_letters(before: datetime) -> None:
    """Remove what was written before into the mail folder, where mail goes that has no server."""
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
