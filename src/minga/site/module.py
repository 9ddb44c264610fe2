"""The site's own card: its pages reach navigation, search and workplace the same way as a room's."""

from django.utils.translation import gettext_lazy as _

from minga.kernel.actors import Role
from minga.kernel.cards import NavigationEntry, Room, SearchSource, Seed
from minga.site.beginnings import declare_calendar, own_pages, rebuild_index

card = Room(
    name="site",
    title=_("Este sitio"),
    level=7,
    urls=(("", "minga.site.pages.urls"), ("escritorio/", "minga.site.administration.urls")),
    workplace=(
        NavigationEntry(
            title=_("Inicio del escritorio"),
            url_name="site:workplace",
            order=0,
            roles=tuple(Role),
        ),
        NavigationEntry(
            title=_("Calendario laboral"),
            url_name="administration:calendar",
            order=80,
            description=_("Feriados, puentes y recuperaciones que se declaran por decreto."),
            roles=(Role.STEWARD,),
        ),
    ),
    search=(SearchSource(kind="pagina", title=_("Este sitio"), documents=own_pages),),
    seeds=(
        Seed(order=5, title="Calendario laboral", load=declare_calendar),
        Seed(order=900, title="Índice del buscador", load=rebuild_index),
    ),
)
