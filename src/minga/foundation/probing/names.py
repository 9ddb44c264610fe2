"""Names: asked of this system's own servers to find a target, or of a target to see whether it answers."""

from collections.abc import Sequence
from ipaddress import ip_address

import dns.asyncquery
import dns.exception
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.resolver
from dns.asyncresolver import Resolver

from minga.foundation.probing.guard import Address
from minga.foundation.probing.targets import Reason


class Unanswered(Exception):
    """A name led to no address; `reason` says whether that is so or could not be found out."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def system_resolver() -> Resolver | None:
    """The name servers of this system (resolv.conf), asked once for a name in a round; None when it has none."""
    try:
        resolver = Resolver()
    except dns.resolver.NoResolverConfiguration:
        return None
    resolver.cache = dns.resolver.Cache()
    return resolver


async def addresses(host: str, resolver: Resolver | None, seconds: float) -> Sequence[Address]:
    """All addresses of a name, those of IPv4 first; raises Unanswered when there is none to be had."""
    if resolver is None:
        raise Unanswered(Reason.UNRESOLVED)
    try:
        answers = await resolver.resolve_name(dns.name.from_text(host), lifetime=seconds)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        raise Unanswered(Reason.NAME_NOT_FOUND) from None
    except (dns.exception.DNSException, OSError):
        raise Unanswered(Reason.UNRESOLVED) from None
    return sorted((ip_address(text) for text in answers.addresses()), key=lambda address: address.version)


async def ask(name: str, server: str, port: int, seconds: float) -> Reason | None:
    """Ask a name server for the IPv4 address of a name; None when it knows one, else what was wrong."""
    question = dns.message.make_query(name, dns.rdatatype.A)
    try:
        answer, _by_tcp = await dns.asyncquery.udp_with_fallback(
            question, server, seconds, port, ignore_unexpected=True, ignore_errors=True
        )
    except dns.exception.Timeout:
        return Reason.TIMEOUT
    except dns.exception.DNSException:
        return Reason.NAME_SERVER_FAILED
    if answer.rcode() == dns.rcode.NXDOMAIN:
        return Reason.NAME_NOT_FOUND
    if answer.rcode() != dns.rcode.NOERROR:
        return Reason.NAME_SERVER_FAILED
    return None if answer.answer else Reason.NAME_NOT_FOUND
