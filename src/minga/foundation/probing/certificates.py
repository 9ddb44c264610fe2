"""When a server's certificate ends, also of one that nobody should trust."""

import asyncio
import ssl
from datetime import UTC, datetime

from cryptography import x509

from minga.foundation.probing.targets import Target


def expiry_of(writer: asyncio.StreamWriter) -> datetime | None:
    """The end of the certificate behind a connection; None when it is not a secure one."""
    secure: ssl.SSLObject | None = writer.get_extra_info("ssl_object")
    certificate = secure.getpeercert(binary_form=True) if secure else None
    return _end(certificate) if certificate else None


async def read_expiry(address: str, target: Target, seconds: float) -> datetime | None:
    """The end of a certificate that was refused, read in a second handshake that sends nothing and trusts nothing."""
    loose = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    loose.check_hostname, loose.verify_mode = False, ssl.CERT_NONE
    try:
        async with asyncio.timeout(seconds):
            _reader, writer = await asyncio.open_connection(
                address, target.port, ssl=loose, server_hostname=target.host
            )
    except OSError:
        return None
    try:
        return expiry_of(writer)
    finally:
        writer.transport.abort()


def _end(certificate: bytes) -> datetime | None:
    try:
        return x509.load_der_x509_certificate(certificate).not_valid_after_utc.astimezone(UTC)
    except ValueError:
        return None
