"""What other rooms may use of ${room}."""

from minga.modules.${room}.actions import publish_entry
from minga.modules.${room}.queries import EntrySummary, entries, entry

__all__ = ["EntrySummary", "entries", "entry", "publish_entry"]
