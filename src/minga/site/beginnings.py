"""What a new instance starts with beside the rooms' data: the calendar's known days, and a full search index."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from minga.foundation.calendars.actions import declare_known_days
from minga.foundation.search import Document, rebuild
from minga.foundation.search import actions as synonyms
from minga.kernel.actors import Actor
from minga.kernel.references import Reference


def own_pages() -> Iterator[Document]:
    """The pages of the site that answer a question of their own."""
    with translation.override("es"):
        for name, title, body, words in _pages():
            yield Document(
                kind="pagina",
                reference=Reference.of("page", name),
                title=title,
                url=reverse(f"site:{name}"),
                body=body,
                keywords=words,
            )


def _pages() -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    return (
        (
            "calendar",
            _("¿Qué día vence? Calendario de días laborables"),
            _("Cuente un término en días laborables y vea por qué cada día cuenta o no."),
            ("feriados", "término", "plazo", "vencimiento", "días hábiles"),
        ),
        (
            "privacy",
            _("Privacidad y cookies"),
            _("Qué datos guarda este sitio, para qué y por cuánto tiempo."),
            ("datos personales", "cookies"),
        ),
        (
            "developers",
            _("Para desarrolladores: la API de Minga"),
            _("Cómo lee un programa los datos públicos: direcciones, filtros, errores, límites y claves."),
            ("api", "datos abiertos", "json", "openapi", "programadores", "servicio web"),
        ),
        (
            "facts",
            _("Hechos: lo que Minga registra"),
            _("El catálogo de hechos de los que salen los indicadores, con su esquema."),
            ("datos abiertos", "esquema", "indicadores"),
        ),
    )


def rebuild_index() -> str:
    """Index again everything that any room offers; say how much that is."""
    return _("%(count)s documentos") % {"count": rebuild()}


def bring_synonyms() -> str:
    """Add the groups of synonyms that this instance never had; say how many."""
    return _("%(count)s grupos nuevos") % {"count": synonyms.load_synonyms()}


def declare_calendar() -> str:
    """Declare the decrees and local holidays that Minga brings along; say how many were new."""
    return _("%(count)s días nuevos") % {"count": declare_known_days(actor=Actor.system("seed"))}
