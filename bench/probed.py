"""Servers to probe, in a process of their own: HTTP, the same with TLS, names over UDP, and one that keeps silent.

`python -m bench.probed FOLDER` writes its certificate there and prints its ports as JSON; it ends with its input.
"""

import asyncio
import datetime
import json
import ssl
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

import dns.flags
import dns.message
import dns.rdatatype
import dns.rrset
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME, HERE = "servicio.example.org", "127.0.0.1"
CERTIFICATE, KEY = "certificate.pem", "key.pem"
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
_Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def write_certificate(folder: Path) -> None:
    """A certificate that vouches for itself, for one day, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / CERTIFICATE).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / KEY).write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One answer to one request; a probe that only connects is let go."""
    try:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(_ANSWER)
        await writer.drain()
    except (OSError, EOFError):
        pass
    writer.close()


async def _keep_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


class _Names(asyncio.DatagramProtocol):
    """Every name is on this machine."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Answer a question for an IPv4 address; of others there are none."""
        question = dns.message.from_wire(data)
        reply = dns.message.make_response(question)
        reply.flags |= dns.flags.RA
        asked = question.question[0]
        if asked.rdtype == dns.rdatatype.A:
            reply.answer.append(dns.rrset.from_text(asked.name, 60, "IN", "A", HERE))
        self.transport.sendto(reply.to_wire(), addr)


async def _serve(folder: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / CERTIFICATE, folder / KEY)

    async def port_of(talk: _Talk, secure: ssl.SSLContext | None = None) -> int:
        server = await asyncio.start_server(talk, HERE, 0, ssl=secure, backlog=1024)
        return int(server.sockets[0].getsockname()[1])

    names, _protocol = await asyncio.get_running_loop().create_datagram_endpoint(_Names, local_addr=(HERE, 0))
    ports = {
        "http": await port_of(_answer),
        "https": await port_of(_answer, context),
        "silent": await port_of(_keep_silent),
        "dns": names.get_extra_info("sockname")[1],
    }
    print(json.dumps(ports), flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    write_certificate(Path(sys.argv[1]))
    asyncio.run(_serve(Path(sys.argv[1])))
