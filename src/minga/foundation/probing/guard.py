"""Where a probe may go: networks that configuration lists, and addresses that no list opens.

An address of a special-purpose block (IANA registries of RFC 6890: private, loopback, documentation, tunnels...)
counts as listed only by a network that lies wholly inside that block, so that `0.0.0.0/0` opens the public
internet and never one's own machines. An address that carries another one inside (RFC 4291 mapped, RFC 6052 NAT64,
RFC 3056 6to4, RFC 4380 Teredo, RFC 5214 ISATAP) goes only where both may be reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_network,
)
from typing import Self

from django.conf import settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def _networks(*texts: str) -> tuple[Network, ...]:
    return tuple(ip_network(text) for text in texts)


NEVER = _networks(
    "0.0.0.0/8",  # "this network": reaches the machine itself
    "169.254.0.0/16",  # link-local, with the clouds' metadata at 169.254.169.254
    "224.0.0.0/4",  # multicast
    "240.0.0.0/4",  # reserved, with the broadcast address
    "100.100.100.200/32",  # metadata services outside link-local, of four large clouds
    "168.63.129.16/32",
    "192.0.0.192/32",
    "fd00:ec2::254/128",
    "::/128",  # unspecified
    "64:ff9b:1::/48",  # local NAT64 (RFC 8215): where it leads cannot be told from the address
    "fe80::/10",  # link-local
    "fec0::/10",  # site-local, deprecated by RFC 3879
    "ff00::/8",  # multicast
)
"""Nothing opens these."""

SPECIAL = _networks(
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "::1/128",
    "::/96",
    "::ffff:0:0/96",
    "::ffff:0:0:0/96",
    "64:ff9b::/96",
    "100::/64",
    "2001::/23",
    "2001::/32",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
)
"""Only a network listed inside its block opens an address of these."""

_CARRIED_IN_THE_LAST_32_BITS = _networks("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")
_LOOPBACK = IPv6Address("::1")
"""Not `is_loopback`, which newer releases of Python also say of a mapped 127.0.0.1: that carries one."""
_ISATAP, _LOCALITY = 0x0000_5EFE, 0x0200_0000


def carried(address: Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses inside an IPv6 address that a gateway or a tunnel would lead to."""
    if isinstance(address, IPv4Address) or address == _LOOPBACK:
        return ()
    if address.teredo is not None:
        return address.teredo
    if address.sixtofour is not None:
        return (address.sixtofour,)
    isatap = (int(address) >> 32) & 0xFFFF_FFFF & ~_LOCALITY == _ISATAP
    if isatap or any(address in block for block in _CARRIED_IN_THE_LAST_32_BITS):
        return (IPv4Address(int(address) & 0xFFFF_FFFF),)
    return ()


@dataclass(frozen=True)
class Guard:
    """The networks that probes may reach; without any, nothing is probed."""

    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, networks: Iterable[str]) -> Self:
        """The guard of these networks in CIDR notation; ValueError for one that is none."""
        return cls(tuple(ip_network(text) for text in networks))

    @classmethod
    def configured(cls) -> "Guard":
        """The guard of the setting MINGA_PROBES_ALLOWED."""
        return _of_setting(tuple(settings.MINGA_PROBES_ALLOWED))

    def allows(self, address: Address) -> bool:
        """Whether a probe may connect to this very address."""
        if any(address in block for block in NEVER):
            return False
        special = [block for block in SPECIAL if address in block]
        listed = any(address in network and _inside(network, special) for network in self.networks)
        return listed and all(self.allows(inner) for inner in carried(address))


@cache
def _of_setting(networks: tuple[str, ...]) -> Guard:
    return Guard.of(networks)


def _inside(network: Network, blocks: Iterable[Network]) -> bool:
    """Whether the network lies in all of these blocks (each of its own kind of address)."""
    return all(network.network_address in block and network.broadcast_address in block for block in blocks)
