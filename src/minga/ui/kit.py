"""The design system as a ZIP for other institutions' sites: the same contents always give the same bytes."""

import io
import zipfile
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import override

from minga.ui import build, gallery

STATIC = build.HERE / "static" / "ui"
TEMPLATES = build.HERE / "templates" / "ui" / "kit"
PAGES = ("pagina", "formulario", "errores", "no-encontrada", "declaracion-de-accesibilidad")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_NAVIGATION = [
    {"title": "Trámites", "href": "#tramites", "current": False, "active": True},
    {"title": "La institución", "href": "#institucion", "current": False, "active": False},
    {"title": "Transparencia", "href": "#transparencia", "current": False, "active": False},
    {"title": "Contacto", "href": "#contacto", "current": False, "active": False},
]
_LANGUAGES = [
    {"code": "es", "name": "Español", "href": "#es", "current": True},
    {"code": "qu", "name": "Kichwa", "href": "#qu", "current": False},
]
_OWN_STYLE = """/* Los colores de su institución. Quite los signos de comentario y cambie los valores. */
:root {
  /* --govuk-brand-colour: #12436d; */
  /* --govuk-link-colour: #12436d; */
  /* --minga-accent: #ffc233; */
}
"""


@cache
def archive() -> bytes:
    """The ZIP's bytes; they change only with the assets or the templates."""
    contents = files()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as kit:
        for name in sorted(contents):
            details = zipfile.ZipInfo(f"sistema-de-diseno/{name}", date_time=_FIRST_DAY)
            details.external_attr = 0o644 << 16
            details.compress_type = zipfile.ZIP_DEFLATED
            kit.writestr(details, contents[name])
    return packed.getvalue()


def files() -> dict[str, bytes]:
    """What the kit holds, by its path in the ZIP."""
    contents = {
        "css/minga.css": _built("minga.css"),
        "css/institucion.css": _OWN_STYLE.encode(),
        "js/minga.js": _built("minga.js"),
        "imagenes/mark.svg": _built("mark.svg"),
        "LICENCIAS.txt": _built("licences.txt"),
        "LEEME.md": (TEMPLATES / "LEEME.md").read_bytes(),
    }
    from django.test import RequestFactory  # here: it loads much, and few people ask for the kit

    request = RequestFactory().get("/")
    with override("es"):
        context = gallery.samples(request) | {"navigation": _NAVIGATION, "languages": _LANGUAGES}
        for name in PAGES:
            html = render_to_string(f"ui/kit/{name}.html", context)
            contents[f"plantillas/{name}.html"] = (gallery.tidy(html) + "\n").encode()
    return contents


def _built(name: str) -> bytes:
    return Path(STATIC / name).read_bytes()
