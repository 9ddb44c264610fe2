"""What went wrong, from the words of the operating system and OpenSSL to our own."""

import errno
import ssl
from asyncio import IncompleteReadError, LimitOverrunError

from minga.foundation.probing.targets import Reason

FAILURES = (OSError, EOFError, LimitOverrunError, ValueError)
"""What may be raised while asking; anything else is a fault of ours and shows as one."""
_OUR_NETWORK = frozenset(
    [
        errno.ENETUNREACH,
        errno.ENETDOWN,
        errno.EADDRNOTAVAIL,
        errno.EAFNOSUPPORT,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOBUFS,
        errno.EACCES,
        errno.EPERM,
    ]
)
_VERIFICATION = {
    9: Reason.CERTIFICATE_EXPIRED,  # not valid yet: outside its dates all the same
    10: Reason.CERTIFICATE_EXPIRED,
    62: Reason.CERTIFICATE_WRONG_HOST,
    64: Reason.CERTIFICATE_WRONG_HOST,
}
"""Codes of OpenSSL's x509_vfy.h; every other one means that nobody vouches for the certificate."""
_KINDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Reason], ...] = (
    (TimeoutError, Reason.TIMEOUT),
    (ConnectionRefusedError, Reason.REFUSED),
    (ssl.SSLError, Reason.TLS_FAILED),
    (ConnectionError, Reason.DISCONNECTED),
    (IncompleteReadError, Reason.DISCONNECTED),
    ((LimitOverrunError, ValueError), Reason.NOT_HTTP),
)


def reason_for(error: Exception) -> Reason:
    """Our word for an error met while asking a target."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _VERIFICATION.get(error.verify_code, Reason.CERTIFICATE_UNTRUSTED)
    for kind, reason in _KINDS:
        if isinstance(error, kind):
            return reason
    ours = isinstance(error, OSError) and error.errno in _OUR_NETWORK
    return Reason.NO_NETWORK if ours else Reason.UNREACHABLE
