"""The card of the ${room} room."""

from minga.kernel.cards import NavigationEntry, Room
from minga.kernel.text import N_
from minga.modules.${room} import facts, queries

card = Room(
    name="${room}",
    title=N_(${title}),
    level=${level},
    urls=(("", "minga.modules.${room}.urls"),),
    navigation=(
        NavigationEntry(
            title=N_(${title}),
            url_name="${room}:index",
        ),
    ),
    facts=(facts.EntryPublished,),
    labels={"${room}-entry": queries.entry_labels},
)
