"""Where mail goes: one address says server, encryption and account, as `MINGA_EMAIL_URL`."""

from dataclasses import dataclass
from gettext import gettext as _
from typing import Any
from urllib.parse import unquote, urlsplit

from minga.kernel.errors import Unavailable

_PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}


class BadServer(Unavailable):
    """The address of the mail server cannot be understood."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "MINGA_EMAIL_URL no se puede leer. Escriba con % los signos especiales de la contraseña. "
                "Ejemplo: smtps://usuario:contraseña@servidor:465"
            )
        )


@dataclass(frozen=True)
class MailServer:
    """A mail server as Django's settings want it; an empty `host` means that mail is written into a folder."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False

    @property
    def backend(self) -> str:
        """The dotted path of Django's backend that reaches it."""
        return f"django.core.mail.backends.{'smtp' if self.host else 'filebased'}.EmailBackend"


def mail_server(url: str) -> MailServer:
    """The server that an address names; a folder for an empty one.

    `smtps` encrypts from the first byte (RFC 8314, port 465), `smtp` after STARTTLS and never without it (587),
    `smtp+plain` not at all (25): for a relay on the same machine. User and password are percent-encoded. Raises
    BadServer, which never repeats the address, for its password.
    """
    if not url:
        return MailServer()
    try:
        parts: Any = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadServer from None
    rest = (parts.path.strip("/"), parts.query, parts.fragment)
    if parts.scheme not in _PORTS or not parts.hostname or any(rest):
        raise BadServer
    return MailServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp",
        tls=parts.scheme == "smtps",
    )
