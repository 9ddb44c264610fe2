"""What happens in the ${room} room."""

from dataclasses import dataclass
from datetime import date

from minga.kernel.facts import Fact
from minga.kernel.text import N_


@dataclass(frozen=True, kw_only=True)
class EntryPublished(Fact, name="${room}.entry.published", version=1):
    """An entry was published; the subject is the entry."""

    title = N_("Se publicó una entrada")

    published_on: date
