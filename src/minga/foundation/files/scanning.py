"""Looking for malware with ClamAV, over clamd's socket (protocol: clamd(8), command INSTREAM).

The setting `MINGA_CLAMAV_SOCKET` is the path of a UNIX socket, or `host:port` of this very machine: the content
travels unencrypted. With the setting, a file that cannot be scanned is not accepted.
"""

import ipaddress
import logging
import socket
import struct
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from minga.kernel.errors import Invalid, Unavailable

CHUNK = 64 * 1024
SECONDS = 30
LONGEST_ANSWER = 4096

log = logging.getLogger("minga.files")


def configured() -> bool:
    """Whether this instance has an antivirus."""
    return bool(settings.MINGA_CLAMAV_SOCKET)


def scan(content: IO[bytes]) -> None:
    """Return if the antivirus finds nothing; Invalid if it does, Unavailable if it does not say."""
    content.seek(0)
    try:
        with _connection() as link:
            _send(link, content)
            answer = _answer(link)
    except (OSError, ValueError) as error:
        log.error("antivirus does not answer: %s", type(error).__name__)
        raise _unscanned() from error
    if answer == "stream: OK":
        return
    if answer.endswith(" FOUND"):
        log.warning("antivirus: %s", answer)
        raise Invalid(
            _("El antivirus encontró código dañino en este archivo. Revise su equipo y suba otro archivo.")
        )
    log.error("antivirus answers: %s", answer[:200])
    raise _unscanned()


def version() -> str:
    """What the antivirus says it is (command VERSION); OSError or ValueError when it does not answer."""
    with _connection() as link:
        link.sendall(b"zVERSION\0")
        return _answer(link)


def _unscanned() -> Unavailable:
    return Unavailable(
        _(
            "El archivo no se pudo revisar con el antivirus y no se guardó. Inténtelo de nuevo en unos minutos."
        )
    )


def _connection() -> socket.socket:
    address = settings.MINGA_CLAMAV_SOCKET
    if address.startswith("/"):
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(SECONDS)
        try:
            link.connect(address)
        except OSError:
            link.close()
            raise
        return link
    host, _colon, port = address.removeprefix("tcp://").rpartition(":")
    host = host.strip("[]")
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise ValueError("the antivirus must be on this machine")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _send(link: socket.socket, content: IO[bytes]) -> None:
    """Send the content in chunks, each after its length (4 bytes, big-endian); a length of 0 ends it."""
    link.sendall(b"zINSTREAM\0")
    try:
        while chunk := content.read(CHUNK):
            link.sendall(struct.pack("!I", len(chunk)) + chunk)
        link.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # clamd hangs up on what is too large for it, after saying so: the answer tells.
        return


def _answer(link: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        part = link.recv(LONGEST_ANSWER)
        if not part:
            break
        said += part
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()
