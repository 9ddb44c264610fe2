"""The site's own card: its pages reach navigation, search and workplace the same way as a room's."""

from minga.kernel.actors import Role
from minga.kernel.cards import NavigationEntry, Room, SearchSource, Seed
from minga.kernel.text import N_
from minga.site import audit, work
from minga.site.administration.audit_words import job_labels, system_labels, task_labels
from minga.site.beginnings import bring_synonyms, declare_calendar, own_pages, rebuild_index
from minga.site.facts import JobsDiscarded, JobsRetried, LedgerExported, OpinionErased

card = Room(
    name="site",
    title=N_("Este sitio"),
    level=7,
    facts=(OpinionErased, JobsRetried, JobsDiscarded, LedgerExported),
    urls=(
        ("", "minga.site.pages.urls"),
        ("escritorio/", "minga.site.administration.urls"),
    ),
    api="minga.site.api.own",
    workplace=(
        NavigationEntry(
            title=N_("Inicio del escritorio"),
            url_name="site:workplace",
            order=0,
            roles=tuple(Role),
        ),
        NavigationEntry(
            title=N_("Calendario laboral"),
            url_name="administration:calendar",
            order=80,
            description=N_("Feriados, puentes y recuperaciones que se declaran por decreto."),
            roles=(Role.STEWARD, Role.AUDITOR),
        ),
        NavigationEntry(
            title=N_("Sinónimos del buscador"),
            url_name="administration:synonyms",
            order=90,
            description=N_("Palabras de la calle que deben encontrar lo mismo que las de las normas."),
            roles=(Role.STEWARD, Role.AUDITOR),
        ),
        NavigationEntry(
            title=N_("Opiniones sobre las páginas"),
            url_name="administration:opinions",
            order=92,
            description=N_("Si sirvieron a la gente, y qué buscaba o qué faltó."),
            roles=(Role.STEWARD, Role.AUDITOR),
        ),
        NavigationEntry(
            title=N_("Trabajos en segundo plano"),
            url_name="administration:jobs",
            order=85,
            description=N_("Qué hace Minga por su cuenta, qué espera y qué falló."),
            roles=work.READERS,
        ),
        NavigationEntry(
            title=N_("Auditoría"),
            url_name="administration:audit",
            order=87,
            description=N_("Quién hizo qué, sobre qué y cuándo, con su prueba."),
            roles=audit.READERS,
        ),
    ),
    labels={"system": system_labels, "task": task_labels, "job": job_labels},
    tasks=work.tasks,
    asks_for_opinion=("site:calendar", "site:facts", "site:privacy"),
    search=(SearchSource(kind="pagina", title=N_("Este sitio"), documents=own_pages),),
    seeds=(
        Seed(order=5, title=N_("Calendario laboral"), load=declare_calendar),
        Seed(order=6, title=N_("Sinónimos del buscador"), load=bring_synonyms),
        Seed(order=900, title=N_("Índice del buscador"), load=rebuild_index),
    ),
)
