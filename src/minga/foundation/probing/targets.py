"""What is probed and what came of it: targets as people write them, outcomes in a closed vocabulary."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from typing import Self
from urllib.parse import SplitResult, quote, urlsplit

from django.utils.translation import gettext as _

from minga.foundation.probing.guard import Address
from minga.kernel.errors import Invalid
from minga.kernel.text import N_


class Kind(StrEnum):
    """How a target is asked."""

    HTTP = "http"
    TCP = "tcp"
    DNS = "dns"
    TLS = "tls"


class Reason(StrEnum):
    """Why a probe did not find what it expected; the first four say nothing about the target itself."""

    NOT_ALLOWED = "not_allowed"
    UNRESOLVED = "unresolved"
    NO_NETWORK = "no_network"
    NOT_ASKED = "not_asked"
    NAME_NOT_FOUND = "name_not_found"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    DISCONNECTED = "disconnected"
    NOT_HTTP = "not_http"
    WRONG_STATUS = "wrong_status"
    NAME_SERVER_FAILED = "name_server_failed"
    TLS_FAILED = "tls_failed"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_WRONG_HOST = "certificate_wrong_host"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"

    @property
    def words(self) -> str:
        """What happened, in the reader's language."""
        return _(_WORDS[self])


_OURS = frozenset([Reason.NOT_ALLOWED, Reason.UNRESOLVED, Reason.NO_NETWORK, Reason.NOT_ASKED])
_WORDS = {
    Reason.NOT_ALLOWED: N_("Su dirección no está entre las que este sistema puede sondear"),
    Reason.UNRESOLVED: N_("El servidor de nombres de este sistema no contestó"),
    Reason.NO_NETWORK: N_("Este sistema no tuvo red para llegar"),
    Reason.NOT_ASKED: N_("No se le alcanzó a preguntar"),
    Reason.NAME_NOT_FOUND: N_("El nombre no existe"),
    Reason.TIMEOUT: N_("No contestó a tiempo"),
    Reason.REFUSED: N_("Rechazó la conexión"),
    Reason.UNREACHABLE: N_("No se pudo llegar a su dirección"),
    Reason.DISCONNECTED: N_("Cortó la conexión antes de contestar"),
    Reason.NOT_HTTP: N_("Contestó algo que no es HTTP"),
    Reason.WRONG_STATUS: N_("Contestó con un código distinto del esperado"),
    Reason.NAME_SERVER_FAILED: N_("Su servidor de nombres contestó con un error"),
    Reason.TLS_FAILED: N_("No se pudo acordar una conexión segura"),
    Reason.CERTIFICATE_EXPIRED: N_("Su certificado está vencido"),
    Reason.CERTIFICATE_WRONG_HOST: N_("Su certificado es de otro nombre"),
    Reason.CERTIFICATE_UNTRUSTED: N_("Su certificado no es de confianza"),
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a probe found: no reason means that the target answered as expected.

    `milliseconds` run from the first packet sent to the target's address until its answer (its first line, for
    HTTP); finding the address is not part of it. `expires_at` is the end of the certificate's validity.
    """

    reason: Reason | None = None
    milliseconds: int | None = None
    expires_at: datetime | None = None
    status: int | None = None

    @property
    def ok(self) -> bool:
        """Whether the target answered as expected."""
        return self.reason is None

    @property
    def measured(self) -> bool:
        """Whether this says something about the target; a fault on our own side is no data."""
        return self.reason not in _OURS


_PORTS = {"http": 80, "https": 443, "tls": 443, "dns": 53}
_SCHEMES = {Kind.HTTP: "https", Kind.TCP: "tcp", Kind.DNS: "dns", Kind.TLS: "tls"}
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LOOKS_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_WRITTEN = re.compile(r"[^\s\x00-\x20\x7f\\]+")
LONGEST = 500
"""Letters of a target's address, as it is kept: outside ASCII each takes several."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """One thing to ask: made by `parse`, so that only well-formed targets exist.

    `path` is that of HTTP, with its query; for DNS it is the name asked for. `status` is the answer that HTTP
    expects; a redirection is an answer like any other and is never followed.
    """

    kind: Kind
    host: str
    port: int
    path: str = ""
    secure: bool = False
    status: int = 200

    @classmethod
    def parse(cls, kind: Kind, text: str, *, status: int = 200) -> Self:
        """The target that a person wrote: `https://host/path`, `host:port`, `dns-server/name`, `tls-host`.

        Raises Invalid, in words that say what to write.
        """
        text = text.strip()
        if not _WRITTEN.fullmatch(text):
            raise Invalid(_("Escriba la dirección, sin espacios."))
        parts, port = _split(kind, text)
        target = cls(
            kind=kind,
            host=_host(parts.hostname or ""),
            port=port,
            path=_path(kind, parts),
            secure=parts.scheme in {"https", "tls"},
            status=status if kind is Kind.HTTP else 200,
        )
        if len(str(target)) > LONGEST:
            raise Invalid(_("Escriba una dirección más corta: hasta %(most)s letras.") % {"most": LONGEST})
        return target

    @property
    def scheme(self) -> str:
        """The first word of the target's address."""
        return "http" if self.kind is Kind.HTTP and not self.secure else _SCHEMES[self.kind]

    @property
    def literal(self) -> Address | None:
        """The host as an address; None when it is a name."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None

    @property
    def authority(self) -> str:
        """Host and port as an address writes them; the usual port is left out."""
        host = f"[{self.host}]" if isinstance(self.literal, IPv6Address) else self.host
        return host if self.port == _PORTS.get(self.scheme) else f"{host}:{self.port}"

    def __str__(self) -> str:
        """The one way to write the target; `parse` reads it back."""
        path = f"/{self.path}" if self.kind is Kind.DNS else self.path
        return f"{self.scheme}://{self.authority}{path}"


def _split(kind: Kind, text: str) -> tuple[SplitResult, int]:
    """The parts of an address written with or without its scheme, and its port."""
    try:
        parts = urlsplit(text if "://" in text else f"{_SCHEMES[kind]}://{text}")
        port = parts.port
    except ValueError:
        raise Invalid(
            _("Esa dirección no se entiende. Revise el nombre y el puerto, de 1 a 65535.")
        ) from None
    allowed = {"http", "https"} if kind is Kind.HTTP else {_SCHEMES[kind]}
    if parts.scheme not in allowed:
        raise Invalid(
            _("Para este tipo de sondeo la dirección empieza con %(schemes)s.")
            % {"schemes": _(" o ").join(f"{scheme}://" for scheme in sorted(allowed))}
        )
    if "@" in parts.netloc:
        raise Invalid(_("Escriba la dirección sin usuario ni contraseña."))
    port = _PORTS.get(parts.scheme) if port is None else port
    if not port:
        raise Invalid(_("Escriba también el puerto, por ejemplo servidor.gob.ec:5432."))
    return parts, port


def _host(written: str) -> str:
    """The host in ASCII: an address in its usual form, or a whole name."""
    try:
        host = written.rstrip(".").encode("idna").decode("ascii").lower()
        return str(ip_address(host)) if "%" not in host else _name(host)
    except UnicodeError:
        raise _bad_host() from None
    except ValueError:
        return _name(host)


def _name(host: str) -> str:
    """A whole name that no system reads as an address (2130706433, 0x7f.1 and 0177.0.0.1 are addresses to some)."""
    labels = host.split(".")
    named = len(labels) > 1 and not _LOOKS_NUMERIC.fullmatch(labels[-1])
    if not named or len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _bad_host()
    return host


def _bad_host() -> Invalid:
    return Invalid(
        _("Escriba un nombre completo, como servicio.gob.ec, o una dirección IP, como 190.15.128.10.")
    )


def _path(kind: Kind, parts: SplitResult) -> str:
    """What is asked for at the host: a path for HTTP, a name for DNS, nothing else for the others."""
    if kind is Kind.HTTP and not parts.fragment:
        query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
        return (quote(parts.path, safe=_KEPT) or "/") + query
    rest = f"{parts.path}{parts.query}{parts.fragment}".strip("/")
    if kind is Kind.DNS:
        if not rest:
            raise Invalid(
                _("Escriba el servidor y el nombre que se le pregunta, como 190.15.128.1/www.gob.ec.")
            )
        return _name(_host(rest))
    if rest:
        raise Invalid(_("Quite lo que sigue al nombre y al puerto: este sondeo no lo usa."))
    return ""


_KEPT = "/:?@!$&'()*+,;=-._~%[]"
