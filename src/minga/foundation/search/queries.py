"""What the administration pages show of search: the synonyms, their history, and what people ask."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, QuerySet, Sum
from django.utils.translation import gettext as _

from minga.foundation.search.models import SearchCount, SynonymChange, SynonymGroup
from minga.kernel.clock import today
from minga.kernel.errors import NotFound
from minga.kernel.text import fold

LEAST_TIMES = 3
"""a question asked less often is not shown: it could be about one person"""


@dataclass(frozen=True)
class Asked:
    """A question, how often it was asked and the most it found."""

    words: str
    times: int
    found: int


def synonym_groups(text: str = "") -> list[SynonymGroup]:
    """All groups in the order they were made; those that hold `text` in any word, if it is given."""
    wanted = fold(text.strip())
    groups = list(SynonymGroup.objects.order_by("id"))
    return [group for group in groups if wanted in fold(" ".join([*group.asked, *group.means]))]


def synonym_group(number: int) -> SynonymGroup:
    """One group; NotFound when it is not there (any more)."""
    found = SynonymGroup.objects.filter(pk=number).first()
    if found is None:
        raise NotFound(_("Este grupo de sinónimos ya no existe."))
    return found


def synonym_changes(group: int | None = None) -> QuerySet[SynonymChange]:
    """The changes of a group, or of all, newest first."""
    changes = SynonymChange.objects.order_by("-id")
    return changes if group is None else changes.filter(group=group)


def questions(*, days: int = 90, unanswered: bool = False, limit: int = 100) -> list[Asked]:
    """What people asked most in these days; only what found nothing, if `unanswered`."""
    rows = (
        SearchCount.objects.filter(day__gt=today() - timedelta(days=days))
        .values("words")
        .annotate(asked=Sum("times"), most=Max("found"))
        .filter(asked__gte=LEAST_TIMES)
        .order_by("-asked", "words")
    )
    if unanswered:
        rows = rows.filter(most=0)
    return [Asked(row["words"], row["asked"], row["most"]) for row in rows[:limit]]
