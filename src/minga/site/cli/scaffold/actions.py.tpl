"""Changing the ${room} room."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minga.foundation.ledger.recording import record
from minga.kernel.actors import Actor, Role
from minga.kernel.clock import today
from minga.kernel.errors import Conflict
from minga.modules.${room} import queries
from minga.modules.${room}.facts import EntryPublished
from minga.modules.${room}.models import Entry


@transaction.atomic
def publish_entry(*, code: str, title: str, actor: Actor) -> queries.EntrySummary:
    """Publish an entry today.

    Raises Forbidden unless the actor is a steward, Conflict when the code is taken.
    """
    actor.require(Role.STEWARD)
    try:
        with transaction.atomic():
            entry = Entry.objects.create(code=code, title=title, published_on=today())
    except IntegrityError:
        raise Conflict(_("Ya hay una entrada con ese código. Elija otro.")) from None
    record(EntryPublished(published_on=entry.published_on), actor=actor, subject=entry.reference)
    return queries.entry(code=code)
