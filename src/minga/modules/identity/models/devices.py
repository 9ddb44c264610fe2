"""From where somebody signs in, only as precisely as it is needed."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """A network address and a kind of browser.

    `address` counts attempts (an IPv6 customer has a whole /64); `network` is the coarser part that a person's
    list of sessions keeps.
    """

    address: str = ""
    network: str = ""
    browser: str = ""

    @classmethod
    def from_meta(cls, meta: Mapping[str, Any]) -> Self:
        """What a request's headers tell; behind our own proxy, the address that the proxy saw."""
        remote = str(meta.get("REMOTE_ADDR", ""))
        if settings.SECURE_PROXY_SSL_HEADER:
            remote = str(meta.get("HTTP_X_FORWARDED_FOR", "")).rsplit(",", 1)[-1].strip() or remote
        address, network = _networks(remote)
        return cls(address=address, network=network, browser=_browser(str(meta.get("HTTP_USER_AGENT", ""))))


def _networks(remote: str) -> tuple[str, str]:
    try:
        address = ipaddress.ip_address(remote)
    except ValueError:
        return "", ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    fine, coarse = (32, 24) if address.version == 4 else (64, 48)
    return tuple(str(ipaddress.ip_network((address, length), strict=False)) for length in (fine, coarse))  # type: ignore[return-value]


def _browser(user_agent: str) -> str:
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return " · ".join(part for part in (browser, system) if part)
