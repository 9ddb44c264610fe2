"""From a database address (URL), as administrators write it, to Django's configuration."""

from gettext import gettext as _
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from .trouble import BadAddress

SCHEMES = ("postgresql://", "postgres://")
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_PLACES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def django_database(url: str, variable: str = "MINGA_DATABASE_URL") -> dict[str, Any]:
    """An entry of Django's DATABASES from `postgresql://user:password@host:port/name?option=value`.

    `variable` names, in the error, the setting the address came from. Sockets: `?host=/folder`.
    """
    parts = _parts(url, variable)
    database: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}
    database |= dict.fromkeys(_PLACES.values(), "")
    for name, value in parts.items():
        if name in _PLACES:
            database[_PLACES[name]] = str(value)
        else:
            database["OPTIONS"][name] = value
    return database


def _parts(url: str, variable: str) -> dict[str, Any]:
    """The parts of the address as PostgreSQL's own library reads them, checked one by one."""
    if not url.startswith(SCHEMES):
        raise _bad(variable, _("debe empezar por postgresql://"))
    try:
        parts = conninfo_to_dict(url)
    except (psycopg.Error, UnicodeError):
        # What the library says can repeat the password, so neither its words nor the cause are kept.
        parts = {}
    if not parts:
        raise _bad(variable, _("no se puede leer; escriba con % los signos especiales de la contraseña"))
    if not parts.get("dbname"):
        raise _bad(variable, _("le falta el nombre de la base de datos, después de la última barra"))
    if not all(_is_port(port) for port in str(parts.get("port", "5432")).split(",")):
        raise _bad(variable, _("el puerto debe ser un número de 1 a 65535"))
    if parts.get("sslmode", "prefer") not in SSL_MODES:
        raise _bad(variable, _("sslmode debe ser uno de estos: ") + ", ".join(SSL_MODES))
    return parts


def _is_port(text: str) -> bool:
    """Is it the number of a port?"""
    return text.isascii() and text.isdigit() and 0 < int(text) < 65536


def _bad(variable: str, reason: str) -> BadAddress:
    """The error, with an example to copy and nothing of the address itself."""
    return BadAddress(
        _(
            "{variable}: {reason}. Ejemplo: postgresql://usuario:contraseña@servidor:5432/minga?sslmode=require"
        ).format(variable=variable, reason=reason)
    )
